import { writeSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import { wasmWorkerContents } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';
import { messageOf } from '../../shared/userError';

/**
 * One computing thread of the wasm backend: the package's own worker program, which it gives as a
 * text for browsers.
 *
 * While it computes, the main thread waits for it with its whole event loop stopped: an error here
 * would reach nobody, and the process would wait for ever. So it ends the process, with its last
 * words where others say theirs.
 */
parentPort?.on('message', ({ cmd }: { cmd?: string }) => {
  // Before it computes, an error is an event that the main thread hears. The binding's own
  // listener would throw the error again, to nobody.
  if (cmd === 'run') process.prependListener('uncaughtException', endProcess);
});

function endProcess(error: unknown): void {
  writeSync(2, `A computing thread of the wasm runtime failed: ${messageOf(error)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

// The text is one line, in which the escape of a line break was resolved once too often.
const program = compileFunction(wasmWorkerContents.replace(/\n/g, '\\n'), [
  'require',
  '__filename',
]) as (load: NodeJS.Require, file: string) => void;
program(require, __filename);
