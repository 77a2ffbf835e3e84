import type { MessagePort } from 'node:worker_threads';
import type { FromReader, ToReader } from './protocol';
import { RunReading } from './runReading';

/** Reads the runs that the other end of a port opens, until it closes them. */
export function readRuns(port: MessagePort): void {
  const readings = new Map<number, RunReading>();

  const say = (message: FromReader, buffer?: ArrayBufferLike): void => {
    port.postMessage(message, buffer instanceof ArrayBuffer ? [buffer] : []);
  };

  const open = (id: number, folder: string): void => {
    readings.get(id)?.close();
    const reading = new RunReading(folder, {
      run: (run) => say({ type: 'run', id, run }),
      // All columns lie in one buffer.
      rows: (rows) => say({ type: 'rows', id, rows }, rows.steps.buffer),
      unreadable: (why) => say({ type: 'unreadable', id, why }),
    });
    readings.set(id, reading);
  };

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
}
