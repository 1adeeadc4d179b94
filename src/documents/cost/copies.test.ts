import { expect, test } from 'vitest';
import type { Purl } from '../../model/component.ts';
import type { ManifestCost } from '../../model/cost.ts';
import { withCopies } from './copies.ts';

const file = (path: string, names: readonly string[], goes = 3): ManifestCost =>
  ({
    path,
    extractor: 'npm/package-lock',
    edgesKnown: true,
    total: { components: names.length * goes },
    directs: names.map((name) => ({
      purl: `pkg:npm/${name}@1.0.0` as Purl,
      goes: { components: goes },
      shares: { components: 0 },
    })),
  }) as unknown as ManifestCost;

test('of copies the one nearest to the root stands for all, in the place of the first', () => {
  const files = [file('a/b/lock', ['x', 'y']), file('lock', ['x', 'y']), file('c/lock', ['z'])];
  expect(withCopies(files)).toEqual([
    { manifest: files[1], copies: ['a/b/lock'] },
    { manifest: files[2], copies: [] },
  ]);
});

test('other figures, other names and files without names are no copies', () => {
  const files = [file('a', ['x']), file('b', ['x'], 4), file('c', ['y']), file('d', []), file('e', [])];
  expect(withCopies(files).map(({ manifest, copies }) => [manifest.path, copies])).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((path) => [path, []]),
  );
});
