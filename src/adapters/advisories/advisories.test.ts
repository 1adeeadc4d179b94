import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AssayError } from '../../model/problem.ts';
import { openAdvisories } from '../../verbs/know/advisories.ts';
import { databaseStatus } from '../../verbs/know/database-status.ts';
import { updateDatabase, type UpdateReport } from '../../verbs/know/database.ts';
import { hasGit, sandboxAt } from '../git/testing/git.ts';
import { makeZip } from '../zip/testing/make-zip.ts';
import { codec } from './codec.ts';
import { openAdvisoryFolder } from './folder.ts';
import { sourceReader } from './sources/index.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-db-test-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
const fresh = (): string => {
  const path = join(root, String(count++));
  mkdirSync(path, { recursive: true });
  return path;
};

interface Raw {
  readonly id: string;
  readonly modified?: string;
  readonly withdrawn?: string;
  readonly names?: readonly string[];
  readonly fixed?: string;
  readonly ecosystem?: string;
}
const record = ({
  id,
  modified = '2024-01-01T00:00:00Z',
  withdrawn,
  names = ['left'],
  fixed = '2.0.0',
  ecosystem = 'npm',
}: Raw): string =>
  JSON.stringify({
    id,
    modified,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    summary: `about ${id}`,
    affected: names.map((name) => ({
      package: { ecosystem, name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
    })),
  });
const zip = (...records: Raw[]): Uint8Array =>
  makeZip(records.map((raw) => ({ name: `${raw.id}.json`, data: record(raw) })));

const NOW = '2026-01-01T00:00:00Z';
const update = (
  db: string,
  from: readonly string[],
  options: { fresh?: boolean; signal?: AbortSignal } = {},
): Promise<UpdateReport> =>
  updateDatabase(
    { folder: openAdvisoryFolder(db), read: sourceReader(['npm', 'PyPI']), codec, now: NOW },
    { from, signal: new AbortController().signal, onProgress: () => {}, ...options },
  );
/** Fixed version by advisory id, for a name. */
const found = (db: string, name = 'left', ecosystem: 'npm' | 'PyPI' = 'npm') => {
  const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
  const entries = store.lookup(ecosystem, name);
  for (const { id, advisory } of entries)
    expect(store.advisory(ecosystem, advisory).summary).toBe(`about ${id}`);
  close();
  return Object.fromEntries(entries.map(({ id, ranges }) => [id, ranges[0]?.fixed]));
};
const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
    return 'none';
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
};

