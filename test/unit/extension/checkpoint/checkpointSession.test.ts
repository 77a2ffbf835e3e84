import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILES } from '../../../../src/shared/checkpointPage';
import type { LayerNumbers } from '../../../../src/shared/inspection';
import { UserError } from '../../../../src/shared/userError';
import { someLayer, someListing, someVerdict, Stage, type PlayedInspector } from './stage';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-session-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'd.safetensors');
const other = path.join(folder, 'other.npz');
const ready = { type: 'ready', others: [] };

const listing = someListing(file, [someLayer('d.a'), someLayer('d.b')]);
const weight: LayerNumbers = {
  weight: {
    frobenius: 2,
    largest: 1,
    mean: 0,
    nan: 0,
    infinite: 0,
    histogram: { from: -1, to: 1, counts: [1, 2] },
    estimate: 1,
  },
};
const operator: LayerNumbers = {
  operator: {
    norm: { value: 1.5, certainty: 'estimate' },
    tolerance: 1e-3,
    iterations: 7,
    bounds: [],
    upper: 2,
  },
};

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
  writeFileSync(file, 'weights');
  writeFileSync(other, 'other weights');
});

/** An inspection that has said its listing and numbers of the first layer. */
async function begun(): Promise<PlayedInspector> {
  const inspector = await stage.inspector();
  inspector.heard({ type: 'listing', listing });
  inspector.heard({ type: 'numbers', layer: 'd.a', numbers: weight });
  inspector.heard({ type: 'numbers', layer: 'd.a', numbers: operator });
  return inspector;
}

