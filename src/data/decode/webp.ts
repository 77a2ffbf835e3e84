import { readFile } from 'node:fs/promises';
import decode, { init } from '@jsquash/webp/decode.js';
import { assetPath } from '../asset';
import type { RgbImage } from '../../runs/png';
import { DamagedImage } from '../imageSource';
import { flattenOnWhite } from './flatten';

let ready: Promise<void> | undefined;

/** Decodes a still WebP, lossy or lossless; transparency becomes white. */
export async function decodeWebp(bytes: Uint8Array): Promise<RgbImage> {
  ready ??= loadDecoder();
  await ready;
  const copy = new Uint8Array(bytes).buffer;
  const image = await decode(copy).catch((thrown: unknown) => {
    throw new DamagedImage('the WebP data is broken, or an animation', { cause: thrown });
  });
  return { width: image.width, height: image.height, data: flattenOnWhite(image.data) };
}

/** The package would fetch its WebAssembly by URL, which Node cannot; we hand it over. */
async function loadDecoder(): Promise<void> {
  await init(await WebAssembly.compile(await readFile(assetPath('webp_dec.wasm'))));
}
