import { PickleBytes, PickleFlaw } from './pickleBytes';
import { PickleMachine } from './pickleMachine';
import { operations } from './pickleOperations';
import type { PickleValue } from './pickleValues';

/** Bounds the time; fifty thousand tensors need less. */
const MAX_OPERATIONS = 2_500_000;
const STOP = 0x2e;

/**
 * Reads a pickle as `torch.save` writes it (protocols 2 to 5). Python's own reader is a machine that
 * imports and calls what the file names; this one keeps names as names, answers the few calls that
 * describe tensors with data (./rebuild.ts), and leaves stand-ins for all others.
 *
 * @throws PickleFlaw for what is no such pickle, or beyond all measure
 */
export function readPickle(bytes: Buffer): PickleValue {
  const program = new PickleBytes(bytes);
  const machine = new PickleMachine();
  for (let i = 0; i < MAX_OPERATIONS; i++) {
    const code = program.byte();
    if (code === STOP) return machine.pop();
    const operation = operations.get(code);
    if (operation === undefined) {
      throw new PickleFlaw(
        `uses the operation 0x${code.toString(16).padStart(2, '0')}, which torch.save never does`,
      );
    }
    operation(machine, program);
  }
  throw new PickleFlaw(`has more than ${MAX_OPERATIONS} operations`);
}
