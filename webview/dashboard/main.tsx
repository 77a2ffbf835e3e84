import { render } from 'preact';
import { listen, reportDefects, send } from './connection';
import { Dashboard } from './dashboard';
import './dashboard.css';
import { hearRuns } from './runs';

reportDefects();
listen(hearRuns);
render(<Dashboard />, document.body);
send({ type: 'ready' });
