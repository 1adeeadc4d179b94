import type { Purl } from '../../../model/component.ts';
import { SCOPES, type Scope } from '../../../model/extractor.ts';
import type { Direct, Inventory, Manifest } from '../../../model/inventory.ts';
import type { Random } from '../../text/testing/random.ts';
import type { Rows } from '../rows.ts';

/** `from → to`, kind, range. */
export type TestEdge = readonly [from: number, to: number, kind?: Scope, range?: string];

/**
 * A manifest whose occurrence i is component `components[i]` (default: i). Occurrences below `roots` are roots.
 */
export function manifestOf(
  count: number,
  roots: number,
  edges: readonly TestEdge[],
  more: {
    readonly components?: readonly number[];
    readonly edgesKnown?: boolean;
    readonly direct?: (occurrence: number) => Direct;
  } = {},
): Manifest {
  const sorted = edges.map((edge, i) => [edge, i] as const).sort(([a, i], [b, j]) => a[0] - b[0] || i - j);
  const offsets = new Uint32Array(count + 1);
  for (const [from] of edges) offsets[from + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  return {
    path: 'package-lock.json',
    extractor: 'npm/package-lock',
    role: 'lock',
    edgesKnown: more.edgesKnown ?? true,
    covers: [],
    occurrences: Array.from({ length: count }, (_, i) => ({
      component: more.components?.[i] ?? i,
      line: i + 1,
      direct: more.direct?.(i) ?? 'unknown',
      scopes: [],
    })),
    roots: Array.from({ length: roots }, (_, i) => i),
    offsets,
    targets: Uint32Array.from(sorted, ([[, to]]) => to),
    kinds: Uint8Array.from(sorted, ([[, , kind]]) => SCOPES.indexOf(kind ?? 'prod')),
    ranges: sorted.map(([[, , , range]]) => range ?? ''),
    observations: [],
  };
}

/** The manifest alone, with components `c0000@1.0.0`, …; those of its roots are projects. `names` gives others by component. */
export function inventoryOf(
  manifest: Manifest,
  names: Readonly<Record<number, readonly [name: string, version: string]>> = {},
): Inventory {
  const own = new Set(manifest.roots.map((root) => manifest.occurrences[root]!.component));
  const most = manifest.occurrences.reduce((top, { component }) => Math.max(top, component + 1), 0);
  return {
    components: Array.from({ length: most }, (_, i) => {
      const [name, version] = names[i] ?? [`c${String(i).padStart(4, '0')}`, '1.0.0'];
      return {
        purl: `pkg:npm/${name}@${version}` as Purl,
        ecosystem: 'npm',
        name,
        version,
        origin: own.has(i) ? 'workspace' : 'registry',
        licences: [],
      };
    }),
    manifests: [manifest],
    problems: [],
  };
}

/** Up to 12 occurrences of fewer components, up to three roots, cycles, self-edges, parallel edges and unreached parts. */
export function randomManifest(random: Random): Manifest {
  const count = 1 + random(12);
  const roots = Math.min(count, random(4));
  const copies = random(3) === 0;
  const components = Array.from({ length: count }, (_, i) =>
    copies && i >= roots && random(3) === 0 ? roots + random(Math.max(1, count - roots)) : i,
  );
  const edges = Array.from({ length: random(count * 3) }, (): TestEdge => [
    random(count),
    random(count),
    SCOPES[random(SCOPES.length)]!,
    ['', '^1', '^2'][random(3)]!,
  ]);
  return manifestOf(count, roots, edges, { components });
}

/** The targets of every node. */
export function lists({ count, offsets, targets }: Rows): number[][] {
  return Array.from({ length: count }, (_, node) => [...targets.subarray(offsets[node], offsets[node + 1])]);
}

/** Nodes reached from `start`, it included, by the plainest search there is; `admits` says which edges may be taken. */
export function reachable(
  rows: readonly (readonly number[])[],
  start: number,
  admits: (from: number, to: number) => boolean = () => true,
): Set<number> {
  const seen = new Set([start]);
  for (const node of seen) for (const target of rows[node]!) if (admits(node, target)) seen.add(target);
  return seen;
}
