import {
  chmodSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openObjectStore } from './object-store.ts';
import { openRepository } from './repository.ts';
import { hasGit, sandboxes } from './testing/git.ts';
import type { Sandbox } from './testing/git.ts';

const boxes = sandboxes();
const fresh = (...init: string[]): Sandbox => boxes.fresh(init);
afterAll(boxes.remove);

function history(box: Sandbox): void {
  let text = '';
  for (let version = 0; version < 8; version++) {
    for (let line = 0; line < 60; line++)
      text += `${version} ${line} ${(version * 7919 + line * 104729) % 99991}\n`;
    box.write('grow.txt', text);
    box.commit(`version ${version}`);
  }
}

const packFolder = (box: Sandbox): string => join(box.path, '.git/objects/pack');
const fileOf = (box: Sandbox, end: string): string =>
  join(
    packFolder(box),
    readdirSync(packFolder(box)).find((name) => name.endsWith(end))!,
  );
const allIds = (box: Sandbox): string[] =>
  box.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n');

/** The ids that a store's packs and loose objects have. */
function idsOf(path: string): { ids: string[]; codes: string[] } {
  const store = openObjectStore(openRepository(path)!);
  const ids: string[] = [];
  const codes = store.problems.map(({ code }) => code);
  for (const pack of store.packs)
    for (let i = 0; i < pack.offsets.length; i++)
      ids.push(Buffer.from(pack.ids.subarray(i * store.idBytes, (i + 1) * store.idBytes)).toString('hex'));
  for (const found of store.loose()) {
    if ('id' in found) ids.push(found.id);
    else codes.push(found.code);
  }
  store.close();
  return { ids: [...new Set(ids)].sort(), codes };
}

describe.skipIf(!hasGit)(
  'all that a repository stores, with git as oracle (skipped where git is absent)',
  () => {
    test.for(['sha1', 'sha256'] as const)('loose objects and packs, %s', (format) => {
      const box = fresh(`--object-format=${format}`);
      history(box);
      expect(idsOf(box.path)).toEqual({ ids: allIds(box), codes: [] });
      box.git('repack', '-adfq');
      box.write('more', 'x');
      box.commit('loose');
      expect(idsOf(box.path)).toEqual({ ids: allIds(box), codes: [] });
    });

    test.for([
      ['no index', 'offset'],
      ['no index, bases by id', 'ref'],
      ['a damaged index', 'offset'],
      ['an index that leaves objects out', 'offset'],
    ] as const)('a pack with %s is read from front to back', ([name, kind]) => {
      const box = fresh();
      history(box);
      box.git('-c', `repack.usedeltabaseoffset=${kind === 'offset'}`, 'repack', '-adfq');
      const ids = allIds(box);
      const index = fileOf(box, '.idx');
      chmodSync(index, 0o644);
      if (name.startsWith('no index')) rmSync(index);
      else if (name.startsWith('a damaged')) writeFileSync(index, readFileSync(index).fill(7, 1500, 1600));
      else {
        const other = fresh();
        other.write('x', 'x');
        other.commit('x');
        other.git('repack', '-adfq');
        cpSync(fileOf(other, '.idx'), index);
      }
      expect(idsOf(box.path)).toEqual({ ids, codes: [] });
    });

    test('a pack without index that was cut gives what it has, and a problem', () => {
      const box = fresh();
      history(box);
      box.git('repack', '-adfq');
      const ids = allIds(box);
      rmSync(fileOf(box, '.idx'));
      const pack = fileOf(box, '.pack');
      chmodSync(pack, 0o644);
      truncateSync(pack, 900);
      const found = idsOf(box.path);
      expect(found.codes).toContain('git/damaged-object');
      expect(found.ids.length).toBeGreaterThan(2);
      expect(found.ids.every((id) => ids.includes(id))).toBe(true);
    });

    test('a thin pack: deltas of objects that only another place has', () => {
      const box = fresh();
      history(box);
      // The newest version is a delta of what the pack has not.
      writeFileSync(
        join(box.path, '.git/thin.sh'),
        'printf "HEAD\\n^HEAD~1\\n" | git pack-objects --thin --revs --stdout > .git/thin.pack\n',
      );
      box.git('-c', 'alias.thin=!sh .git/thin.sh', 'thin');
      const ids = allIds(box);
      cpSync(join(box.path, '.git/thin.pack'), join(packFolder(box), 'pack-thin.pack'));
      expect(idsOf(box.path)).toEqual({ ids, codes: [] });
    });

    test('alternates, and a damaged loose object', () => {
      const origin = fresh();
      history(origin);
      const clone = fresh();
      clone.git('clone', '-q', '--shared', origin.path, 'one');
      expect(idsOf(join(clone.path, 'one'))).toEqual({ ids: allIds(origin), codes: [] });
      const id = origin.git('rev-parse', 'HEAD:grow.txt');
      const path = join(origin.path, '.git/objects', id.slice(0, 2), id.slice(2));
      chmodSync(path, 0o644);
      writeFileSync(path, 'damaged');
      expect(idsOf(join(clone.path, 'one')).codes).toEqual(['git/damaged-object']);
    });

    test('shallow and partial clones, and files that are no packs, are said', () => {
      const origin = fresh();
      history(origin);
      origin.git('config', 'uploadpack.allowfilter', 'true');
      const box = fresh();
      box.git('clone', '-q', '--depth=1', `file://${origin.path}`, 'shallow');
      box.git('clone', '-q', '--bare', '--filter=blob:none', `file://${origin.path}`, 'partial');
      expect(idsOf(join(box.path, 'shallow')).codes).toEqual(['git/shallow']);
      expect(idsOf(join(box.path, 'partial')).codes).toEqual(['git/partial']);
      origin.git('repack', '-adfq');
      const pack = fileOf(origin, '.pack');
      chmodSync(pack, 0o644);
      renameSync(pack, `${pack}.old`);
      writeFileSync(pack, 'no pack');
      expect(idsOf(origin.path).codes).toEqual(['git/damaged-object']);
    });
  },
);
