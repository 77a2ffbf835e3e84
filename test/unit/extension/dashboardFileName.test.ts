import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../src/extension/dashboard/fileName';

describe('safeFileName', () => {
  it.each([
    ['losses.svg', 'losses.svg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system.ini', 'system.ini'],
    ['sigma of "conv1" <D>?.png', 'sigma of -conv1- -D--.png'],
    ['.hidden', 'hidden'],
    ['trailing. .', 'trailing'],
    ['con.png', '_con.png'],
    ['', 'figure'],
    ['..', 'figure'],
    ['a/', 'figure'],
    ['größe σ.png', 'größe σ.png'],
    ['line\nbreak\u0000.png', 'line-break-.png'],
  ])('makes of "%s" the name "%s"', (wanted, name) => {
    expect(safeFileName(wanted)).toBe(name);
  });

  it('shortens long names and keeps their ending', () => {
    const name = safeFileName(`${'x'.repeat(500)}.png`);
    expect(name.length).toBeLessThan(140);
    expect(name.endsWith('.png')).toBe(true);
  });
});
