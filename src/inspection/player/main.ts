import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, UserError } from '../../shared/userError';
import type { FromPlayer, PlayerTask, ToPlayer } from '../protocol';
import { Player } from './player';

/** The thread that holds the networks of one checkpoint: see {@link PlayerTask}. */

const { file } = workerData as PlayerTask;
const opened = Player.open(file);
// Why it cannot be opened is the answer to every question; nobody may have asked one yet.
opened.catch(() => undefined);

/** One question at a time: all of them use the one backend. */
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (asked: ToPlayer) => {
  turn = turn.then(() => reply(asked));
});

async function reply({ ask, question }: ToPlayer): Promise<void> {
  try {
    const answer = await (await opened).answer(question);
    // A picture belongs to whoever asked: it is handed over instead of copied.
    const handedOver = answer.kind === 'picture' ? [answer.rgb.buffer as ArrayBuffer] : [];
    post({ type: 'answer', ask, answer }, handedOver);
  } catch (thrown) {
    post({ type: 'refused', ask, why: reasonOf(thrown) });
  }
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof UserError) return thrown.message;
  return `The networks of ${file} could not be used (${messageOf(thrown)}); open the checkpoint again, or another one of the run.`;
}

function post(message: FromPlayer, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}