describe('CheckpointSession', () => {
  it('looks into the file before the page is there, and tells the page all of it then', async () => {
    const session = stage.session(file);
    const inspector = await begun();
    expect(stage.sent).toEqual([]);
    await session.hear(ready);
    expect(stage.sent).toEqual([
      {
        type: 'init',
        files: [file],
        preferences: { whiteFigures: false },
        translations: { Sort: 'Sortieren' },
      },
      { type: 'listing', file, listing },
      { type: 'numbers', file, layer: 'd.a', numbers: { ...weight, ...operator } },
    ]);
    stage.sent.length = 0;
    inspector.heard({ type: 'verdict', verdict: someVerdict });
    inspector.heard({ type: 'state', state: { kind: 'done' } });
    inspector.ended();
    expect(stage.sent).toEqual([
      { type: 'verdict', file, verdict: someVerdict },
      { type: 'state', file, state: { kind: 'done' } },
    ]);
  });

  it('goes on computing for a page that is hidden, says nothing to it, and then everything', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await begun();
    stage.sent.length = 0;
    session.hide();
    inspector.heard({ type: 'numbers', layer: 'd.b', numbers: weight });
    expect(stage.sent).toEqual([]);
    expect(inspector.terminated).toBe(false);
    await session.hear(ready);
    expect(stage.told('numbers').map(({ layer }) => layer)).toEqual(['d.a', 'd.b']);
    expect(stage.running()).toEqual([inspector]);
  });

  it('cancels by ending the thread, and goes on with what is known', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await begun();
    stage.sent.length = 0;
    await session.hear({ type: 'cancel', file });
    expect(inspector.terminated).toBe(true);
    expect(stage.sent).toEqual([{ type: 'state', file, state: { kind: 'cancelled' } }]);
    await session.hear({ type: 'compute', file, layers: ['d.b', 'no such layer'] });
    const { task } = await stage.inspector();
    expect(task).toEqual({
      type: 'inspect',
      file,
      corrections: {},
      first: ['d.b'],
      known: { 'd.a': { ...weight, ...operator } },
    });
    // The same listing again is no news.
    stage.sent.length = 0;
    (await stage.inspector()).heard({ type: 'listing', listing });
    expect(stage.sent).toEqual([]);
  });

  it('computes anew after a correction only what depends on it', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    await begun();
    await session.hear({
      type: 'correct',
      file,
      layer: 'd.a',
      correction: { stride: [2, 2] },
    });
    const corrected = await stage.inspector();
    expect(corrected.task).toMatchObject({ corrections: { 'd.a': { stride: [2, 2] } } });
    stage.sent.length = 0;
    const strided = someLayer('d.a', { stride: [2, 2] });
    const now = someListing(file, [strided, someLayer('d.b', { inputSize: [16, 16] })]);
    corrected.heard({ type: 'listing', listing: now });
    expect(stage.sent).toEqual([
      { type: 'listing', file, listing: now },
      { type: 'numbers', file, layer: 'd.a', numbers: weight },
    ]);
    // It was given an operator norm that holds no more.
    expect(corrected.terminated).toBe(true);
    expect((await stage.inspector()).task).toMatchObject({ known: { 'd.a': weight } });
  });

  it('voids everything of a layer that is another matrix by a correction', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    await begun();
    await session.hear({ type: 'correct', file, layer: 'd.a', correction: { kind: 'dense' } });
    const corrected = await stage.inspector();
    const now = someListing(file, [someLayer('d.a', { kind: 'dense' }), someLayer('d.b')]);
    corrected.heard({ type: 'listing', listing: now });
    expect((await stage.inspector()).task).toMatchObject({ known: {} });
  });

  it('remembers corrections of a file, and forgets them for another of its name', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    await begun();
    await session.hear({ type: 'correct', file, layer: 'd.a', correction: { stride: [2, 2] } });
    await session.hear({ type: 'correct', file, layer: 'd.a', correction: { groups: 2 } });
    await session.hear({ type: 'correct', file, layer: 'no such layer', correction: {} });
    session.dispose();
    await expect.poll(() => stage.watched.size).toBe(0);

    const again = stage.session(file);
    const inspector = await stage.inspector();
    expect(inspector.task.corrections).toEqual({ 'd.a': { stride: [2, 2], groups: 2 } });
    await again.hear(ready);
    inspector.heard({ type: 'listing', listing });
    await again.hear({ type: 'correct', file, layer: 'd.a', correction: null });
    expect((await stage.inspector()).task.corrections).toEqual({});
    await again.hear({ type: 'correct', file, layer: 'd.b', correction: { groups: 2 } });

    writeFileSync(file, 'other weights of another size');
    stage.watched.get(file)?.('there');
    await expect.poll(() => stage.running().length).toBe(1);
    expect((await stage.inspector()).task.corrections).toEqual({});
  });

  it('looks into a file anew that was written anew, and says so', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const before = await begun();
    stage.watched.get(file)?.('gone');
    expect(stage.told('note')[0].message).toMatch('is gone');
    expect(before.terminated).toBe(false);
    stage.watched.get(file)?.('there');
    expect(stage.told('note')[0].message).toMatch('written anew');
    expect(before.terminated).toBe(true);
    expect((await stage.inspector()).task).toMatchObject({ known: {} });
  });

  it('says why a file cannot be read, and reads it when it can be', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    (await stage.inspector()).heard({ type: 'refused', why: 'It is no weight file.' });
    expect(stage.told('unreadable')).toEqual([
      { type: 'unreadable', file, why: 'It is no weight file.' },
    ]);
    stage.watched.get(file)?.('there');
    (await stage.inspector()).heard({ type: 'listing', listing });
    expect(stage.sent).toEqual([{ type: 'listing', file, listing }]);
  });

  it('says of a file on no disk that it has to be saved first, and starts nothing', async () => {
    const session = stage.session('vscode-vfs://github/a/d.safetensors');
    await session.hear(ready);
    expect(stage.told('unreadable')[0].why).toMatch('does not lie on a disk');
    await session.hear({
      type: 'open',
      file: 'vscode-vfs://github/a/d.safetensors',
      place: 'again',
    });
    expect(stage.inspectors).toEqual([]);
  });

  it.each([
    ['its memory', 'it needs too much memory'],
    ['a defect', 'x is not a function'],
  ])('says in a sentence that a thread ended by %s, and keeps what there is', async (_, crash) => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await begun();
    stage.sent.length = 0;
    inspector.ended(crash);
    expect(stage.sent).toEqual([
      { type: 'state', file, state: { kind: 'cancelled' } },
      { type: 'problem', message: `d.safetensors cannot be inspected further: ${crash}.` },
    ]);
    await session.hear({ type: 'compute', file, layers: [] });
    expect((await stage.inspector()).task).toMatchObject({
      known: { 'd.a': { ...weight, ...operator } },
    });
  });

  it('shares what is computed of a file between pages', async () => {
    const [one, two] = [stage.session(file), stage.session(other, [file])];
    await one.hear(ready);
    await two.hear(ready);
    await expect.poll(() => stage.running().length).toBe(2);
    one.dispose();
    const ofFile = stage.running().find(({ task }) => task.file === file);
    stage.sent.length = 0;
    ofFile?.heard({ type: 'listing', listing });
    expect(stage.sent).toEqual([{ type: 'listing', file, listing }]);
    two.dispose();
    await expect.poll(() => stage.running()).toEqual([]);
  });
});

