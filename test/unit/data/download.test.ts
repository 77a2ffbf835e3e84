import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { download } from '../../../src/data/download';
import { knownSets, type KnownFile } from '../../../src/data/knownSets';
import { temporaryFolder } from './support';

const content = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * 31 + (i >> 8)) % 256));
const sha256 = createHash('sha256').update(content).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine that records what it was asked. */
async function serve(answer: Answer): Promise<{ file: KnownFile; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/set.bin`;
  return { file: { name: 'set.bin', url, bytes: content.length, sha256 }, requests };
}

/** Answers as a good server does, with ranges and If-Range. */
function good(etag = '"v1"', bytes = content): Answer {
  return (request, response) => {
    const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const same = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const from = start !== undefined && same ? Number(start) : 0;
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      'content-length': bytes.length - from,
      ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    response.end(bytes.subarray(from));
  };
}

/** Sends half of the file and drops the connection. */
const cutOff: Answer = (_, response) => {
  response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
  response.write(content.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 50));
};

/** First one answer, then the other. */
function inTurn(first: Answer, then: Answer): Answer {
  let asked = 0;
  return (request, response) => (asked++ === 0 ? first : then)(request, response);
}

describe('download', () => {
  test('fetches a file whole, with progress, under its name', async () => {
    const { file, requests } = await serve(good());
    const folder = path.join(temporaryFolder(), 'new/folder');
    const progress: number[] = [];
    const target = await download(file, folder, { onProgress: (bytes) => progress.push(bytes) });
    expect(target).toBe(path.join(folder, 'set.bin'));
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(progress.at(-1)).toBe(content.length);
    expect(await readdir(folder)).toEqual(['set.bin']);
    // A second call finds it there.
    await download(file, folder);
    expect(requests.length).toBe(1);
  });

  test('goes on after a cut connection', async () => {
    const { file, requests } = await serve(inTurn(cutOff, good()));
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow(
      /failed after 200000 of 400000 bytes .*try again to go on/,
    );
    const progress: number[] = [];
    const target = await download(file, folder, { onProgress: (bytes) => progress.push(bytes) });
    expect(requests[1].headers).toMatchObject({ range: 'bytes=200000-', 'if-range': '"v1"' });
    expect(progress[0]).toBeGreaterThan(200_000);
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual(['set.bin']);
  });

  test('keeps what has arrived when cancelled, and goes on from there', async () => {
    const slow: Answer = (_, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
      response.write(content.subarray(0, 150_000));
    };
    const { file, requests } = await serve(inTurn(slow, good()));
    const folder = temporaryFolder();
    const cancel = new AbortController();
    const cancelled = download(file, folder, {
      signal: cancel.signal,
      onProgress: (bytes) => bytes === 150_000 && cancel.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect((await readFile(path.join(folder, 'set.bin.part'))).length).toBe(150_000);
    const target = await download(file, folder);
    expect(requests[1].headers.range).toBe('bytes=150000-');
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  test('cancels before the server has answered', async () => {
    const { file } = await serve(() => undefined);
    const signal = AbortSignal.timeout(100);
    await expect(download(file, temporaryFolder(), { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  test('starts again when the file on the server has changed', async () => {
    const { file, requests } = await serve(inTurn(cutOff, good('"v2"')));
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow('go on from there');
    const target = await download(file, folder);
    expect(requests[1].headers['if-range']).toBe('"v1"');
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  test('starts again on a server without ranges or without an ETag', async () => {
    const noRange: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.end(content);
    };
    const noTag: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000), () => setTimeout(() => response.destroy(), 50));
    };
    for (const first of [cutOff, noTag]) {
      const { file, requests } = await serve(inTurn(first, noRange));
      const folder = temporaryFolder();
      await expect(download(file, folder)).rejects.toThrow('go on from there');
      expect((await readFile(await download(file, folder))).equals(content)).toBe(true);
      expect(requests[1].headers.range).toBe(first === cutOff ? 'bytes=200000-' : undefined);
    }
  });

  test('deletes a file with a wrong checksum and says so', async () => {
    const wrong = Buffer.from(content);
    wrong[7] ^= 1;
    const { file } = await serve(good('"v1"', wrong));
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow(
      `instead of ${sha256}): it was deleted; try again`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('deletes a part that was spoilt on the disk, after checking the whole', async () => {
    const { file } = await serve(inTurn(cutOff, good()));
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow('go on from there');
    await writeFile(path.join(folder, 'set.bin.part'), Buffer.alloc(200_000));
    await expect(download(file, folder)).rejects.toThrow('it was deleted');
    expect(await readdir(folder)).toEqual([]);
  });

  test('refuses a wrong size before fetching, and more bytes than there should be', async () => {
    const { file } = await serve(good('"v1"', content.subarray(1)));
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow(
      'has 399999 bytes instead of 400000: the set has changed; nothing was fetched',
    );
    const endless = await serve((_, response) => {
      response.writeHead(200);
      response.end(Buffer.concat([content, content]));
    });
    await expect(download(endless.file, folder)).rejects.toThrow('sent more than its 400000 bytes');
  });

  test('refuses a range that was not asked for', async () => {
    const { file } = await serve(
      inTurn(cutOff, (_, response) => {
        response.writeHead(206, { etag: '"v1"', 'content-range': 'bytes 5-399999/400000' });
        response.end(content.subarray(5));
      }),
    );
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow('go on from there');
    await expect(download(file, folder)).rejects.toThrow('answered with the range "bytes 5-399999');
  });

  test.each([404, 500, 403])('reports status %i and keeps the part', async (status) => {
    const { file } = await serve(
      inTurn(cutOff, (_, response) => {
        response.writeHead(status);
        response.end('no');
      }),
    );
    const folder = temporaryFolder();
    await expect(download(file, folder)).rejects.toThrow('go on from there');
    await expect(download(file, folder)).rejects.toThrow(`answered ${status}`);
    expect(existsSync(path.join(folder, 'set.bin.part'))).toBe(true);
  });

  test('reports a server that cannot be reached', async () => {
    const file = { name: 'a', url: 'http://127.0.0.1:1/a', bytes: 5, sha256 };
    await expect(download(file, temporaryFolder())).rejects.toThrow(
      /The connection to "http:\/\/127.0.0.1:1\/a" failed after 0 of 5 bytes/,
    );
  });

  test('leaves another file of that name alone', async () => {
    const { file } = await serve(good());
    const folder = temporaryFolder();
    await writeFile(path.join(folder, 'set.bin'), 'mine');
    await expect(download(file, folder)).rejects.toThrow('exists but is not the file from');
    expect(await readFile(path.join(folder, 'set.bin'), 'utf8')).toBe('mine');
  });

  test('reports a folder that cannot be made', async () => {
    const { file } = await serve(good());
    const inTheWay = path.join(temporaryFolder(), 'file');
    await writeFile(inTheWay, '');
    await expect(download(file, path.join(inTheWay, 'folder'))).rejects.toThrow(
      'cannot be written: choose another folder with --to',
    );
  });

  test.runIf(existsSync('/dev/full'))('says when the disk is full', async () => {
    const { file } = await serve(good());
    const folder = temporaryFolder();
    const { symlink } = await import('node:fs/promises');
    // Every write to this device fails as on a full disk.
    await symlink('/dev/full', path.join(folder, 'set.bin.part'));
    await expect(download(file, folder)).rejects.toThrow('There is no space left for the download');
  });
});

test('every known file has an address, a size and a SHA-256', () => {
  const files = knownSets.flatMap((set) => set.files);
  expect(files.length).toBe(5);
  for (const { url, bytes, sha256: digest, name } of files) {
    expect(new URL(url).pathname.endsWith(name)).toBe(true);
    expect(bytes).toBeGreaterThan(0);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  }
  for (const set of knownSets) expect(set.files.map(({ name }) => name)).toContain(set.source);
});
