import { render } from 'preact';
import { Charts } from '../../webview/dashboard/charts/charts';
import { ChartToolbar } from '../../webview/dashboard/charts/toolbar';
import { listen, reportDefects, send } from '../../webview/dashboard/connection';
import '../../webview/dashboard/dashboard.css';
import { hearRuns } from '../../webview/dashboard/runs';
import { view } from '../../webview/dashboard/viewState';
import { registerToolkit } from '../../webview/ui/toolkit';
import './chartsPage.css';

/** Charts alone; tests reach the view through the window, as the scrubber would. */
Object.assign(window, { view });
reportDefects();
registerToolkit();
listen(hearRuns);
render(
  <main class="charts-page">
    <h1>Curves</h1>
    <ChartToolbar />
    <Charts />
  </main>,
  document.body,
);
send({ type: 'ready' });