describe('files of a page', () => {
  it('are chosen by the person, bounded in number, and taken away again', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    stage.chosen = [other, file];
    await session.hear({ type: 'addFiles' });
    expect(stage.told('files')).toEqual([{ type: 'files', files: [file, other] }]);
    await session.hear({ type: 'removeFile', file: other });
    expect(stage.told('files')).toEqual([{ type: 'files', files: [file] }]);
    await session.hear({ type: 'removeFile', file });
    expect(session.shown).toEqual([file]);
    session.add(Array.from({ length: 2 * MAX_FILES }, (_, i) => path.join(folder, `${i}.npy`)));
    expect(session.shown).toHaveLength(MAX_FILES);
    expect(stage.told('problem')).toHaveLength(1);
    session.dispose();
  });

  it('come back after a reload of the window, which only the page remembers', async () => {
    const session = stage.session(file);
    await session.hear({ type: 'ready', others: [other, file] });
    expect(stage.told('init')[0].files).toEqual([file, other]);
    await session.hear({ type: 'removeFile', file: other });
    session.hide();
    // A page that was hidden is told, whatever it remembers.
    await session.hear({ type: 'ready', others: [other] });
    expect(stage.told('init')[0].files).toEqual([file]);
    session.dispose();
  });
});

describe('questions about weights', () => {
  const question = { kind: 'kernels', layer: 'd.a' } as const;
  const answer = { kind: 'kernels', shape: [1], values: Float32Array.of(1) } as const;

  it('get threads of their own, with the corrections, a few at once', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    await begun();
    await session.hear({ type: 'correct', file, layer: 'd.a', correction: { groups: 2 } });
    for (const ask of [1, 2, 3]) await session.hear({ type: 'ask', ask, file, question });
    const [first, second, third] = stage.running('answer');
    expect(third).toBeUndefined();
    expect(first.task).toEqual({
      type: 'answer',
      file,
      corrections: { 'd.a': { groups: 2 } },
      question,
    });
    stage.sent.length = 0;
    first.heard({ type: 'answer', answer, last: false });
    first.heard({ type: 'answer', answer, last: true });
    first.ended();
    second.heard({ type: 'refused', why: 'There is no such layer.' });
    second.ended();
    expect(stage.sent).toEqual([
      { type: 'answer', ask: 1, answer, last: false },
      { type: 'answer', ask: 1, answer, last: true },
      { type: 'refused', ask: 2, why: 'There is no such layer.' },
    ]);
    expect(stage.running('answer')).toHaveLength(1);
  });

  it('are dropped by ending their threads, also when the page is hidden', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    for (const ask of [1, 2, 3]) await session.hear({ type: 'ask', ask, file, question });
    const [first, second] = stage.running('answer');
    await session.hear({ type: 'drop', ask: 3 });
    await session.hear({ type: 'drop', ask: 1 });
    expect(stage.running('answer')).toEqual([second]);
    expect(first.terminated).toBe(true);
    session.hide();
    expect(stage.running('answer')).toEqual([]);
  });

  it('are refused in a sentence when their thread crashes', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    await session.hear({ type: 'ask', ask: 1, file, question });
    stage.sent.length = 0;
    stage.running('answer')[0].ended('x is not a function');
    expect(stage.told('refused')).toEqual([
      {
        type: 'refused',
        ask: 1,
        why: 'This cannot be computed of d.safetensors: x is not a function.',
      },
    ]);
  });

  it('are bounded in number', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    for (let ask = 0; ask < 100; ask++) await session.hear({ type: 'ask', ask, file, question });
    expect(stage.told('refused').length).toBeGreaterThan(0);
    expect(stage.running('answer')).toHaveLength(2);
  });
});

