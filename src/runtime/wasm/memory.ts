import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { UserError } from '../../shared/userError';

/** What its module offers beside what the package's types tell. */
interface Allocating {
  /** The address of some bytes, as a signed number; 0: there is no room for them. */
  _malloc: (bytes: number) => number;
  /** All of its memory. */
  readonly HEAPU8: Uint8Array;
}

/**
 * Makes the backend refuse an array for which WebAssembly's 4 GiB of addresses have no room left.
 * The package takes the null pointer that it then gets for an address, and computes with whatever
 * lies there; once it even gets an address whose array would reach beyond the end.
 */
export function refuseBeyondMemory(backend: BackendWasm): void {
  const wasm = backend.wasm as unknown as Allocating;
  // Until its first call it is a stand-in, which would put the real one in the place of ours.
  wasm._malloc(0);
  const allocate = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    const end = (address >>> 0) + bytes;
    if (bytes === 0 || (address !== 0 && end <= wasm.HEAPU8.length)) return address;
    throw new UserError(
      `The wasm runtime has no memory for another ${Math.ceil(bytes / 2 ** 20)} MiB, of the 4 GiB that it can have at most; use a smaller batch.discriminator, batch.generator or network.width, or another runtime (see "sn-gan doctor").`,
    );
  };
}
