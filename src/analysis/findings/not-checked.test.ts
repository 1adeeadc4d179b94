import { expect, test } from 'vitest';
import type { AdvisoryStore } from '../../model/advisory.ts';
import type { Inventory } from '../../model/inventory.ts';
import { notChecked } from './not-checked.ts';

test('a folder of the tree that is read where it stands is not counted as something unchecked; one outside is', () => {
  const local = (name: string, source: string) => ({
    ecosystem: 'npm',
    name,
    version: '',
    origin: 'file',
    source,
  });
  const inventory = {
    components: [
      local('in', 'file:../lib'),
      local('top', 'lib'),
      local('out', 'file:../gone'),
      local('far', '../..'),
    ],
    manifests: [
      { path: 'web/package-lock.json', occurrences: [0, 1, 2, 3].map((component) => ({ component })) },
      { path: 'lib/package.json', occurrences: [] },
    ],
  } as unknown as Inventory;
  const [group, ...more] = notChecked(inventory, { covers: () => true } as unknown as AdvisoryStore);
  expect([group?.why, group?.examples, more.length]).toEqual(['not-registry', ['out', 'far'], 0]);
});
