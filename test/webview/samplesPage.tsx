import { render } from 'preact';
import { listen, reportDefects, send } from '../../webview/dashboard/connection';
import { hearRuns } from '../../webview/dashboard/runs';
import { Samples } from '../../webview/dashboard/samples/samples';
import { Scrubber } from '../../webview/dashboard/scrubber/scrubber';
import { view } from '../../webview/dashboard/viewState';
import '../../webview/dashboard/dashboard.css';
import './samplesPage.css';
import { registerToolkit } from '../../webview/ui/toolkit';

/** Samples and scrubber alone; tests reach the view through the window, as charts would. */
Object.assign(window, { view });
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
