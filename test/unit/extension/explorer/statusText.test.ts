import { describe, expect, it } from 'vitest';
import { RunText } from '../../../../src/extension/explorer/runText';
import { statusText } from '../../../../src/extension/explorer/statusText';
import { listedRun } from '../runs/someRuns';

const text = new RunText('en');
const progress = { step: 1200, total: 20_000, imagesPerSecond: 96, stepsPerSecond: 4 };

describe('the status bar', () => {
  it('is empty when nothing lives on this machine', () => {
    const runs = (['finished', 'stopped', 'failed', 'dead', 'elsewhere'] as const).map((status) =>
      listedRun(status),
    );
    expect(statusText(runs, text)).toBeUndefined();
  });

  it('says of one training how far it is and how long it will take', () => {
    const runs = [listedRun('finished'), listedRun('running', { identity: { progress } })];
    expect(statusText(runs, text)).toEqual({
      face: 'running',
      text: 'faces: 1,200 / 20,000 · 1h 18m left',
      details: ['faces: Running · 1,200 / 20,000 (6%) · 96 img/s · about 1h 18m left'],
      folders: ['/runs/one'],
    });
  });

  it('says that it is paused, and then not how long it will take', () => {
    expect(statusText([listedRun('paused', { identity: { progress } })], text)).toMatchObject({
      face: 'paused',
      text: 'faces: paused at 1,200 / 20,000',
    });
  });

  it('says that it gets ready', () => {
    const run = listedRun('running', { identity: { state: 'starting' } });
    expect(statusText([run], text)).toMatchObject({ face: 'starting', text: 'faces: starting…' });
  });

  it('shortens long names by characters, not by halves of them', () => {
    const run = listedRun('running', { annotations: { name: '🦊'.repeat(40) } });
    expect(statusText([run], text)?.text).toBe(`${'🦊'.repeat(23)}…: 1,200 / 20,000`);
  });

  it('counts several', () => {
    const running = (folder: string) => listedRun('running', { folder });
    const paused = (folder: string) => listedRun('paused', { folder });
    const said = (...runs: Parameters<typeof statusText>[0]) => statusText(runs, text);
    expect(said(running('a'), running('b'))).toMatchObject({
      text: '2 running',
      folders: ['a', 'b'],
    });
    expect(said(paused('a'), running('b'))).toMatchObject({
      face: 'running',
      text: '1 running, 1 paused',
    });
    expect(said(paused('a'), paused('b'))).toMatchObject({ face: 'paused', text: '2 paused' });
  });
});