describe('sources', () => {
  test('a folder is searched for exports, loose records and exploit data', async () => {
    const [db, from] = [fresh(), fresh()];
    mkdirSync(join(from, 'npm'));
    writeFileSync(join(from, 'npm', 'all.zip'), zip({ id: 'A' }, { id: 'B' }));
    writeFileSync(join(from, 'loose.json'), record({ id: 'C', ecosystem: 'PyPI' }));
    writeFileSync(
      join(from, 'kev.csv'),
      'cveID,dateAdded,knownRansomwareCampaignUse\nCVE-2020-1234,2024-01-01,Known\n',
    );
    writeFileSync(
      join(from, 'epss.csv.gz'),
      gzipSync('#score_date:2025-01-01T00:00:00Z\ncve,epss\nCVE-2020-1234,0.5\n'),
    );
    writeFileSync(join(from, 'package.json'), '{"name":"x"}');
    writeFileSync(join(from, 'broken.json'), '{"id": "D"');
    const report = await update(db, [from]);
    expect([found(db), found(db, 'left', 'PyPI')]).toEqual([{ A: '2.0.0', B: '2.0.0' }, { C: '2.0.0' }]);
    expect(report.input).toMatchObject({ read: 3, foreign: { count: 1 } });
    expect(report.input.problems.map(({ code }) => code)).toEqual(['file/not-json']);
    const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
    expect([store.exploited('CVE-2020-1234'), store.epss('CVE-2020-1234'), store.epss('CVE-2020-9')]).toEqual(
      [{ added: '2024-01-01', ransomware: true }, 0.5, undefined],
    );
    expect([store.kevDate, store.epssDate, store.covers('npm'), store.covers('Go')]).toEqual([
      '2024-01-01',
      '2025-01-01',
      true,
      false,
    ]);
    close();
  });

  test('a zip, a zip of zips and a single record', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.zip'), zip({ id: 'A' }));
    writeFileSync(join(from, 'nested.zip'), makeZip([{ name: 'npm/all.zip', data: zip({ id: 'B' }) }]));
    writeFileSync(join(from, 'c.json'), record({ id: 'C' }));
    await update(
      db,
      ['a.zip', 'nested.zip', 'c.json'].map((name) => join(from, name)),
    );
    expect(Object.keys(found(db))).toEqual(['A', 'B', 'C']);
  });

  test.skipIf(!hasGit)('a repository is read at its HEAD, bare, with files, and cloned', async () => {
    const from = fresh();
    const box = sandboxAt(from);
    box.git('init', '-q', '-b', 'main');
    box.write('advisories/A.json', record({ id: 'A' }));
    box.commit('one');
    box.write('advisories/B.json', record({ id: 'B' }));
    const bare = join(fresh(), 'bare.git');
    execFileSync('git', ['clone', '-q', '--bare', from, bare]);
    for (const place of [from, bare]) {
      const db = fresh();
      await update(db, [place]);
      expect(Object.keys(found(db))).toEqual(['A']);
    }
    expect(await codeOf(() => update(fresh(), ['https://127.0.0.1:1/none.git']))).toBe('source/clone-failed');
  });

  test('what is not there, not readable or of no known kind is said', async () => {
    const from = fresh();
    writeFileSync(join(from, 'x.json'), '{"name":"x"}');
    expect(await codeOf(() => update(fresh(), [join(from, 'none')]))).toBe('source/not-found');
    expect(await codeOf(() => update(fresh(), ['ftp://host.example.invalid/all.zip']))).toBe(
      'source/unsupported',
    );
    expect(await codeOf(() => update(fresh(), [from]))).toBe('source/empty');
  });
});

describe('merging', () => {
  test('the newest of an id wins, in any order of sources', async () => {
    const from = fresh();
    writeFileSync(join(from, 'old.zip'), zip({ id: 'A', fixed: '1.0.0' }));
    writeFileSync(
      join(from, 'new.zip'),
      zip({ id: 'A', fixed: '3.0.0', modified: '2024-01-01T00:00:00.5Z' }),
    );
    for (const order of [
      ['old.zip', 'new.zip'],
      ['new.zip', 'old.zip'],
    ]) {
      const db = fresh();
      await update(
        db,
        order.map((name) => join(from, name)),
      );
      expect(found(db)).toEqual({ A: '3.0.0' });
      const other = fresh();
      for (const name of order) await update(other, [join(from, name)]);
      expect(found(other)).toEqual({ A: '3.0.0' });
    }
  });

  test('one id from publishers of different ecosystems keeps both halves', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.json'), record({ id: 'A', fixed: '1.0.0' }));
    writeFileSync(
      join(from, 'b.json'),
      record({ id: 'A', ecosystem: 'PyPI', modified: '2025-01-01T00:00:00Z' }),
    );
    await update(db, [from]);
    expect([found(db), found(db, 'left', 'PyPI')]).toEqual([{ A: '1.0.0' }, { A: '2.0.0' }]);
  });

  test('a newer record that no longer names an ecosystem takes it back there', async () => {
    const [db, from] = [fresh(), fresh()];
    const both = JSON.parse(record({ id: 'A' })) as { affected: object[] };
    both.affected.push(
      (JSON.parse(record({ id: 'A', ecosystem: 'PyPI' })) as { affected: object[] }).affected[0]!,
    );
    writeFileSync(join(from, 'a.json'), JSON.stringify(both));
    await update(db, [from]);
    expect(found(db, 'left', 'PyPI')).toEqual({ A: '2.0.0' });
    writeFileSync(join(from, 'a.json'), record({ id: 'A', modified: '2025-01-01T00:00:00Z' }));
    await update(db, [from]);
    expect([found(db), found(db, 'left', 'PyPI')]).toEqual([{ A: '2.0.0' }, {}]);
  });
});

