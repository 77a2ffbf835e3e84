import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeldImages } from '../../../src/data/heldImages';

const SIDE = 128;
const imageBytes = SIDE * SIDE * 3;

function image(level: number): Uint8Array {
  return new Uint8Array(imageBytes).fill(level);
}

describe('held images', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('stay where they are while more are added', () => {
    const held = new HeldImages(SIDE, 'faces');
    held.add(image(0), []);
    const first = held.finish().images;
    // 98 MB, several times what is taken at once.
    const added = image(1);
    for (let i = 1; i < 2000; i++) held.add(added.fill(i), []);
    const all = held.finish().images;

    expect(all.buffer).toBe(first.buffer);
    expect(all.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(all).toHaveLength(2000 * imageBytes);
    for (const i of [0, 1, 340, 341, 342, 1023, 1999]) {
      expect(all[i * imageBytes]).toBe(i % 256);
      expect(all[(i + 1) * imageBytes - 1]).toBe(i % 256);
    }
  });

  it('take little more memory than they need', () => {
    const held = new HeldImages(SIDE, 'faces');
    for (let i = 0; i < 400; i++) held.add(image(i), []);
    const { images } = held.finish();
    expect(images.buffer.byteLength - images.length).toBeLessThan(16 * 2 ** 20);
  });

  it('are refused where there are more than may be held', () => {
    const held = new HeldImages(SIDE, 'faces', 3 * imageBytes);
    for (let i = 0; i < 3; i++) held.add(image(i), []);
    expect(() => held.add(image(3), [])).toThrow(
      /^"faces" has more than 3 images, which take over [\d.e-]+ GiB: use fewer images or a smaller data\.size\.$/,
    );
    expect(held.finish().images).toHaveLength(3 * imageBytes);
  });

  it('are held where the system gives few addresses, and refused when those are used up', () => {
    const most = 5 * imageBytes;
    givenAtMost(2 * most - 1);
    const held = new HeldImages(SIDE, 'faces', 1024 * most);
    for (let i = 0; i < 5; i++) held.add(image(i), []);
    expect(() => held.add(image(5), [])).toThrow(
      /more than 5 images, which are more than the memory of this machine holds: use fewer/,
    );
  });

  it('are refused where the system has addresses but no memory', () => {
    givenAtMost(Infinity, () => {
      throw new RangeError('SharedArrayBuffer.prototype.grow: Invalid length parameter');
    });
    const held = new HeldImages(SIDE, 'faces');
    expect(() => held.add(image(0), [])).toThrow(/which are more than the memory of this machine/);
  });

  it('are refused at once where there is no memory for a single one', () => {
    givenAtMost(imageBytes - 1);
    expect(() => new HeldImages(SIDE, 'faces')).toThrow(/"faces" has more than 0 images/);
  });
});

/** Plays a system that reserves no more addresses, and gives no more memory, than it is told. */
function givenAtMost(addresses: number, grow?: () => void): void {
  vi.stubGlobal(
    'SharedArrayBuffer',
    class extends SharedArrayBuffer {
      constructor(length: number, options: { maxByteLength: number }) {
        if (options.maxByteLength > addresses)
          throw new RangeError('Array buffer allocation failed');
        super(length, options);
        if (grow) this.grow = grow;
      }
    },
  );
}
