import { render } from 'preact';
import { listen, reportDefects, send } from '../../webview/dashboard/connection';
import { hearRuns, problems } from '../../webview/dashboard/runs';
import { Samples } from '../../webview/dashboard/samples/samples';
import { Scrubber } from '../../webview/dashboard/scrubber/scrubber';
import { view } from '../../webview/dashboard/viewState';
import '../../webview/dashboard/dashboard.css';
import './samplesPage.css';
import { registerToolkit } from '../../webview/ui/toolkit';

/** Samples and scrubber alone; tests reach what is known through the window, as charts would. */
Object.assign(window, { view, problems });
reportDefects();
registerToolkit();
listen(hearRuns);
render(
  <main>
    <Samples />
    <Scrubber />
  </main>,
  document.body,
);
send({ type: 'ready' });