describe('overlays', () => {
  const many = (): Raw[] => Array.from({ length: 9000 }, (_, i) => ({ id: `R-${i}`, names: [`name-${i}`] }));

  test('a small change goes beside the base and shadows it; a large one folds', async () => {
    const [db, from] = [fresh(), fresh()];
    const source = join(from, 'all.zip');
    writeFileSync(source, zip(...many()));
    const wrote = async (): Promise<unknown> =>
      (await update(db, [source])).sets.map((set) => [set.wrote, set.changed, set.advisories]);
    expect(await wrote()).toEqual([['base', 9000, 9000]]);
    expect(await wrote()).toEqual([['nothing', 0, 9000]]);
    const modified = '2025-01-01T00:00:00Z';
    writeFileSync(
      source,
      zip(
        { id: 'R-1', names: ['name-1'], fixed: '9.0.0', modified },
        { id: 'R-2', names: ['name-2'], modified, withdrawn: modified },
        { id: 'NEW', names: ['name-1'], modified },
        { id: 'R-3', names: ['moved'], modified },
      ),
    );
    expect(await wrote()).toEqual([['overlay', 4, 9000]]);
    const look = () => ['name-1', 'name-2', 'name-3', 'moved', 'name-4'].map((name) => found(db, name));
    const expected = [{ 'R-1': '9.0.0', NEW: '2.0.0' }, {}, {}, { 'R-3': '2.0.0' }, { 'R-4': '2.0.0' }];
    expect(look()).toEqual(expected);
    writeFileSync(source, zip({ id: 'NEWER', names: ['name-1'], modified }));
    expect(await wrote()).toEqual([['overlay', 1, 9001]]);
    expect(found(db, 'name-1')).toEqual({ 'R-1': '9.0.0', NEW: '2.0.0', NEWER: '2.0.0' });
    writeFileSync(
      source,
      zip(
        ...many()
          .slice(100, 800)
          .map((raw) => ({ ...raw, fixed: '5.0.0', modified })),
      ),
    );
    expect(await wrote()).toEqual([['base', 700, 9001]]);
    expect([...look(), found(db, 'name-100')]).toEqual([
      { ...expected[0], NEWER: '2.0.0' },
      ...expected.slice(1),
      { 'R-100': '5.0.0' },
    ]);
    expect(readdirSync(db).filter((name) => name.endsWith('.bin')).length).toBe(1);
  });
});

describe('the folder', () => {
  test('with nothing installed the starter set stands in', () => {
    const { store } = openAdvisories(openAdvisoryFolder(join(root, 'none')), codec);
    expect(store.sources.every(({ kind }) => kind === 'starter')).toBe(true);
  });

  test('damage is named, not read over, and `fresh` repairs it', async () => {
    const [db, from] = [fresh(), fresh()];
    const source = join(from, 'a.zip');
    writeFileSync(source, zip({ id: 'A' }));
    await update(db, [source]);
    const name = readdirSync(db).find((file) => file.startsWith('npm-base'))!;
    const bytes = readFileSync(join(db, name));
    writeFileSync(join(db, name), bytes.with(bytes.length - 3, 77));
    expect(await codeOf(() => openAdvisories(openAdvisoryFolder(db), codec))).toBe('advisories/corrupt');
    expect(databaseStatus(openAdvisoryFolder(db), NOW).sets[0]?.state).toBe('damaged');
    expect(await codeOf(() => update(db, [source]))).toBe('advisories/corrupt');
    writeFileSync(join(db, name), bytes.subarray(0, 40));
    expect(await codeOf(() => openAdvisories(openAdvisoryFolder(db), codec))).toBe('advisories/corrupt');
    rmSync(join(db, name));
    expect(await codeOf(() => openAdvisories(openAdvisoryFolder(db), codec))).toBe('advisories/missing');
    await update(db, [source], { fresh: true });
    expect(found(db)).toEqual({ A: '2.0.0' });
    writeFileSync(
      join(db, 'manifest.json'),
      '{"schema": 1, "sets": [{"ecosystem": "npm", "base": {"file": "../x"}}]}',
    );
    expect(await codeOf(() => openAdvisories(openAdvisoryFolder(db), codec))).toBe('advisories/corrupt');
  });

  test('an update while another one runs is refused; an abandoned lock is not in the way', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.json'), record({ id: 'A' }));
    const release = openAdvisoryFolder(db).lock();
    expect(await codeOf(() => update(db, [from]))).toBe('advisories/locked');
    release();
    writeFileSync(join(db, 'update.lock'), `999999999 ${(await import('node:os')).hostname()}\n`);
    await update(db, [from]);
    expect(readdirSync(db)).not.toContain('update.lock');
  });

  test('a reader keeps what it opened when an update replaces it', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.json'), record({ id: 'A' }));
    await update(db, [from]);
    const before = openAdvisories(openAdvisoryFolder(db), codec);
    writeFileSync(join(from, 'b.json'), record({ id: 'B' }));
    await update(db, [from]);
    expect(before.store.lookup('npm', 'left').map(({ id }) => id)).toEqual(['A']);
    expect(before.store.digest).not.toBe(openAdvisories(openAdvisoryFolder(db), codec).store.digest);
    before.close();
  });

  test('status says what is there, from where, how old and how big', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.json'), record({ id: 'A', modified: '2025-12-22T00:00:00Z' }));
    await update(db, [from]);
    const status = databaseStatus(openAdvisoryFolder(db), NOW);
    expect(status.sets[0]).toMatchObject({
      ecosystem: 'npm',
      advisories: 1,
      newest: '2025-12-22T00:00:00Z',
      builtAt: NOW,
      ageDays: 10,
      from: [from],
      state: 'sound',
    });
    expect(status.bytes).toBeGreaterThan(300);
    expect(databaseStatus(openAdvisoryFolder(join(root, 'none')), NOW)).toMatchObject({
      installed: false,
      sets: [],
    });
  });

  test('an interrupted update changes nothing', async () => {
    const [db, from] = [fresh(), fresh()];
    writeFileSync(join(from, 'a.zip'), zip(...Array.from({ length: 600 }, (_, i) => ({ id: `R-${i}` }))));
    const reason = new Error('interrupted');
    await expect(update(db, [from], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(readdirSync(db)).toEqual([]);
  });
});

