import { expect, test } from 'vitest';
import { buildInventory } from '../graph/inventory.ts';
import { withDisagreements } from './agreement.ts';

const lock = (path: string, covers: readonly string[], version: string) => ({
  path,
  extractor: path.endsWith('.json') ? 'npm/package-lock' : 'npm/yarn-lock',
  ecosystem: 'npm' as const,
  extraction: {
    role: 'lock' as const,
    components: [
      { name: 'app', version: '1.0.0', origin: 'project' as const, line: 1 },
      { name: 'a', version, origin: 'registry' as const, line: 2 },
    ],
    edges: [{ from: 0, to: 1, kind: 'prod' as const, range: '' }],
    edgesKnown: true,
    covers,
    observations: [],
    problems: [],
  },
});

const disagreements = (...files: Parameters<typeof buildInventory>[0]): string[] =>
  withDisagreements(buildInventory(files, [])).manifests.flatMap((manifest) =>
    manifest.observations.map(({ message }) => message),
  );

test('two lockfiles of one manifest that lock different versions', () => {
  expect(
    disagreements(
      lock('package-lock.json', ['package.json'], '1.0.0'),
      lock('yarn.lock', ['package.json'], '1.1.0'),
    ),
  ).toEqual([
    'package-lock.json and yarn.lock lock different versions of 1 direct dependency: a 1.0.0 / 1.1.0',
  ]);
});

test('a workspace that covers a folder with a lockfile of its own is another project', () => {
  expect(
    disagreements(
      lock('yarn.lock', ['member/package.json', 'package.json'], '1.0.0'),
      lock('member/yarn.lock', ['member/package.json'], '1.1.0'),
    ),
  ).toEqual([]);
});
