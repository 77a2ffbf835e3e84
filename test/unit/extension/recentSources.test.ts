import { describe, expect, it } from 'vitest';
import { RecentSources } from '../../../src/extension/train/recentSources';
import { runNameOf } from '../../../src/extension/train/trainingImages';

function memory(initial?: unknown): {
  get(): unknown;
  update(key: string, value: unknown): Promise<void>;
} {
  let held = initial;
  return {
    get: () => held,
    update: (_key, value) => {
      held = value;
      return Promise.resolve();
    },
  };
}

describe('recent sources', () => {
  it('are the last five, newest first and each once', async () => {
    const recent = new RecentSources(memory(), () => true);
    for (const source of ['/1', '/2', '/3', '/2', '/4', '/5', '/6']) await recent.add(source);
    expect(recent.list()).toEqual(['/6', '/5', '/4', '/2', '/3']);
  });

  it('leave out what is gone, and bring it back with the disk that it is on', async () => {
    let isPlugged = false;
    const recent = new RecentSources(memory(), (path) => path !== '/usb' || isPlugged);
    await recent.add('/usb');
    await recent.add('/home');
    expect(recent.list()).toEqual(['/home']);
    isPlugged = true;
    expect(recent.list()).toEqual(['/home', '/usb']);
  });

  it.each([undefined, 'text', { '/a': 1 }, [1, '/a', null]])('survive a memory of %j', (held) => {
    const listed = new RecentSources(memory(held), () => true).list();
    expect(listed).toEqual(Array.isArray(held) ? ['/a'] : []);
  });
});

describe('the name of a run', () => {
  it.each([
    ['emoji-32', 'emoji-32'],
    ['/data/photos', 'photos'],
    ['/data/photos.v2', 'photos.v2'],
    ['/data/flowers.tar.gz', 'flowers'],
    ['/data/Faces.ZIP', 'Faces'],
    ['/data/train-images-idx3-ubyte.gz', 'train-images-idx3-ubyte'],
    ['/', 'sn-gan'],
    ['/data/.zip', 'sn-gan'],
  ])('of %s is %s', (source, name) => {
    expect(runNameOf(source)).toBe(name);
  });

  it('is never longer than a config allows', () => {
    expect(runNameOf(`/data/${'x'.repeat(300)}`)).toHaveLength(120);
  });
});
