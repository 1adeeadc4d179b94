import { expect, test } from 'vitest';
import { expectSameVersion } from '../contract.ts';
import { packageLock } from './package-lock.ts';

const manifest = JSON.stringify({
  name: 'app',
  dependencies: { p0: '^1.0.0', p1: '*' },
  devDependencies: { p2: '1' },
});
const companion = (path: string): string | undefined => (path === 'package.json' ? manifest : undefined);
const path = 'package-lock.json';

/** A small fixed generator: failures must reproduce. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

type Random = (below: number) => number;

const released = (random: Random): object => ({
  version: `1.${random(3)}.${random(3)}`,
  ...(random(9) === 0 ? { resolved: 'git+ssh://git@host.invalid/p.git#abc' } : {}),
  ...(random(4) === 0 ? { dev: true } : {}),
});

const ranges = (random: Random): object =>
  Object.fromEntries(Array.from({ length: random(3) }, () => [`p${random(12)}`, `^1.${random(3)}.0`]));

const entryOf = (random: Random): object => ({ ...released(random), dependencies: ranges(random) });

function packagesOf(random: Random, count: number): Record<string, object> {
  const packages: Record<string, object> = {
    '': { name: 'app', dependencies: { p0: '^1.0.0', p1: '*' }, devDependencies: { p2: '1' } },
  };
  for (let i = 0; i < count; i++) {
    packages[`node_modules/p${i}`] = entryOf(random);
    if (random(4) === 0) packages[`node_modules/p${i}/node_modules/p${random(12)}`] = entryOf(random);
    if (random(9) === 0) packages[`node_modules/link${i}`] = { resolved: 'packages/a', link: true };
  }
  if (random(2) === 0) packages['packages/a'] = { name: 'a', version: '1.0.0' };
  return packages;
}

function nestedOf(random: Random, count: number, depth = 0): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `p${depth === 0 ? i : random(12)}`,
      {
        ...released(random),
        requires: ranges(random),
        ...(depth < 3 && random(4) === 0 ? { dependencies: nestedOf(random, 1 + random(2), depth + 1) } : {}),
      },
    ]),
  );
}

test('versions of a lockfile give what each gives by itself, whatever came before', () => {
  const random = generator(42);
  const read = packageLock.extractVersions!();
  let known = 0;
  for (let round = 0; round < 150; round++) {
    const packages = packagesOf(random, 10);
    const dependencies = nestedOf(random, 10);
    const lock = {
      name: 'app',
      lockfileVersion: 1 + (round % 3),
      ...[{ dependencies }, { packages, dependencies }, { packages }][round % 3],
    };
    let text = JSON.stringify(lock, null, round % 7 === 0 ? '\t' : 2);
    if (round % 5 === 0) {
      const at = random(text.length);
      text = text.slice(0, at) + ['', '\n', '}', '"', ',', 'x'][random(6)]! + text.slice(at + random(3));
    }
    const version = read({ path, text }, companion);
    if (version !== undefined) known++;
    expectSameVersion(version, packageLock.extract({ path, text }, companion));
  }
  // Nearly all that were not broken: links that lead nowhere, and names that stand in an object twice, are left.
  expect(known).toBeGreaterThan(60);
});

const entry = '    "node_modules/a": {\n      "version": "1.0.0"\n    }';
const old = '    "a": {\n      "version": "1.0.0"\n    }';
test.for([
  ['an entry that is there twice', `{\n  "packages": {\n${entry},\n${entry}\n  }\n}`],
  ['packages twice, once in a line of its own', `{\n  "packages": {\n${entry}\n  },\n  "packages": {}\n}`],
  [
    'packages twice, the second hidden behind another key',
    `{\n  "packages": {\n${entry}\n  },\n  "x": 1, "packages": "\\u0000"\n}`,
  ],
  ['packages on the line of another key', `{"packages": {},\n  "dependencies": {\n${old}\n  }\n}`],
  ['two entries on one line', `{\n  "packages": {\n    "node_modules/b": {},\n${entry}\n  }\n}`],
  ['an entry that is no object', `{\n  "packages": {\n    "node_modules/b": 1,\n${entry}\n  }\n}`],
  [
    'a key that is a number',
    `{\n  "packages": {\n${entry},\n    "7": {\n      "version": "1"\n    }\n  }\n}`,
  ],
  [
    'escapes in a key',
    `{\n  "packages": {\n    "node_modules/\\u0062": {\n      "version": "1"\n    },\n${entry}\n  }\n}`,
  ],
  ['a tab in a key', `{\n  "packages": {\n    "node_modules/\t": {\n      "version": "1"\n    }\n  }\n}`],
  [
    '__proto__',
    `{\n  "packages": {\n    "__proto__": {\n      "version": "1"\n    },\n${entry}\n  },\n  "__proto__": {}\n}`,
  ],
  ['packages further in', `{\n  "x": {\n  "packages": {\n${entry}\n  }\n  }\n}`],
  ['a comma too many', `{\n  "packages": {\n${entry},\n  }\n}`],
  ['an old entry twice', `{\n  "dependencies": {\n${old},\n${old}\n  }\n}`],
  [
    'a key twice within an old entry',
    `{\n  "dependencies": {\n    "a": {\n      "version": "1",\n      "version": "2"\n    }\n  }\n}`,
  ],
  [
    'something else than an object within an old entry',
    `{\n  "dependencies": {\n${old},\n    "c": {\n      "version": "1",\n      "dependencies": { "d": 3 }\n    }\n  }\n}`,
  ],
] as const)('%s is read as by itself', ([, text]) => {
  const read = packageLock.extractVersions!();
  for (let again = 0; again < 2; again++)
    expectSameVersion(read({ path, text }, companion), packageLock.extract({ path, text }, companion));
});
