import path from 'node:path';
import * as vscode from 'vscode';
import { runFile } from '../../shared/runFolder';
import type { WatchRuns } from './runList';

/** Watches a runs folder through VS Code, also one that does not exist yet. */
export const watchRuns: WatchRuns = (runsFolder, onChange, onEverything) => {
  const folder = vscode.Uri.file(runsFolder);
  const files = `*/{${runFile.identity},${runFile.annotations}}`;
  const inRuns = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, files),
  );
  const runs = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, '*'),
    false,
    true,
  );
  // Who removes the folder as a whole causes no event for what is in it.
  const parent = vscode.Uri.file(path.dirname(runsFolder));
  const itself = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(parent, path.basename(runsFolder)),
    false,
    true,
  );
  const ofFile = ({ fsPath }: vscode.Uri): void => onChange(path.dirname(fsPath));
  const ofRun = ({ fsPath }: vscode.Uri): void => onChange(fsPath);
  return vscode.Disposable.from(
    inRuns,
    runs,
    itself,
    inRuns.onDidCreate(ofFile),
    inRuns.onDidChange(ofFile),
    inRuns.onDidDelete(ofFile),
    runs.onDidCreate(ofRun),
    runs.onDidDelete(ofRun),
    itself.onDidCreate(onEverything),
    itself.onDidDelete(onEverything),
  );
};
