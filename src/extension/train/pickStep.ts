import * as vscode from 'vscode';

/** One pick of several in a row. */
export interface PickStep<T extends vscode.QuickPickItem> {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly placeholder: string;
  readonly items: readonly T[];
  /** The items again with others that took longer to find; an item keeps its place by its label. */
  readonly moreItems?: Promise<readonly T[]>;
  /**
   * What is being found out meanwhile, as a better placeholder. When it fails the pick closes, and
   * its error is thrown.
   */
  readonly placeholderLater?: Promise<string>;
  readonly canGoBack: boolean;
}

/** What was picked; `back` for the button that leads to the step before. */
export type Picked<T> = T | 'back' | undefined;

/** Shows a pick; undefined where the person thought better of it. */
export function pickStep<T extends vscode.QuickPickItem>(step: PickStep<T>): Promise<Picked<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = step.title;
  pick.step = step.step;
  pick.totalSteps = step.totalSteps;
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = step.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Picked<T>>((resolve, reject) => {
    pick.onDidAccept(() => {
      const item = pick.selectedItems.at(0);
      if (item) resolve(item);
    });
    pick.onDidTriggerButton(() => resolve('back'));
    pick.onDidHide(() => resolve(undefined));
    showMore(pick, step).catch(reject);
    pick.show();
  }).finally(() => pick.dispose());
}

async function showMore<T extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<T>,
  { moreItems, placeholderLater }: PickStep<T>,
): Promise<void> {
  if (!moreItems && !placeholderLater) return;
  pick.busy = true;
  const found = moreItems?.then((items) => {
    const active = pick.activeItems.at(0)?.label;
    pick.keepScrollPosition = true;
    pick.items = items;
    const same = items.find(({ label }) => label === active);
    if (same) pick.activeItems = [same];
  });
  const known = placeholderLater?.then((placeholder) => {
    pick.placeholder = placeholder;
  });
  await Promise.all([found, known]);
  pick.busy = false;
}
