import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchArchive } from '../../../src/runtime/tensorflow/fetchArchive';
import { officialArchives, stageOfficial } from '../../../src/runtime/tensorflow/official';
import { unpackArchive } from '../../../src/runtime/tensorflow/unpackArchive';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();
const anything = (name: string): string => name;

interface Member {
  readonly name: string;
  readonly text?: string;
  readonly linkname?: string;
}

async function tarGz(members: readonly Member[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text, linkname } of members) {
    if (linkname === undefined) tar.entry({ name }, text ?? '');
    else tar.entry({ name, type: 'symlink', linkname });
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

let close: (() => void) | undefined;
afterEach(() => close?.());

/** A local server in the place of Google's storage. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('the addresses of the official archives', () => {
  // Independent source: the install script of @tensorflow/tfjs-node-gpu 4.22.0, as it would build
  // them from LIBTENSORFLOW_VERSION, getPlatformLibtensorflowUri and its `binary` section.
  test.each([
    [
      'linux',
      true,
      'tensorflow/libtensorflow/libtensorflow-gpu-linux-x86_64-2.9.1.tar.gz',
      'tf-builds/pre-built-binary/napi-v8/4.22.0/GPU-linux-4.22.0.tar.gz',
    ],
    [
      'win32',
      false,
      'tensorflow/libtensorflow/libtensorflow-cpu-windows-x86_64-2.9.1.zip',
      'tf-builds/pre-built-binary/napi-v8/4.22.0/CPU-windows-4.22.0.zip',
    ],
  ] as const)('are those of the package on %s (gpu: %s)', (platform, gpu, libraries, addon) => {
    const host = 'https://storage.googleapis.com/';
    expect(officialArchives(platform, 'x64', gpu, host)).toEqual({
      libraries: host + libraries,
      addon: host + addon,
    });
  });

  test('do not exist where no addon was built', () => {
    expect(() => officialArchives('linux', 'arm64', false)).toThrow(/without --from official/);
    expect(() => officialArchives('darwin', 'x64', true)).toThrow(/with CUDA .* without --gpu/);
  });
});

describe('fetching an archive', () => {
  const content = Buffer.from('libtensorflow '.repeat(5000));
  const md5 = createHash('md5').update(content).digest('base64');

  test('completes a download that was cut off, and asks only for the rest', async () => {
    const ranges: (string | undefined)[] = [];
    let cutOff: (() => void) | undefined;
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(start > 0 ? 206 : 200, {
        etag: '"v1"',
        'content-length': content.length - start,
        'x-goog-hash': `crc32c=AAAAAA==,md5=${md5}`,
        ...(start > 0 && {
          'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
        }),
      });
      if (start > 0) response.end(content.subarray(start));
      else {
        response.write(content.subarray(0, 30_000));
        cutOff = () => response.destroy();
      }
    });
    const onProgress = (): void => cutOff?.();
    const fetching = (): Promise<string> => fetchArchive(`${url}a.tar.gz`, home(), { onProgress });
    await expect(fetching()).rejects.toThrow(
      /ended after \d+ of 70000 bytes.*run the command again/,
    );
    const file = await fetching();
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test('starts again when the file on the server has changed', async () => {
    writeFileSync(path.join(home(), 'a.tar.gz.part'), 'old bytes');
    writeFileSync(path.join(home(), 'a.tar.gz.part.etag'), '"old"');
    const url = await serve((request, response) => {
      expect(request.headers['if-range']).toBe('"old"');
      response.writeHead(200, { 'content-length': content.length }).end(content);
    });
    const file = await fetchArchive(`${url}a.tar.gz`, home());
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  test('starts again when everything is held but was never given its name', async () => {
    writeFileSync(path.join(home(), 'a.tar.gz.part'), content);
    writeFileSync(path.join(home(), 'a.tar.gz.part.etag'), '"v1"');
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) response.writeHead(416).end();
      else response.writeHead(200, { 'content-length': content.length }).end(content);
    });
    const file = await fetchArchive(`${url}a.tar.gz`, home());
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  test('deletes what does not have the MD5 that the server names', async () => {
    const url = await serve((_request, response) => {
      const damaged = Buffer.from(content);
      damaged[9] ^= 1;
      response.writeHead(200, {
        'content-length': content.length,
        'x-goog-hash': `md5=${md5}`,
      });
      response.end(damaged);
    });
    await expect(fetchArchive(`${url}a.tar.gz`, home())).rejects.toThrow(/arrived damaged \(MD5/);
    expect(existsSync(path.join(home(), 'a.tar.gz.part'))).toBe(false);
  });

  test('can be cancelled and keeps what has arrived', async () => {
    const cancel = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
      response.write(content.subarray(0, 1000));
    });
    const fetching = fetchArchive(`${url}a.tar.gz`, home(), {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    await expect(fetching).rejects.toThrow(/aborted/);
    expect(existsSync(path.join(home(), 'a.tar.gz.part'))).toBe(true);
  });

  test.each([
    { what: 'a missing file', status: 404, headers: {}, says: /answered 404/ },
    { what: 'no length', status: 200, headers: {}, says: /does not say how large/ },
    {
      what: 'an absurd length',
      status: 200,
      headers: { 'content-length': 1e12 },
      says: /does not say how large/,
    },
  ])('refuses $what', async ({ status, headers, says }) => {
    const url = await serve((_request, response) => {
      response.writeHead(status, headers);
      response.write('x');
    });
    await expect(fetchArchive(`${url}a.tar.gz`, home())).rejects.toThrow(says);
  });

  test('names a server that cannot be reached', async () => {
    const url = await serve(() => undefined);
    close?.();
    await expect(fetchArchive(`${url}a.tar.gz`, home())).rejects.toThrow(/cannot be reached/);
  });
});

describe('unpacking an archive', () => {
  async function unpack(archive: Uint8Array): Promise<string[]> {
    const file = path.join(home(), 'archive');
    writeFileSync(file, archive);
    return unpackArchive(file, path.join(home(), 'out'), anything);
  }

  test('keeps files and the links between versions of a library', async () => {
    const archive = await tarGz([
      { name: './lib/libtensorflow.so.2', text: 'library' },
      { name: './lib/libtensorflow.so', linkname: 'libtensorflow.so.2' },
    ]);
    expect(await unpack(archive)).toEqual(['lib/libtensorflow.so.2', 'lib/libtensorflow.so']);
    const out = path.join(home(), 'out/lib');
    expect(readFileSync(path.join(out, 'libtensorflow.so'), 'utf8')).toBe('library');
    expect(readlinkSync(path.join(out, 'libtensorflow.so'))).toBe('libtensorflow.so.2');
  });

  test('knows a zip by its first bytes', async () => {
    expect(await unpack(zipSync({ 'lib/tensorflow.dll': strToU8('x') }))).toEqual([
      'lib/tensorflow.dll',
    ]);
  });

  test.each([
    { what: 'a path', members: [{ name: '../evil', text: 'x' }] },
    { what: 'a link', members: [{ name: 'a', linkname: '../../evil' }] },
    { what: 'an absolute link', members: [{ name: 'a', linkname: '/etc/passwd' }] },
  ])('refuses $what that leaves the folder', async ({ members }) => {
    await expect(tarGz(members).then(unpack)).rejects.toThrow(/leaves its folder/);
    expect(existsSync(path.join(home(), 'evil'))).toBe(false);
  });

  test('names an archive that is torn or none at all', async () => {
    const archive = await tarGz([{ name: 'a', text: 'x'.repeat(100_000) }]);
    await expect(unpack(archive.subarray(0, archive.length / 2))).rejects.toThrow(/is damaged/);
    await expect(unpack(strToU8('<html>'))).rejects.toThrow(/is damaged/);
    await expect(unpack(zipSync({ a: strToU8('x') }).subarray(0, 40))).rejects.toThrow(
      /is damaged/,
    );
  });
});

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the official TensorFlow',
  () => {
    const libraries = [
      { name: './include/tensorflow/c/c_api.h', text: 'header' },
      { name: './lib/libtensorflow.so.2.9.1', text: 'library' },
      { name: './lib/libtensorflow.so.2', linkname: 'libtensorflow.so.2.9.1' },
      { name: './lib/libtensorflow_framework.so.2', text: 'framework' },
    ];
    const addon = [{ name: 'napi-v8/tfjs_binding.node', text: 'addon' }];

    async function serveArchives(contents: Record<string, readonly Member[]>): Promise<void> {
      const archives = new Map<string, Buffer>();
      for (const [name, members] of Object.entries(contents))
        archives.set(name, await tarGz(members));
      const url = await serve((request, response) => {
        const body = archives.get(path.posix.basename(request.url ?? ''));
        if (!body) return response.writeHead(404).end();
        return response.writeHead(200, { 'content-length': body.length }).end(body);
      });
      vi.stubEnv('TFJS_NODE_CDN_STORAGE', url);
    }
    const steps = { report: () => undefined, confirm: () => Promise.resolve(true) };

    test('lies as its addon expects it: libraries two folders up in deps/lib', async () => {
      await serveArchives({
        'libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz': libraries,
        'CPU-linux-4.22.0.tar.gz': addon,
      });
      const staged = await stageOfficial(path.join(home(), 'out'), false, steps);
      expect(staged).toMatchObject({ variant: 'official', addon: 'lib/napi-v8/tfjs_binding.node' });
      const read = (name: string): string => readFileSync(path.join(home(), 'out', name), 'utf8');
      expect(read('lib/napi-v8/tfjs_binding.node')).toBe('addon');
      expect(read('lib/napi-v8/../../deps/lib/libtensorflow.so.2')).toBe('library');
      expect(existsSync(path.join(home(), 'out/include'))).toBe(false);
    });

    test('is refused when the archives hold something else', async () => {
      await serveArchives({
        'libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz': [{ name: 'README', text: 'moved' }],
        'CPU-linux-4.22.0.tar.gz': addon,
      });
      await expect(stageOfficial(home(), false, steps)).rejects.toThrow(/do not hold TensorFlow/);
    });

    test('is not fetched without consent', async () => {
      const refuse = { ...steps, confirm: () => Promise.resolve(false) };
      await expect(stageOfficial(home(), false, refuse)).rejects.toThrow(/as you chose/);
    });
  },
);
