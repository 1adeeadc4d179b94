import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calledAfter } from './called.ts';

test.each([
  ['/home/somebody/work/app', 'app'],
  ['/home/somebody/app.git', 'app'],
  ['/home/somebody/app/.git', 'app'],
  ['/srv/mirror/app.git/', 'app'],
  ['/srv/app-1.0.tar.gz', 'app-1.0.tar.gz'],
  ['C:\\Users\\somebody\\app', 'app'],
  ['/', '/'],
])('%s is called %s', (path, name) => {
  expect(calledAfter(path)).toBe(name);
});

test.each([
  ['https://host.invalid/owner/app.git', 'app'],
  ['git@host.invalid:owner/app', 'app'],
  ['git@host.invalid:app.git', 'app'],
  ['https://somebody:secret@host.invalid/app/', 'app'],
  ['/srv/app/.git', 'app'],
  ['https://host.invalid/..', 'repo'],
  ['', 'repo'],
])('a bare clone of %s in a folder called repo is called %s', (url, name) => {
  const path = join(mkdtempSync(join(tmpdir(), 'assay-')), 'repo');
  mkdirSync(join(path, 'objects'), { recursive: true });
  writeFileSync(join(path, 'HEAD'), 'ref: refs/heads/main\n');
  if (url !== '') writeFileSync(join(path, 'config'), `[remote "origin"]\n\turl = ${url}\n`);
  expect(calledAfter(path)).toBe(name);
});
