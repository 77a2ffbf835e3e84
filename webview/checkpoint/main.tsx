import { render } from 'preact';
import { registerToolkit } from '../ui/toolkit';
import { hearAnswers } from './asking';
import { CheckpointPage } from './checkpointPage';
import { keptState, listen, reportDefects, send } from './connection';
import { hearFiles } from './files';
import './checkpoint.css';

reportDefects();
registerToolkit();
listen((message) => {
  hearFiles(message);
  hearAnswers(message);
});
render(<CheckpointPage />, document.body);
send({ type: 'ready', others: keptState()?.others ?? [] });
