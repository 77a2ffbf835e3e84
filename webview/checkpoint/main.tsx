import { render } from 'preact';
import { stringsOr, fieldsOf } from '../kept/narrowing';
import { registerToolkit } from '../ui/toolkit';
import { hearAnswers } from './asking';
import { CheckpointPage } from './checkpointPage';
import { keptState, listen, reportDefects, send } from './connection';
import { hearFiles } from './files';
import './checkpoint.css';
import { watchTheme } from '../figures/theme';
import { keeping } from './shell/keeping';
import { hearStart } from './shell/started';

reportDefects();
registerToolkit();
const kept = fieldsOf(keptState());
keeping.restore(kept);
listen((message) => {
  hearFiles(message);
  hearAnswers(message);
  hearStart(message);
});
render(<CheckpointPage />, document.body);
watchTheme();
send({ type: 'ready', others: stringsOr(kept.others, []) });
