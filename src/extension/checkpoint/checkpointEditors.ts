import path from 'node:path';
import * as vscode from 'vscode';
import { bundleFolder } from '../../runtime/bundleFolder';
import { editorId } from '../contributions';
import type { CheckpointHost } from './checkpointHost';
import { CheckpointPanel, type CheckpointPanelParts } from './checkpointPanel';
import { CorrectionMemory, type Memory } from './correctionMemory';
import { InspectedFiles } from './inspectedFiles';
import { inspectionThreads } from './threads';
import { Turns } from './turns';
import { watchFile } from './watchFile';

/** Threads of a window that answer questions about weights at once. */
const MAX_ANSWERS = 3;

/**
 * The editors of weight files in this window. VS Code opens `.safetensors` with them; files of other
 * endings, which may be anything, are opened with them on demand.
 */
export class CheckpointEditors implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  private readonly panels = new Set<CheckpointPanel>();
  /** Files to show beside a file whose editor is about to open. */
  private readonly awaited = new Map<string, readonly string[]>();
  private readonly parts: CheckpointPanelParts;
  private readonly registrations: vscode.Disposable;

  /**
   * Also registers itself.
   *
   * @param memory keeps corrections (globalState)
   */
  constructor(
    extensionUri: vscode.Uri,
    host: CheckpointHost,
    memory: Memory,
    log: vscode.LogOutputChannel,
  ) {
    const files = new InspectedFiles({
      threads: inspectionThreads(bundleFolder),
      corrections: new CorrectionMemory(memory),
      turns: new Turns(MAX_ANSWERS),
      watch: watchFile,
    });
    this.parts = { extensionUri, host, files, log };
    const options = {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: false },
    };
    this.registrations = vscode.Disposable.from(
      ...Object.values(editorId).map((id) =>
        vscode.window.registerCustomEditorProvider(id, this, options),
      ),
    );
  }

  /** The files of the page that is the active editor, its primary one first; none without one. */
  get active(): readonly string[] {
    return [...this.panels].find(({ panel }) => panel.active)?.shown ?? [];
  }

  /**
   * Shows a file, and others beside it.
   *
   * @param options `preview`: as a click in a list does, until something else is clicked
   */
  async open(
    file: string,
    others: readonly string[] = [],
    options: { readonly preview?: boolean } = {},
  ): Promise<void> {
    const known = [...this.panels].find(({ panel, primary }) => panel.active && primary === file);
    if (known) {
      known.add(others);
      return;
    }
    const id = file.endsWith('.safetensors') ? editorId.checkpoint : editorId.weights;
    const { preview = false } = options;
    this.awaited.set(file, others);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), id, { preview });
    if (!this.awaited.has(file)) return;
    // It was open, and is only in front now; else it is about to come and finds them.
    const shown = [...this.panels].filter(({ primary }) => primary === file);
    const front = shown.find(({ panel }) => panel.active) ?? shown.at(0);
    if (front === undefined) return;
    this.awaited.delete(file);
    front.add(others);
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    // The file is looked into while the page is being made.
    this.parts.files.warmUp(nameOf(uri));
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const file = nameOf(uri);
    const others = this.awaited.get(file) ?? [];
    this.awaited.delete(file);
    const editor = new CheckpointPanel(panel, file, others, this.parts);
    this.panels.add(editor);
    panel.onDidDispose(() => {
      editor.dispose();
      this.panels.delete(editor);
    });
  }

  dispose(): void {
    this.registrations.dispose();
    for (const panel of this.panels) panel.dispose();
    this.panels.clear();
    this.parts.files.dispose();
  }
}

/** The path of a file; for what lies on no disk of this machine, its whole address. */
function nameOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? path.normalize(uri.fsPath) : uri.toString(true);
}
