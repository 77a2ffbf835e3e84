import { render, type JSX } from 'preact';
import { hearAnswers } from '../../webview/checkpoint/asking';
import { listen, reportDefects, send } from '../../webview/checkpoint/connection';
import { DriftPanel } from '../../webview/checkpoint/drift/driftPanel';
import { hearFiles } from '../../webview/checkpoint/files';
import { HistoryPanel } from '../../webview/checkpoint/history/historyPanel';
import { IterationPanel } from '../../webview/checkpoint/iteration/iterationPanel';
import { SpectrumPanel } from '../../webview/checkpoint/spectrum/spectrumPanel';
import { view } from '../../webview/checkpoint/viewState';
import { registerToolkit } from '../../webview/ui/toolkit';
import './figuresPage.css';

/** One panel of figures alone; tests reach the view through the window, as the page would. */
Object.assign(window, { view });

function OnePanel(): JSX.Element {
  const { value } = view.panel;
  if (value === 'drift') return <DriftPanel />;
  if (value === 'history') return <HistoryPanel />;
  return value === 'iteration' ? <IterationPanel /> : <SpectrumPanel />;
}

reportDefects();
registerToolkit();
listen((message) => {
  hearFiles(message);
  hearAnswers(message);
});
render(
  <main class="figures-page">
    <h1>Figures</h1>
    <h2>Panel</h2>
    <OnePanel />
  </main>,
  document.body,
);
send({ type: 'ready', others: [] });
