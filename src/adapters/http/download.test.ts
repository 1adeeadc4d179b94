import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AssayError } from '../../model/problem.ts';
import { download, downloadBytes } from './download.ts';

let server: Server;
let base: string;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-http-test-'));
  server = createServer((request, response) => {
    if (request.url === '/whole') response.end('x'.repeat(1000));
    else if (request.url === '/unsized') {
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    } else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': 1000 }).write('x'.repeat(10));
      setTimeout(() => response.destroy(), 20);
    } else if (request.url === '/silent') response.writeHead(200).write('x');
    else if (request.url === '/moved') response.writeHead(302, { location: '/whole' }).end();
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const options = { signal: new AbortController().signal, limit: 1000, idleMs: 300 };
const codeOf = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'none';
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
};

test('a file arrives whole, with progress, over a redirect', async () => {
  const seen: (number | undefined)[] = [];
  const path = join(folder, 'a');
  await download(`${base}/moved`, path, { ...options, onProgress: (done, total) => seen.push(done, total) });
  expect(readFileSync(path, 'utf8')).toBe('x'.repeat(1000));
  expect(seen.slice(-2)).toEqual([1000, 1000]);
});

test.for([
  ['/none', 'http/status'],
  ['/unsized', 'http/too-large'],
  ['/cut', 'http/unreachable'],
  ['/silent', 'http/timeout'],
] as const)('%s fails with %s and leaves nothing', async ([path, code]) => {
  const before = readdirSync(folder);
  expect(await codeOf(download(base + path, join(folder, 'b'), options))).toBe(code);
  expect(readdirSync(folder)).toEqual(before);
});

test('what is stated to be too large is not begun', async () => {
  expect(await codeOf(downloadBytes(`${base}/whole`, { ...options, limit: 999 }))).toBe('http/too-large');
});

test.for(['file:///etc/passwd', 'x', 'ftp://h/x'])('%s is no address', async (url) => {
  expect(await codeOf(downloadBytes(url, options))).toBe('http/bad-url');
});
