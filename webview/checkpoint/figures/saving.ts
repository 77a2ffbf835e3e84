import type { Exporting } from '../../figures/exporting';
import { send } from '../connection';
import { view } from '../viewState';

/** How this page saves its figures; whoever calls it is drawn again when the paper changes. */
export function figureSaving(): Exporting {
  return {
    white: view.preferences.value.whiteFigures,
    onWhite: (whiteFigures) => {
      view.preferences.value = { ...view.preferences.peek(), whiteFigures };
    },
    save: (name, contents) => send({ type: 'save', name, contents }),
  };
}
