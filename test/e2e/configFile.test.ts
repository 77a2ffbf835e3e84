import { mkdirSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useSession } from './session';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

const image = path.resolve(import.meta.dirname, '../fixtures/data/baseline.jpg');
const patience = { timeout: 60_000, interval: 200 };

const written = `{
  "preset": "quick",
  "data": { "source": "photos" },
  "steps": 0
}
`;

describe.skipIf(withoutVsCode)(`a config file in VS Code${withoutVsCode}`, () => {
  const session = useSession();
  let workspace: string;
  let window: Workbench;
  beforeAll(async () => {
    workspace = session().makeFolder('work');
    writeFileSync(path.join(workspace, 'mine.sngan.json'), written);
    window = await session().open(workspace);
    await window.treeItem('mine.sngan.json').dblclick();
    await line('"preset"').waitFor();
  });

  const line = (text: string): Locator =>
    window.page.locator('.monaco-editor .view-line', { hasText: text });
  const problems = (): Promise<string[]> =>
    window.page.locator('.markers-panel .monaco-list-row .marker-message').allTextContents();

  it('is checked against the schema and against the disk', async () => {
    await window.page.keyboard.press('ControlOrMeta+Shift+M');
    await expect.poll(async () => (await problems()).length, patience).toBe(2);
    const all = (await problems()).join('\n');
    expect(all).toContain('photos');
    expect(all).toContain('below the minimum');
  });

  it('is right as soon as the images are there', async () => {
    const photos = path.join(workspace, 'photos');
    mkdirSync(photos);
    await copyFile(image, path.join(photos, 'one.jpg'));
    await expect.poll(async () => (await problems()).join(), patience).not.toContain('photos');
  });

  it('explains its keys', async () => {
    await line('"preset"').getByText('"preset"').hover();
    const hover = window.page.locator('.monaco-hover', { hasText: 'Settings to start from' });
    await hover.first().waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('completes its keys', async () => {
    await line('"steps"').click();
    await window.page.keyboard.press('End');
    await window.page.keyboard.type(',\n"optim');
    const suggestion = window.page.locator('.suggest-widget .monaco-list-row', {
      hasText: 'optimizer',
    });
    await suggestion.first().waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('has a lens that says in a line what would be trained', async () => {
    await window.runCommand('SN-GAN: New Config File');
    await window.choose(/^quick/);
    await window.tab('quick.sngan.json').waitFor();
    const lens = window.page.locator('.codelens-decoration');
    await lens.getByText('Train').first().waitFor();
    await lens.getByText(/emoji-32 at 32 px · quick · preset quick · 800 steps/).waitFor();
  });
});
