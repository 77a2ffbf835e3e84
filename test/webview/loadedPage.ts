import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Disposable, Page } from 'playwright-core';
import { pageHtml } from '../../src/extension/webviewHtml';
import type { DashboardState, FromDashboard, ToDashboard } from '../../src/shared/dashboard';
import { leavePage, takePage } from './sparePages';

const root = path.resolve(import.meta.dirname, '../..');

/** The four kinds of theme, as VS Code 1.100 hands them to a webview. */
export const themes = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof themes)[number];

interface ThemeFixture {
  readonly style: string;
  readonly bodyClass: string;
  readonly themeId: string;
  readonly kind: string;
  readonly styles: string;
}

export interface PageOptions<State = DashboardState> {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What the page kept with setState. */
  readonly state?: State;
  readonly reducedMotion?: boolean;
  /** Folders whose files the page may load below `/<name>/`. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Another origin that the policy lets the page load from. */
  readonly otherOrigin?: string;
}

/** What every message between a page and the extension has. */
interface Message {
  readonly type: string;
}

/**
 * A webview in Chromium with a host that the test plays.
 *
 * @typeParam To what the extension says to the page
 * @typeParam From what the page says to the extension
 * @typeParam State what the page keeps with setState
 */
export class LoadedPage<
  To extends Message = ToDashboard,
  From extends Message = FromDashboard,
  State = DashboardState,
> {
  /** Violations of the content security policy and errors of the page; a test wants none. */
  readonly complaints: string[] = [];
  /** What the page has said to the extension. */
  readonly said: From[] = [];
  /** What was put into the page for this test. */
  private readonly put: Disposable[] = [];

  private constructor(
    readonly page: Page,
    readonly origin: string,
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  /**
   * Loads a page of `dist/webview` as VS Code does: same HTML, same policy, same theme variables.
   *
   * @param name of the bundle: `dashboard`, `checkpoint`
   */
  static async open<
    To extends Message = ToDashboard,
    From extends Message = FromDashboard,
    State = DashboardState,
  >(
    browser: Browser,
    name: string,
    options: PageOptions<State> = {},
  ): Promise<LoadedPage<To, From, State>> {
    const { theme = 'dark', width = 1280, height = 800, reducedMotion = false } = options;
    const fixture = await readTheme(theme);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html = pageHtml({
      title: name,
      script: `${origin}/webview/${name}.js`,
      styles: `${origin}/webview/${name}.css`,
      cspSource: [origin, ...(options.otherOrigin ? [options.otherOrigin] : [])].join(' '),
      nonce: 'bm9uY2Utb2YtdGhlLXRlc3Q=',
      language: 'en',
    });
    const folders = { webview: path.join(root, 'dist/webview'), ...options.folders };
    // VS Code puts its own styles before those of the page, which therefore win.
    const dressed = html.replace(
      '<link',
      `<link rel="stylesheet" href="${origin}/vscode.css">\n<link`,
    );
    server.on('request', (request, response) => {
      void answer(request.url ?? '/', { html: dressed, styles: fixture.styles }, folders).then(
        ({ status, type, body }) => {
          response.writeHead(status, { 'content-type': type });
          response.end(body);
        },
      );
    });
    const page = await takePage(browser, { width, height, reducedMotion });
    const loaded = new LoadedPage<To, From, State>(page, origin, browser, server);
    await loaded.listen();
    loaded.put.push(
      await page.addInitScript(playHost, options.state),
      await page.addInitScript(
        `(${dressWhenThere.toString()})(${dressPage.toString()}, ${JSON.stringify(fixture)})`,
      ),
    );
    await page.goto(`${origin}/`);
    return loaded;
  }

  /** Says something to the page. Typed arrays arrive as typed arrays. */
  async tell(message: To): Promise<void> {
    await this.page.evaluate(tellPage, pack(message));
  }

  /** What the page last gave to setState. */
  async keptState(): Promise<State | undefined> {
    const kept = await this.page.evaluate(() => (window as unknown as HostWindow).keptState);
    return kept as State | undefined;
  }

  /** Waits until the page has said a message of a type, and returns the newest one. */
  async heard<T extends From['type']>(type: T): Promise<Extract<From, { type: T }>> {
    for (let i = 0; i < 200; i++) {
      const found = this.said.findLast((message) => message.type === type);
      if (found) return found as Extract<From, { type: T }>;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`The page never said ${type}.`);
  }

  /** Puts another theme on, as VS Code does when a person chooses one. */
  async wear(theme: Theme): Promise<void> {
    await this.page.evaluate(dressPage, await readTheme(theme));
    // The controls take their colours over afterwards.
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  async close(): Promise<void> {
    for (const one of this.put.splice(0)) await one.dispose();
    await leavePage(this.browser, this.page);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async listen(): Promise<void> {
    const { page } = this;
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    const hearPage = (message: From & { readonly message?: string }): void => {
      this.said.push(message);
      if (message.type === 'pageError') this.complaints.push(`defect: ${message.message}`);
    };
    const hearViolation = (violation: string): void => {
      this.complaints.push(`policy: ${violation}`);
    };
    this.put.push(
      await page.exposeFunction('hearPage', hearPage),
      await page.exposeFunction('hearViolation', hearViolation),
    );
  }
}

interface HostWindow extends Window {
  keptState: unknown;
  hearPage(message: unknown): Promise<void>;
  hearViolation(violation: string): Promise<void>;
  acquireVsCodeApi(): unknown;
}

/** Runs in the page before its own script: what VS Code puts into every webview. */
function playHost(state: unknown): void {
  const host = window as unknown as HostWindow;
  host.keptState = state;
  host.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void host.hearPage(message),
    getState: () => host.keptState,
    setState: (state: unknown) => {
      host.keptState = structuredClone(state);
    },
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    void host.hearViolation(`${event.effectiveDirective} ${event.blockedURI}`);
  });
}

/** Runs in the page before its own script: dresses the body as soon as it is there. */
function dressWhenThere(dress: typeof dressPage, fixture: ThemeFixture): void {
  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    observer.disconnect();
    dress(fixture);
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in the page. */
function dressPage(fixture: ThemeFixture): void {
  // Through the CSS object model, as VS Code does, because the policy forbids style attributes.
  document.documentElement.style.cssText = fixture.style;
  document.body.className = fixture.bodyClass.replace('vscode-reduce-motion', '').trim();
  document.body.dataset.vscodeThemeId = fixture.themeId;
  document.body.dataset.vscodeThemeKind = fixture.kind;
}

/** Typed arrays do not survive the way into the page; they travel as base64. */
function pack(value: unknown): unknown {
  if (
    value instanceof Float32Array ||
    value instanceof Float64Array ||
    value instanceof Uint8Array
  ) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { packed: value.constructor.name, base64: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]));
}