describe('over HTTP', () => {
  let server: Server;
  let base: string;
  const asked: string[] = [];
  const files = new Map<string, Uint8Array>();
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      const body = files.get(request.url!);
      if (request.url === '/endless') {
        response.writeHead(200).write(zip({ id: 'A' }));
        return;
      }
      if (body === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-length': body.length }).end(body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('an export root gives every ecosystem it has, then only what changed', async () => {
    const db = fresh();
    files.set('/osv/npm/all.zip', zip({ id: 'A' }, { id: 'B' }));
    const report = await update(db, [`${base}/osv/`]);
    expect(report.input.problems.map(({ code }) => code)).toEqual(['http/status']);
    expect(Object.keys(found(db))).toEqual(['A', 'B']);
    files.set(
      '/osv/npm/modified_id.csv',
      Buffer.from('2025-01-01T00:00:00Z,C\n2024-01-01T00:00:00Z,B\n2023-01-01T00:00:00Z,A\n'),
    );
    files.set('/osv/npm/C.json', Buffer.from(record({ id: 'C', modified: '2025-01-01T00:00:00Z' })));
    files.set('/osv/npm/B.json', Buffer.from(record({ id: 'B' })));
    asked.length = 0;
    await update(db, [`${base}/osv/`]);
    expect(Object.keys(found(db))).toEqual(['A', 'B', 'C']);
    expect(asked.filter((url) => url.startsWith('/osv/npm')).sort()).toEqual([
      '/osv/npm/B.json',
      '/osv/npm/C.json',
      '/osv/npm/modified_id.csv',
    ]);
  });

  test('a single file, of whatever kind', async () => {
    const db = fresh();
    files.set('/one.zip', zip({ id: 'A' }));
    files.set('/two.json', Buffer.from(record({ id: 'B' })));
    await update(db, [`${base}/one.zip`, `${base}/two.json`]);
    expect(Object.keys(found(db))).toEqual(['A', 'B']);
    expect(await codeOf(() => update(db, [`${base}/none.zip`]))).toBe('http/status');
  });

  test('a download can be interrupted, and leaves nothing', async () => {
    const control = new AbortController();
    const running = update(fresh(), [`${base}/endless`], { signal: control.signal });
    setTimeout(() => control.abort(new Error('interrupted')), 100);
    await expect(running).rejects.toThrow('interrupted');
  });
});
