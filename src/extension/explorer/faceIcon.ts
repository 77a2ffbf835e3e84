import * as vscode from 'vscode';
import type { RunFace } from './runText';

/** Name of an icon and the theme's colour for it; the shapes differ as well as the colours. */
const icons: Readonly<Record<RunFace, readonly [icon: string, colour: string]>> = {
  starting: ['loading~spin', 'charts.blue'],
  running: ['sync~spin', 'charts.blue'],
  paused: ['debug-pause', 'charts.yellow'],
  finished: ['pass', 'testing.iconPassed'],
  stopped: ['debug-stop', 'testing.iconSkipped'],
  failed: ['error', 'testing.iconFailed'],
  dead: ['warning', 'problemsWarningIcon.foreground'],
  elsewhere: ['remote', 'charts.blue'],
};

/** The icon of a run. */
export function faceIcon(face: RunFace): vscode.ThemeIcon {
  const [icon, colour] = icons[face];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

/** The same in a text that shows icons, such as the status bar's. */
export function faceIconText(face: RunFace): string {
  return `$(${icons[face][0]})`;
}
