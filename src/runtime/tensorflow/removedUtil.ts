import util from 'node:util';

/**
 * Node 23 removed, and Node 22 warns about, functions of `node:util` that tfjs-node 4.22 still
 * calls. Puts them back with their documented meaning; call before requiring tfjs-node.
 */
export function restoreRemovedUtil(target: object = util): void {
  const removed = {
    isArray: (value: unknown) => Array.isArray(value),
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, value] of Object.entries(removed)) {
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      writable: true,
      enumerable: true,
    });
  }
}
