import { Keeping } from '../../kept/keeping';
import { keepState, send } from '../connection';
import { files } from '../files';
import { view } from '../viewState';
import { keptViewOf } from './keptView';
import { preferencesOf } from './preferences';

/** Keeps the view of the page and the other files that are shown. */
export const keeping = new Keeping({
  view,
  viewOf: keptViewOf,
  preferencesOf,
  stateOf: (kept) => ({ others: files.value.slice(1).map(({ file }) => file), view: kept }),
  keepState,
  tellPreferences: (preferences) => send({ type: 'preferences', preferences }),
});