describe('questions about networks', () => {
  const question = { kind: 'samples', seed: 1, count: 4 } as const;
  const picture = {
    kind: 'picture',
    rgb: Uint8Array.of(1, 2, 3),
    size: 1,
    columns: 1,
    count: 1,
  } as const;

  it('start one thread, at the first of them, and are asked one after the other', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    expect(stage.players).toEqual([]);
    for (const ask of [7, 8, 9]) await session.hear({ type: 'ask', ask, file, question });
    const [player] = stage.players;
    expect(player.task).toEqual({ file });
    expect(player.told).toEqual([{ type: 'ask', ask: 1, question }]);
    await session.hear({ type: 'drop', ask: 8 });
    stage.sent.length = 0;
    player.heard({ type: 'answer', ask: 1, answer: picture });
    expect(player.told.at(-1)).toMatchObject({ ask: 3 });
    player.heard({ type: 'refused', ask: 3, why: 'It has no generator.' });
    expect(stage.sent).toEqual([
      { type: 'answer', ask: 7, answer: picture, last: true },
      { type: 'refused', ask: 9, why: 'It has no generator.' },
    ]);
    expect(stage.players).toHaveLength(1);
    session.dispose();
    await expect.poll(() => player.terminated).toBe(true);
  });

  it('are refused when the thread crashes, and start it again', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    for (const ask of [1, 2]) await session.hear({ type: 'ask', ask, file, question });
    stage.sent.length = 0;
    stage.players[0].ended('it needs too much memory');
    expect(stage.told('refused')).toEqual([
      {
        type: 'refused',
        ask: 1,
        why: 'The networks of d.safetensors cannot be run: it needs too much memory.',
      },
    ]);
    expect(stage.players).toHaveLength(2);
    expect(stage.players[1].told).toMatchObject([{ ask: 2 }]);
  });

  it('about gradients bound the discriminator from below, for every page', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await begun();
    inspector.heard({ type: 'verdict', verdict: someVerdict });
    await session.hear({
      type: 'ask',
      ask: 1,
      file,
      question: { kind: 'gradients', images: 8, seed: 1 },
    });
    stage.sent.length = 0;
    const bound = { largest: 1.25, where: 'between' } as const;
    const [player] = stage.players;
    player.heard({ type: 'answer', ask: 1, answer: { kind: 'gradients', ...bound } });
    const verdict = { ...someVerdict, lower: bound };
    expect(stage.told('verdict')).toEqual([{ type: 'verdict', file, verdict }]);
    inspector.heard({ type: 'verdict', verdict: { ...someVerdict, tightUpper: 1.5 } });
    expect(stage.told('verdict')[0].verdict).toEqual({ ...verdict, tightUpper: 1.5 });
  });
});

