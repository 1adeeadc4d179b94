import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AssayError } from '../../model/problem.ts';
import { objectId, openObjects } from './objects.ts';
import { openRepository } from './repository.ts';
import { hasGit, sandboxes } from './testing/git.ts';
import type { Sandbox } from './testing/git.ts';

const boxes = sandboxes();
const fresh = (...init: string[]): Sandbox => boxes.fresh(init);
afterAll(boxes.remove);

/** A history to copy: making it once keeps the suite quick. */
const templates = new Map<string, Sandbox>();
function history(box: Sandbox): void {
  const format = box.git('rev-parse', '--show-object-format');
  if (!templates.has(format)) {
    const template = fresh(`--object-format=${format}`);
    makeHistory(template);
    templates.set(format, template);
  }
  rmSync(box.path, { recursive: true });
  cpSync(templates.get(format)!.path, box.path, { recursive: true });
}

/** Versions of a growing file, so that packing makes chains of deltas. */
function makeHistory(box: Sandbox): void {
  let text = '';
  for (let version = 0; version < 14; version++) {
    for (let line = 0; line < 200; line++)
      text += `${version} ${line} ${(version * 7919 + line * 104729) % 99991}\n`;
    box.write('grow.txt', text);
    box.write(`folder/file-${version}.txt`, `${version}\n`);
    box.commit(`version ${version}`);
  }
  box.write('empty', '');
  box.write(
    'bytes.bin',
    Uint8Array.from({ length: 70_000 }, (_, i) => (i * i * 31) & 255),
  );
  box.commit('others');
  box.git('tag', '-a', 'v1', '-m', 'one');
}

function expectSameAsGit(box: Sandbox): void {
  const listed = box.git('cat-file', '--batch-all-objects', '--batch-check').split('\n');
  expect(listed.length).toBeGreaterThan(50);
  const objects = openObjects(openRepository(box.path)!);
  for (const line of listed) {
    const [id, type, size] = line.split(' ') as [string, string, string];
    const object = objects.read(id);
    expect([object.type, object.bytes.length]).toEqual([type, Number(size)]);
  }
  objects.close();
}

const codeOf = (run: () => unknown): [string, string | undefined] => {
  try {
    run();
  } catch (error) {
    if (error instanceof AssayError) return [error.code, error.hint];
    throw error;
  }
  return ['none', undefined];
};

