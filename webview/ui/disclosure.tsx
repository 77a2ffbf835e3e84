import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon';

export interface DisclosureProps {
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Beside the title: what one learns without opening it. */
  readonly summary?: ComponentChildren;
  /** Buttons at the end of the title's line, while it is open. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the page that folds to its title. What is folded is not there at all. */
export function Disclosure(props: DisclosureProps): JSX.Element {
  const { title, open, onToggle, summary, actions, children } = props;
  const id = useId();
  return (
    <section class="disclosure">
      <div class="disclosure-line">
        <h2>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => onToggle(!open)}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} />
            {title}
          </button>
        </h2>
        {summary && <span class="disclosure-summary">{summary}</span>}
        {open && actions && <span class="disclosure-actions">{actions}</span>}
      </div>
      {open && <div id={id}>{children}</div>}
    </section>
  );
}
