import { expect, test } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import { runtimeActions } from './runtime.ts';

const inventory = {
  components: [
    { ecosystem: 'Docker', name: 'node', version: '18-bullseye' },
    { ecosystem: 'Docker', name: 'corretto', version: '17-alpine3.19' },
    { ecosystem: 'Docker', name: 'debian', version: '11' },
  ],
} as unknown as Inventory;

const ended = (component: number, product: string, fixed: string): Finding =>
  ({
    kind: 'runtime',
    component,
    priority: 'medium',
    title: `${product} has had no security fixes`,
    fixed: [fixed],
    fingerprint: `${component} ${product}`,
    evidence: [{ kind: 'record', id: product }],
    occurrences: [{ at: { path: 'Dockerfile' } }],
  }) as unknown as Finding;

test('an image is moved once for what it is named for and for the distribution below it, and not to the version of that', () => {
  const actions = runtimeActions(
    [
      ended(0, 'nodejs 18', '26'),
      ended(0, 'debian 11', '13'),
      ended(1, 'alpine 3.19', '3.24'),
      ended(2, 'debian 11', '13'),
    ],
    inventory,
  );
  expect(actions.map(({ title, moves }) => [title, moves[0]!.to])).toEqual([
    ['Move node 18-bullseye to a supported release (newest line: 26, on Debian 13)', '26'],
    ['Move corretto 17-alpine3.19 to a supported release (newest: on Alpine 3.24)', undefined],
    ['Move debian 11 to a supported release (newest line: 13)', '13'],
  ]);
  expect(actions[0]!.clears).toEqual(['0 debian 11', '0 nodejs 18']);
});
