import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon';

export interface Tab<T extends string> {
  readonly name: T;
  readonly label: string;
  readonly icon?: IconName;
}

export interface TabsProps<T extends string> {
  /** Accessible name: what the tabs are about. */
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly onChoose: (name: T) => void;
  /** What the chosen tab shows; the other tabs' contents are not there at all. */
  readonly children: ComponentChildren;
}

/**
 * Parts of a page of which one is shown. The arrow keys, Home and End choose; Tab goes on into what
 * is shown.
 */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const { label, tabs, chosen, onChoose, children } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const choose = (index: number): void => {
    const at = (index + tabs.length) % tabs.length;
    onChoose(tabs[at].name);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = tabs.findIndex(({ name }) => name === chosen);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: tabs.length - 1 };
    const wanted = next[event.key as keyof typeof next] as number | undefined;
    if (wanted === undefined) return;
    event.preventDefault();
    choose(wanted);
  };
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={press}>
        {tabs.map(({ name, label: text, icon }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === chosen}
            aria-controls={name === chosen ? `${id}-panel` : undefined}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {icon && <Icon name={icon} />}
            {text}
          </button>
        ))}
      </div>
      <div
        key={chosen}
        class="tab-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${chosen}`}
      >
        {children}
      </div>
    </>
  );
}
