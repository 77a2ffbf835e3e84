import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CheckpointSession } from '../../../../src/extension/checkpoint/checkpointSession';
import { CorrectionMemory } from '../../../../src/extension/checkpoint/correctionMemory';
import { InspectedFiles } from '../../../../src/extension/checkpoint/inspectedFiles';
import { inspectionThreads } from '../../../../src/extension/checkpoint/threads';
import { Turns } from '../../../../src/extension/checkpoint/turns';
import type { ToCheckpointPage } from '../../../../src/shared/checkpointPage';
import { PlayedMemory } from './stage';

const root = path.resolve(import.meta.dirname, '../../../..');
const file = path.join(root, 'test/fixtures/weights/pytorch-hook.safetensors');
const bundles = path.join(root, 'dist');
const nobody = () => Promise.reject(new Error('Nobody asked for that.'));

/** A session with the threads as they are shipped. */
function begin(shown: string): { session: CheckpointSession; sent: ToCheckpointPage[] } {
  const sent: ToCheckpointPage[] = [];
  const files = new InspectedFiles(
    {
      threads: inspectionThreads(bundles),
      corrections: new CorrectionMemory(new PlayedMemory()),
      turns: new Turns(2),
      watch: () => ({ dispose: () => undefined }),
    },
    0,
  );
  const session = new CheckpointSession(shown, [], {
    files,
    host: {
      openRun: nobody,
      revealFile: nobody,
      chooseFiles: nobody,
      save: nobody,
      copy: nobody,
      preferences: () => undefined,
      keepPreferences: () => undefined,
    },
    post: (message) => sent.push(message),
    log: { warn: (message) => expect.fail(message), error: (message) => expect.fail(message) },
    translations: undefined,
  });
  return { session, sent };
}

describe('a session with the threads that are shipped', () => {
  let session: CheckpointSession;
  afterEach(() => session.dispose());
  const patience = { timeout: 60_000 };

  it('shows a file of PyTorch from its listing to its verdict', async () => {
    const begun = begin(file);
    ({ session } = begun);
    const { sent } = begun;
    await session.hear({ type: 'ready', others: [] });
    const isDone = (): boolean =>
      sent.some((message) => message.type === 'state' && message.state.kind === 'done');
    await expect.poll(isDone, patience).toBe(true);
    expect(sent.slice(0, 2).map(({ type }) => type)).toEqual(['init', 'listing']);
    const [listing] = sent.flatMap((each) => (each.type === 'listing' ? [each.listing] : []));
    const complete = sent.flatMap((message) =>
      message.type === 'numbers' && message.numbers.spectrum && message.numbers.operator
        ? [message.layer]
        : [],
    );
    expect([...new Set(complete)].sort()).toEqual(listing.layers.map(({ name }) => name).sort());
    const verdicts = sent.flatMap((each) => (each.type === 'verdict' ? [each.verdict] : []));
    expect(verdicts.at(-1)?.product).toBeGreaterThan(1);

    const question = { kind: 'kernels', layer: listing.layers[0].name };
    await session.hear({ type: 'ask', ask: 1, file, question });
    await session.hear({
      type: 'ask',
      ask: 2,
      file,
      question: { kind: 'samples', seed: 1, count: 1 },
    });
    const told = (ask: number): ToCheckpointPage[] =>
      sent.filter((message) => 'ask' in message && message.ask === ask);
    await expect.poll(() => told(1).length + told(2).length, patience).toBe(2);
    expect(told(1)).toMatchObject([{ type: 'answer', last: true, answer: { kind: 'kernels' } }]);
    // A file of somebody else tells no network that could be run.
    expect(told(2)).toMatchObject([{ type: 'refused' }]);
  });

  it('says in a sentence that a file holds no weights', async () => {
    const begun = begin(path.join(root, 'package-lock.json'));
    ({ session } = begun);
    await session.hear({ type: 'ready', others: [] });
    await expect.poll(() => begun.sent.length, patience).toBe(2);
    expect(begun.sent[1]).toMatchObject({ type: 'unreadable' });
  });
});
