import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import type { ConfigFile } from '../../../src/shared/config';
import { worthThreads } from '../../../src/trainer/worthThreads';

const worth = (file: ConfigFile): boolean => worthThreads(resolveConfig(file));

describe('threads', () => {
  it('are worth it for the networks of the paper and for a first look', () => {
    for (const preset of ['A', 'C', 'resnet', 'quick'] as const)
      expect(worth({ preset })).toBe(true);
  });

  it('are not where a step is over before they have met', () => {
    expect(worth({ preset: 'quick', network: { width: 0.5 } })).toBe(false);
    expect(worth({ preset: 'quick', batch: { discriminator: 4, generator: 4 } })).toBe(false);
  });

  it('are again with more images in an update, or more updates of D', () => {
    const network = { width: 0.5 } as const;
    const batch = { discriminator: 128, generator: 128 };
    expect(worth({ preset: 'quick', network, batch })).toBe(true);
    expect(worth({ preset: 'quick', network, nDis: 5 })).toBe(true);
  });
});
