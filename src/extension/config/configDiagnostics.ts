import * as vscode from 'vscode';
import type { ConfigFinding } from '../../cli/configChecks';
import type { Checks } from '../checks/protocol';
import type { Failures } from '../commands/failures';
import type { Settings } from '../settings';
import { folderOf, isConfig } from './configDocuments';

/** Typing is not interrupted by half-written values. */
const DEBOUNCE_MS = 300;
/** Images that are missing may come from anywhere, so a visible config is looked at again. */
const RECHECK_MS = 3_000;

const severities: Readonly<Record<ConfigFinding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What is wrong with open config files beyond what their schema says. */
export class ConfigDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('sn-gan');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly checks: Checks,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    this.subscription = vscode.Disposable.from(
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.note(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.note(document, DEBOUNCE_MS)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.window.onDidChangeActiveTextEditor(
        (editor) => editor && this.note(editor.document, 0),
      ),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.noteAll()),
      settings.onChange(() => this.noteAll()),
    );
    this.noteAll();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.subscription.dispose();
  }

  private noteAll(): void {
    for (const document of vscode.workspace.textDocuments) this.note(document, 0);
  }

  /** Checks a document after a while; another note meanwhile begins anew. */
  private note(document: vscode.TextDocument, afterMs: number): void {
    if (!isConfig(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const check = (): void => {
      this.timers.delete(key);
      this.check(document).catch((thrown: unknown) => this.failures.show('config', thrown));
    };
    this.timers.set(key, setTimeout(check, afterMs));
  }

  private forget({ uri }: vscode.TextDocument): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.collection.delete(uri);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const folder = folderOf(document);
    const findings = await this.checks.checkConfigText(document.getText(), {
      folder: folder ?? '',
      settings: this.settings.ofNewRuns(uri.fsPath),
      // Nobody vouches for the paths in an untrusted workspace.
      disk: vscode.workspace.isTrusted && folder !== undefined,
    });
    // What has changed since is being checked anew, and what was closed shows nothing.
    if (document.version !== version || document.isClosed) return;
    this.collection.set(
      uri,
      findings.map((finding) => diagnosticOf(document, finding)),
    );
    const isVisible = vscode.window.visibleTextEditors.some(
      (editor) => editor.document === document,
    );
    if (isVisible && findings.some(({ key }) => key === 'data.source')) {
      this.note(document, RECHECK_MS);
    }
  }
}

function diagnosticOf(document: vscode.TextDocument, finding: ConfigFinding): vscode.Diagnostic {
  const { offset, length, message, severity, key } = finding;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = 'SN-GAN';
  diagnostic.code = key;
  return diagnostic;
}