/** Runs in the page. */
function tellPage(message: unknown): void {
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== 'object' || value === null) return value;
    if ('packed' in value && 'base64' in value) {
      const { buffer } = Uint8Array.from(atob(String(value.base64)), (c) => c.charCodeAt(0));
      if (value.packed === 'Float32Array') return new Float32Array(buffer);
      return value.packed === 'Float64Array' ? new Float64Array(buffer) : new Uint8Array(buffer);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
  };
  window.postMessage(unpack(message), '*');
}

async function readTheme(theme: Theme): Promise<ThemeFixture> {
  const file = path.join(root, 'test/fixtures/themes', `${theme}.json`);
  return JSON.parse(await readFile(file, 'utf8')) as ThemeFixture;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
};

async function answer(
  url: string,
  made: { readonly html: string; readonly styles: string },
  folders: Readonly<Record<string, string>>,
): Promise<{ status: number; type: string; body: string | Buffer }> {
  if (url === '/') return { status: 200, type: 'text/html', body: made.html };
  if (url === '/vscode.css') return { status: 200, type: 'text/css', body: made.styles };
  // Asked for by every browser and by no webview.
  if (url === '/favicon.ico') return { status: 204, type: 'image/x-icon', body: '' };
  const [, name, ...rest] = new URL(url, 'http://localhost').pathname.split('/');
  const folder = folders[name] as string | undefined;
  const none = { status: 404, type: 'text/plain', body: 'not here' };
  if (folder === undefined) return none;
  const file = path.join(folder, rest.join('/'));
  try {
    return {
      status: 200,
      type: types[path.extname(file)] ?? 'text/plain',
      body: await readFile(file),
    };
  } catch {
    // As a web server does; the page complains of it.
    return none;
  }
}
