import { describe, expect, test } from 'vitest';
import { adviseFaster } from '../../../src/cli/doctor';
import { decideAsked, decideFastest } from '../../../src/runtime/decide';
import type { ProbeResult, UsableRuntime } from '../../../src/runtime/probe/probeResult';
import { UserError } from '../../../src/shared/userError';

const tensorflow: UsableRuntime = {
  usable: true,
  name: 'tensorflow',
  version: '2.21.0',
  device: 'EPYC, 2 cores',
  deviceKind: 'cpu',
  memoryBytes: 2e10,
  gflops: 88.4,
  remark: null,
};
const wasm: UsableRuntime = {
  ...tensorflow,
  name: 'wasm',
  version: '4.22.0',
  device: 'one thread',
  gflops: 12.1,
};
const card: UsableRuntime = {
  ...wasm,
  name: 'webgpu',
  device: 'Radeon',
  deviceKind: 'gpu',
  gflops: 2345,
};
const swiftshader: UsableRuntime = {
  ...card,
  device: 'SwiftShader',
  deviceKind: 'software',
  gflops: null,
};
const noAdapter: ProbeResult = { usable: false, name: 'webgpu', reason: 'no adapter was found' };
const notInstalled: ProbeResult = {
  usable: false,
  name: 'tensorflow',
  reason: 'it is not installed.',
};
const noWasm: ProbeResult = { usable: false, name: 'wasm', reason: 'it crashed (SIGSEGV)' };

describe('the automatic choice', () => {
  test.each([
    {
      what: 'takes the fastest and names what became of the others',
      results: [tensorflow, noAdapter, wasm],
      name: 'tensorflow',
      reason:
        'tensorflow 2.21.0 on EPYC, 2 cores: 88 GFLOPS, against wasm 12. webgpu: no adapter was found.',
    },
    {
      what: 'takes a graphics card of any maker when it is faster',
      results: [tensorflow, card, wasm],
      name: 'webgpu',
      reason: 'webgpu 4.22.0 on Radeon: 2300 GFLOPS, against tensorflow 88 and wasm 12.',
    },
    {
      what: 'never takes a software adapter',
      results: [notInstalled, swiftshader, wasm],
      name: 'wasm',
      reason:
        'wasm 4.22.0 on one thread: 12 GFLOPS. tensorflow: it is not installed. webgpu: only a software adapter (SwiftShader).',
    },
    {
      what: 'never takes a software adapter even if it was timed and faster',
      results: [{ ...swiftshader, gflops: 1e4 }, wasm],
      name: 'wasm',
      reason:
        'wasm 4.22.0 on one thread: 12 GFLOPS. webgpu: only a software adapter (SwiftShader).',
    },
  ])('$what', ({ results, name, reason }) => {
    expect(decideFastest(results)).toEqual({ name, reason });
  });

  test('fails with every reason when nothing works', () => {
    const decide = (): unknown => decideFastest([notInstalled, noAdapter, noWasm]);
    expect(decide).toThrow(UserError);
    expect(decide).toThrow(/it is not installed\. .*no adapter was found\. .*SIGSEGV.*doctor/);
  });
});

describe('an asked runtime', () => {
  test('is taken although another would be faster', () => {
    expect(decideAsked(wasm)).toEqual({
      name: 'wasm',
      reason: 'wasm 4.22.0 on one thread: 12 GFLOPS; as asked.',
    });
  });

  test('may be a software adapter, which is said', () => {
    expect(decideAsked(swiftshader).reason).toMatch(/SwiftShader; as asked\. It is a software/);
  });

  test('is never replaced when it does not work', () => {
    expect(() => decideAsked(noAdapter)).toThrow(UserError);
    expect(() => decideAsked(noAdapter)).toThrow(
      'The runtime webgpu was asked for and does not work here: no adapter was found',
    );
  });
});

describe('the advice of doctor', () => {
  test.each([
    { what: 'names the NVIDIA card that lies idle', nvidia: 'RTX 4090', has: /RTX 4090.*--gpu/ },
    { what: 'names ways to a card when there is none', nvidia: undefined, has: /No graphics card/ },
  ])('$what', ({ nvidia, has }) => {
    expect(adviseFaster([tensorflow, noAdapter, wasm], nvidia).join('\n')).toMatch(has);
  });

  test('names the native runtime when it is not installed', () => {
    expect(adviseFaster([notInstalled, card, wasm], undefined)).toEqual([
      'For native speed: `sn-gan runtime install`.',
    ]);
  });

  test('is silent when TensorFlow computes on a graphics card', () => {
    expect(adviseFaster([{ ...tensorflow, deviceKind: 'gpu' }, wasm], 'RTX 4090')).toEqual([]);
  });
});
