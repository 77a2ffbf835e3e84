import { Keeping } from '../kept/keeping';
import { keepState, send } from './connection';
import { keptViewOf } from './keptView';
import { preferencesOf } from './preferences';
import { shownKeys } from './runs';
import { view } from './viewState';

/** Keeps the view of the dashboard and the runs that it is of. */
export const keeping = new Keeping({
  view,
  viewOf: keptViewOf,
  preferencesOf,
  stateOf: (kept) => ({ keys: shownKeys.value, view: kept }),
  keepState,
  tellPreferences: (preferences) => send({ type: 'preferences', preferences }),
});
