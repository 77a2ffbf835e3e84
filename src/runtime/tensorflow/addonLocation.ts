/**
 * Takes the place of `@mapbox/node-pre-gyp` in the bundle of tfjs-node: the package asks for the
 * path of its native addon, and gets the one that was chosen at run time. The path crosses from
 * our bundle to tfjs-node's through a global symbol, because the two share no modules.
 */
const key = Symbol.for('sn-gan.tensorflow.addon');
const place = globalThis as typeof globalThis & { [key]?: string };

/** Says which addon the bundle of tfjs-node loads; call before requiring that bundle. */
export function setAddonLocation(addon: string): void {
  place[key] = addon;
}

/** Called by tfjs-node with the path of its package.json, which does not matter here. */
export function find(): string {
  const addon = place[key];
  if (addon === undefined) throw new Error('The bundle of tfjs-node was loaded without an addon.');
  return addon;
}
