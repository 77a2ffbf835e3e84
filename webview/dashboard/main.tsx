import { render } from 'preact';
import { registerToolkit } from '../ui/toolkit';
import { keptState, listen, reportDefects, send } from './connection';
import { Dashboard } from './dashboard';
import './dashboard.css';
import { fieldsOf, stringsOr } from '../kept/narrowing';
import { keeping } from './keeping';
import { hearRuns } from './runs';
import { hearStart } from './started';

reportDefects();
registerToolkit();
const kept = fieldsOf(keptState());
keeping.restore(kept);
listen((message) => {
  hearRuns(message);
  hearStart(message, stringsOr(kept.keys, []));
});
render(<Dashboard />, document.body);
send({ type: 'ready' });
