import { parentPort, workerData } from 'node:worker_threads';
import { inputArrays } from './inputArrays';
import { InputMaker } from './inputMaker';
import type { InputsRequest, InputsTask } from './inputsAhead';

/** Makes the inputs of steps in memory that it shares with the trainer. */
if (!parentPort) throw new Error('This is a thread of the trainer.');
const port = parentPort;
const { config, set, memories } = workerData as InputsTask;
const maker = new InputMaker(config, set);
const slots = memories.map((memory) => inputArrays(config, memory).arrays);

port.on('message', (request: InputsRequest) => {
  maker.fill(request.index, slots[request.slot]);
  port.postMessage(request);
});
