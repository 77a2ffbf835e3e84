import type { Signal } from '@preact/signals';
import { followPreferences, followState } from './following';
import { fieldsOf, isRecord } from './narrowing';

/** A view whose every kept value is in the signal of its name. */
export type SignalsOf<Values> = { readonly [Name in keyof Values]: Signal<Values[Name]> };

/** What a page keeps, and where. */
export interface KeptPage<View, Preferences, State extends { readonly view: unknown }> {
  readonly view: SignalsOf<View> & { readonly preferences: Signal<Preferences> };
  /** A view as it was kept, whatever version of the page it is from. */
  readonly viewOf: (kept: unknown) => View;
  readonly preferencesOf: (kept: unknown) => Preferences;
  /** All that is kept across reloads, the view among it; reads the signals it is made from. */
  readonly stateOf: (view: View) => State;
  readonly keepState: (state: State) => void;
  readonly tellPreferences: (preferences: Preferences) => void;
}

/** Keeps the view of a page across reloads, and what is preferred for all pages of its kind. */
export class Keeping<View extends object, Preferences, State extends { readonly view: unknown }> {
  private readonly names: readonly (keyof View)[];
  private stop: (() => void) | undefined;

  constructor(private readonly page: KeptPage<View, Preferences, State>) {
    this.names = namesOf(page.viewOf({}));
  }

  /** Brings the view back as it was; before the first render, so that nothing jumps. */
  restore(state: unknown): void {
    const { view: kept } = fieldsOf(state);
    if (!isRecord(kept)) return;
    const view = this.page.viewOf(kept);
    const signals: SignalsOf<View> = this.page.view;
    for (const name of this.names) signals[name].value = view[name];
  }

  /**
   * From now on keeps the view and tells the extension of changed preferences, instead of what was
   * followed before.
   *
   * @param kept the preferences that `init` brought
   */
  follow(kept: unknown): void {
    this.stop?.();
    const { view, preferencesOf, stateOf, keepState, tellPreferences } = this.page;
    const stopPreferences = followPreferences(
      view.preferences,
      preferencesOf(kept),
      tellPreferences,
    );
    const stopState = followState(() => stateOf(this.viewNow()), keepState);
    this.stop = () => {
      stopPreferences();
      stopState();
    };
  }

  private viewNow(): View {
    const signals: SignalsOf<View> = this.page.view;
    return Object.fromEntries(this.names.map((name) => [name, signals[name].value])) as View;
  }
}

function namesOf<Values extends object>(values: Values): readonly (keyof Values)[] {
  return Object.keys(values) as (keyof Values)[];
}
