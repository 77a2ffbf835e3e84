import { parentPort } from 'node:worker_threads';
import { pruneCheckpoints } from '../../runs/checkpoints';
import { writeRun } from '../../runs/runIdentity';
import { refusalOf, type FromWriter, type ToWriter, type WritingTask } from './protocol';
import { ArrivingValues } from './arrivingValues';
import { writeCheckpoint } from './writeCheckpoint';

/**
 * Writes what takes long to write, so that training goes on meanwhile: a step on a native runtime
 * keeps the main thread busy, and files would wait for it between any two calls of the system.
 */
if (!parentPort) throw new Error('This is a thread of the trainer.');
const port = parentPort;

/** Checkpoints whose values still come. */
const arriving = new Map<number, ArrivingValues>();

port.on('message', (message: ToWriter) => {
  const values = arriving.get(message.id);
  switch (message.type) {
    case 'array':
      values?.add(message.values);
      return;
    case 'end':
      values?.end();
      return;
    case 'abandon':
      values?.abandon(new Error('The checkpoint was abandoned.'));
      return;
    case 'identity':
    case 'checkpoint':
      void carryOut(message.id, message);
  }
});

async function carryOut(id: number, task: WritingTask): Promise<void> {
  let answer: FromWriter = { id };
  try {
    await write(id, task);
  } catch (thrown) {
    answer = { id, refused: refusalOf(thrown) };
  }
  arriving.delete(id);
  port.postMessage(answer);
}

async function write(id: number, task: WritingTask): Promise<void> {
  if (task.type === 'identity') return writeRun(task.folder, task.identity);
  const { folder, file, contents, retention } = task;
  const values = new ArrivingValues();
  arriving.set(id, values);
  await writeCheckpoint(file, contents, values);
  await pruneCheckpoints(folder, retention);
}