describe('what a page may ask for', () => {
  it('leads to places, saves, copies, and keeps preferences', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await stage.inspector();
    await session.hear({ type: 'open', file, place: 'run' });
    expect(stage.did).toEqual([]);
    const own = { step: 5, config: {} as never, run: '/runs/faces', checkpoints: [] };
    inspector.heard({ type: 'listing', listing: { ...listing, own } });
    const contents = Uint8Array.of(1, 2);
    for (const message of [
      { type: 'open', file, place: 'run' },
      { type: 'open', file, place: 'folder' },
      { type: 'save', name: 'spectrum.svg', contents },
      { type: 'copy', text: 'a\tb' },
      { type: 'preferences', preferences: { whiteFigures: true } },
    ]) {
      await session.hear(message);
    }
    expect(stage.did).toEqual([
      ['openRun', '/runs/faces'],
      ['revealFile', file],
      ['save', 'spectrum.svg', contents],
      ['copy', 'a\tb'],
      ['keep', { whiteFigures: true }],
    ]);
    await session.hear({ type: 'open', file, place: 'again' });
    expect(inspector.terminated).toBe(true);
  });

  it('is shown on the page where it did not work, and logged where it is a defect', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    stage.fault = new UserError('The disk is full.');
    await session.hear({ type: 'save', name: 'a.svg', contents: new Uint8Array() });
    expect(stage.told('problem')[0].message).toBe('The disk is full.');
    expect(stage.log).toEqual([]);
    stage.fault = new TypeError('undefined is not a function');
    await session.hear({ type: 'save', name: 'a.svg', contents: new Uint8Array() });
    expect(stage.log.join()).toMatch('TypeError: undefined is not a function');
  });

  it.each<[string, unknown]>([
    ['no object', 'ready'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['relative files', { type: 'ready', others: ['../secret'] }],
    ['too many files', { type: 'ready', others: Array<string>(MAX_FILES).fill('/a') }],
    ['an unknown place', { type: 'open', file, place: '/etc/passwd' }],
    ['an unknown question', { type: 'ask', ask: 1, file, question: { kind: 'read' } }],
    [
      'a question without end',
      { type: 'ask', ask: 1, file, question: { kind: 'samples', seed: 1, count: 1e9 } },
    ],
    [
      'a stride of nothing',
      { type: 'correct', file, layer: 'd.a', correction: { stride: [0, 1] } },
    ],
    [
      'an input beyond all memory',
      { type: 'correct', file, layer: 'd.a', correction: { inputSize: [1e9, 1e9] } },
    ],
    ['contents that are no bytes', { type: 'save', name: 'a', contents: { length: 1 } }],
    ['huge preferences', { type: 'preferences', preferences: 'x'.repeat(1e6) }],
  ])('is not %s', async (_what, message) => {
    const session = stage.session(file);
    await session.hear(message);
    expect(stage.did).toEqual([]);
    expect(stage.running('answer')).toEqual([]);
    expect(stage.log).toHaveLength(1);
  });

  it('is nothing about files that are not shown', async () => {
    const session = stage.session(file);
    await session.hear(ready);
    const inspector = await begun();
    stage.sent.length = 0;
    const elsewhere = '/somewhere/else.safetensors';
    for (const message of [
      { type: 'cancel', file: elsewhere },
      { type: 'compute', file: elsewhere, layers: [] },
      { type: 'correct', file: elsewhere, layer: 'd.a', correction: null },
      { type: 'ask', ask: 1, file: elsewhere, question: { kind: 'history' } },
      { type: 'removeFile', file: elsewhere },
      { type: 'open', file: elsewhere, place: 'folder' },
    ]) {
      await session.hear(message);
    }
    expect(stage.inspectors).toEqual([inspector]);
    expect(stage.did).toEqual([]);
    expect(stage.sent).toEqual([]);
  });

  it('is to log defects, but not without end', async () => {
    const session = stage.session(file);
    for (let i = 0; i < 100; i++) {
      await session.hear({ type: 'pageError', message: 'defect', stack: 'at draw' });
    }
    expect(stage.log[0]).toBe('Checkpoint page: defect\nat draw');
    expect(stage.log.length).toBe(20);
  });
});