describe.skipIf(!hasGit)('objects, with git as oracle (skipped where git is absent)', () => {
  test('loose objects', () => {
    const box = fresh();
    history(box);
    expectSameAsGit(box);
  });

  test.for([
    ['offset deltas', ['repack', '-adfq', '--depth=50']],
    ['deltas that name their base by id', ['-c', 'repack.usedeltabaseoffset=false', 'repack', '-adfq']],
    ['an index of version 1', ['-c', 'pack.indexversion=1', 'repack', '-adfq']],
    [
      '64-bit offsets',
      ['-c', 'pack.indexversion=2', 'repack', '-adfq'],
      ['index-pack', '--index-version=2,0x40'],
    ],
    ['a multi-pack index beside the packs', ['repack', '-dq'], ['multi-pack-index', 'write']],
  ] as const)('%s', ([name, repack, then]) => {
    const box = fresh();
    history(box);
    box.git(...repack);
    const folder = join(box.path, '.git/objects/pack');
    const pack = readdirSync(folder).find((file) => file.endsWith('.pack'))!;
    if (name === '64-bit offsets') {
      const index = join(folder, pack.replace('.pack', '.idx'));
      chmodSync(index, 0o644);
      rmSync(index);
      box.git(...then, '-o', index, join(folder, pack));
    } else if (then !== undefined) box.git(...then);
    expectSameAsGit(box);
  });

  test('sha-256', () => {
    const box = fresh('--object-format=sha256');
    history(box);
    expectSameAsGit(box);
    box.git('repack', '-adfq');
    expectSameAsGit(box);
  });

  test('alternates, and alternates of alternates', () => {
    const origin = fresh();
    history(origin);
    origin.git('repack', '-adfq');
    const clone = fresh();
    clone.git('clone', '-q', '--shared', origin.path, 'one');
    clone.git('clone', '-q', '--shared', join(clone.path, 'one'), 'two');
    const objects = openObjects(openRepository(join(clone.path, 'two'))!);
    expect(objects.read(origin.git('rev-parse', 'HEAD:grow.txt')).bytes.length).toBeGreaterThan(1000);
    objects.close();
  });

  test('a missing object says why, by the kind of clone', () => {
    const origin = fresh();
    history(origin);
    const absent = 'f'.repeat(40);
    const read = (path: string, id: string) => codeOf(() => openObjects(openRepository(path)!).read(id));
    expect(read(origin.path, absent)).toEqual(['git/missing-object', expect.stringContaining('git fsck')]);
    const box = fresh();
    box.git('clone', '-q', '--depth=1', `file://${origin.path}`, 'shallow');
    expect(read(join(box.path, 'shallow'), origin.git('rev-parse', 'HEAD~3'))).toEqual([
      'git/missing-object',
      expect.stringContaining('shallow'),
    ]);
    origin.git('config', 'uploadpack.allowfilter', 'true');
    box.git('clone', '-q', '--bare', '--filter=blob:none', `file://${origin.path}`, 'partial');
    expect(read(join(box.path, 'partial'), origin.git('rev-parse', 'HEAD:grow.txt'))).toEqual([
      'git/missing-object',
      expect.stringContaining('partial'),
    ]);
  });

  test('damage anywhere in a pack is found, never a crash or wrong bytes', () => {
    const box = fresh();
    history(box);
    box.git('repack', '-adfq');
    const folder = join(box.path, '.git/objects/pack');
    const pack = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith('.pack'))!,
    );
    const ids = box.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n');
    const whole = readFileSync(pack);
    chmodSync(pack, 0o644);
    let found = 0;
    for (let round = 0; round < 40; round++) {
      const bytes = Buffer.from(whole);
      bytes[12 + ((round * 7919) % (whole.length - 32))]! ^= 1 << (round % 8);
      writeFileSync(pack, bytes);
      const objects = openObjects(openRepository(box.path)!);
      for (const id of ids) {
        const code = codeOf(() => {
          const object = objects.read(id);
          expect(objectId(object, 'sha1')).toBe(id);
        })[0];
        if (code !== 'none') found++;
        expect(['none', 'git/damaged-object', 'git/too-large', 'git/missing-object']).toContain(code);
      }
      objects.close();
    }
    expect(found).toBeGreaterThan(40);
    truncateSync(pack, 200);
    const objects = openObjects(openRepository(box.path)!);
    expect(codeOf(() => objects.read(ids.at(-1)!))[0]).toBe('git/damaged-object');
    objects.close();
  });

  test('an index that points to another object is found out', () => {
    const box = fresh();
    history(box);
    box.git('repack', '-adfq');
    const folder = join(box.path, '.git/objects/pack');
    const path = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith('.idx'))!,
    );
    const bytes = readFileSync(path);
    const count = bytes.readUInt32BE(8 + 1020);
    const offsets = 8 + 1024 + count * 24;
    bytes.copy(bytes, offsets + 4, offsets, offsets + 4);
    chmodSync(path, 0o644);
    writeFileSync(path, bytes);
    const second = bytes.toString('hex', 8 + 1024 + 20, 8 + 1024 + 40);
    expect(codeOf(() => openObjects(openRepository(box.path)!).read(second))[0]).toBe('git/damaged-object');
  });

  test('a limit holds for packed and loose objects', () => {
    const box = fresh();
    history(box);
    const id = box.git('rev-parse', 'HEAD:bytes.bin');
    const read = () => codeOf(() => openObjects(openRepository(box.path)!).read(id, 69_999))[0];
    expect(read()).toBe('git/too-large');
    box.git('repack', '-adfq');
    expect(read()).toBe('git/too-large');
  });

  test('packed objects have numbers, one for each id, in any number of packs', () => {
    const box = fresh();
    history(box);
    box.git('repack', '-q', '-d');
    box.write('later', 'x');
    box.commit('later');
    box.git('repack', '-q', '-d');
    const objects = openObjects(openRepository(box.path)!);
    const packed = objects.packedObjects();
    const ids = [...objects.packed()];
    expect(packed.count).toBe(ids.length);
    const numbers = ids.map((id) => packed.find(Buffer.from(`00${id}`, 'hex'), 1));
    expect(new Set(numbers).size).toBe(ids.length);
    expect(numbers.map((number) => packed.id(number))).toEqual(ids);
    for (const id of ids) {
      const other = Buffer.from(id, 'hex');
      other[19]! ^= 1;
      expect(packed.find(other, 0)).toBe(-1);
    }
    objects.close();
  });

  test('packed ids come in pack order, all of them', () => {
    const box = fresh();
    history(box);
    box.git('repack', '-adfq');
    const objects = openObjects(openRepository(box.path)!);
    expect([...objects.packed()].sort()).toEqual(
      box.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n'),
    );
    objects.close();
  });
});
