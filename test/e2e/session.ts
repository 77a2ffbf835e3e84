import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from '../webview/chromium';
import { packedVsix } from './packedVsix';
import { VsCodeServer, type ServerOptions } from './server';
import { Workbench } from './workbench';

/** A server with the packed extension, and the windows that the tests of a file open on it. */
export class Session {
  private constructor(
    readonly server: VsCodeServer,
    private readonly browser: Browser,
    private readonly windows: Workbench[] = [],
  ) {}

  static async start(options: ServerOptions = {}): Promise<Session> {
    const server = await VsCodeServer.start(await packedVsix(), options);
    return new Session(server, await launchChromium());
  }

  /** Makes a folder for a test to work in. */
  makeFolder(name: string): string {
    const folder = path.join(this.server.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** @param folder the workspace; none opens an empty window */
  async open(folder?: string): Promise<Workbench> {
    const workbench = await Workbench.open(this.browser, this.server, folder);
    this.windows.push(workbench);
    return workbench;
  }

  /** Keeps pictures of all windows, for whoever has to find out why a test failed. */
  async picture(name: string): Promise<void> {
    for (const [index, window] of this.windows.entries()) {
      if (window.page.isClosed()) continue;
      console.log(`Picture: ${await window.picture(`${name} ${index + 1}`)}`);
    }
  }

  /** What went wrong besides: violations of pages, and errors in the extension's log. */
  complaints(): string[] {
    return [...this.windows.flatMap((window) => window.complaints), ...this.server.errorsInLog()];
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.dispose();
  }
}

/** Lets the tests of the describe block around share a session; call the result for it. */
export function useSession(options: ServerOptions = {}): () => Session {
  let session: Session | undefined;
  beforeAll(async () => {
    session = await Session.start(options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await session?.picture(task.name);
  });
  afterAll(async () => {
    const complaints = session?.complaints() ?? [];
    await session?.dispose();
    expect(complaints).toEqual([]);
  });
  return () => {
    if (session === undefined) throw new Error('The session has not begun.');
    return session;
  };
}
