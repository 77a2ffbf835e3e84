import { expect, test } from 'vitest';
import { restoreRemovedUtil } from '../../../src/runtime/tensorflow/removedUtil';

// The meaning is Node's own documentation of the removed functions.
const nothing = [undefined, null];
const something = [0, '', false, Number.NaN, [], {}];

test('the restored util functions mean what Node documented', () => {
  const util: { isNullOrUndefined?: (v: unknown) => boolean; isArray?: (v: unknown) => boolean } =
    {};
  restoreRemovedUtil(util);
  expect(nothing.map((value) => util.isNullOrUndefined?.(value))).toEqual([true, true]);
  expect(something.map((value) => util.isNullOrUndefined?.(value))).not.toContain(true);
  expect([[], new Float32Array(1), {}].map((value) => util.isArray?.(value))).toEqual([
    true,
    false,
    false,
  ]);
});

test('restoring replaces the deprecated functions of Node 22, which print warnings', () => {
  const deprecated = (): never => {
    throw new Error('deprecated');
  };
  const util = { isArray: deprecated };
  restoreRemovedUtil(util);
  expect(util.isArray).not.toBe(deprecated);
});
