import { describe, expect, it } from 'vitest';
import { applyOverrides, parseOverride } from '../../../src/cli/overrides';

describe('parseOverride', () => {
  it.each([
    ['batch.discriminator=32', ['batch', 'discriminator'], 32],
    ['data.flip=true', ['data', 'flip'], true],
    ['optimizer.decayFrom=null', ['optimizer', 'decayFrom'], null],
    ['data.source=./photos', ['data', 'source'], './photos'],
    ['data.source=a=b', ['data', 'source'], 'a=b'],
    ['name=2024', ['name'], '2024'],
    ['name="in quotes"', ['name'], 'in quotes'],
    ['ema={"decay":0}', ['ema'], { decay: 0 }],
    ['steps=', ['steps'], ''],
  ])('reads %s', (text, path, value) => {
    expect(parseOverride(text)).toEqual({ text, path, value });
  });

  it.each(['steps', '=3', 'batch..generator=3', '.=1', ''])(
    'refuses %j with an example',
    (text) => {
      expect(() => parseOverride(text)).toThrow(
        `--set "${text}" is not of the form key=value; write for example --set batch.discriminator=32.`,
      );
    },
  );
});

describe('applyOverrides', () => {
  it('puts values in, the last one winning, and leaves the file as it was', () => {
    const file = { seed: 1, batch: { generator: 2 } };
    const overrides = ['batch.discriminator=3', 'seed=4', 'seed=5'].map(parseOverride);
    expect(applyOverrides(file, overrides)).toEqual({
      seed: 5,
      batch: { generator: 2, discriminator: 3 },
    });
    expect(file).toEqual({ seed: 1, batch: { generator: 2 } });
  });

  it('changes no prototype', () => {
    applyOverrides({}, [parseOverride('__proto__.polluted=1')]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
