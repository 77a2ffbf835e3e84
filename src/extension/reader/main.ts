import { parentPort } from 'node:worker_threads';
import type { FromReader, ToReader } from './protocol';
import { RunReading } from './runReading';

/** The worker thread that reads run folders for dashboards; what it says is in `protocol.ts`. */
const port = parentPort;
if (port === null) throw new Error('This is a worker thread and no program.');
const readings = new Map<number, RunReading>();

const say = (message: FromReader, buffer?: ArrayBufferLike): void => {
  port.postMessage(message, buffer instanceof ArrayBuffer ? [buffer] : []);
};

function open(id: number, folder: string): void {
  readings.get(id)?.close();
  const reading = new RunReading(folder, {
    run: (run) => say({ type: 'run', id, run }),
    // All columns lie in one buffer.
    rows: (rows) => say({ type: 'rows', id, rows }, rows.steps.buffer),
    unreadable: (why) => say({ type: 'unreadable', id, why }),
  });
  readings.set(id, reading);
}

port.on('message', (message: ToReader) => {
  switch (message.type) {
    case 'open':
      open(message.id, message.folder);
      return;
    case 'taken':
      readings.get(message.id)?.taken();
      return;
    case 'close':
      readings.get(message.id)?.close();
      readings.delete(message.id);
      return;
  }
});
