import type { EdgeChange, EdgeState } from '../../model/comparison.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { scopesOf } from '../graph/scopes.ts';
import type { FilePair, FileView } from './files.ts';

/** The edge changes of one pair of files. */
export interface FileEdges {
  readonly path: string;
  readonly changes: readonly Omit<EdgeChange, 'files'>[];
}

interface Edge {
  readonly ecosystem: EcosystemId;
  readonly from: string;
  readonly declared: boolean;
  readonly to: string;
  kinds: number;
  readonly ranges: Set<string>;
}

/** Edges by names, not versions: what a parent asks for is news, that it moved itself is not. O(edges) plus sorting of what changed. */
export function compareEdges({ base, head }: FilePair): FileEdges {
  const numbers = new Map<string, number>();
  const before = base === undefined ? new Map<number, Edge>() : edgesOf(base, numbers);
  const after = head === undefined ? new Map<number, Edge>() : edgesOf(head, numbers);
  const changes: Omit<EdgeChange, 'files'>[] = [];
  for (const [key, edge] of after) {
    const was = before.get(key);
    if (was === undefined) changes.push({ kind: 'added', ...partsOf(edge), after: stateOf(edge) });
    else if (!sameSet(was.ranges, edge.ranges))
      changes.push({ kind: 'range', ...partsOf(edge), before: stateOf(was), after: stateOf(edge) });
    else if (was.kinds !== edge.kinds)
      changes.push({ kind: 'scope', ...partsOf(edge), before: stateOf(was), after: stateOf(edge) });
  }
  for (const [key, edge] of before)
    if (!after.has(key)) changes.push({ kind: 'removed', ...partsOf(edge), before: stateOf(edge) });
  return { path: (head ?? base)!.manifest.path, changes };
}

/** By a number for the pair of names; `numbers` is shared by both sides. */
function edgesOf({ inventory, manifest }: FileView, numbers: Map<string, number>): Map<number, Edge> {
  const { occurrences, offsets, targets, kinds, ranges } = manifest;
  const nameNumbers = occurrences.map(({ component }) => {
    const { ecosystem, name, origin } = inventory.components[component]!;
    const key = origin === 'project' ? '' : `${ecosystem}\0${name}`;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    return number;
  });
  const edges = new Map<number, Edge>();
  occurrences.forEach(({ component }, node) => {
    const parent = inventory.components[component]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      // Names are fewer than 2^26 in any file that fits in memory: the product is exact.
      const key = nameNumbers[node]! * 0x4000000 + nameNumbers[target]!;
      let edge = edges.get(key);
      if (edge === undefined) {
        const child = inventory.components[occurrences[target]!.component]!;
        const own = parent.origin === 'project';
        edge = {
          ecosystem: child.ecosystem,
          from: own ? '' : parent.name,
          declared: own || parent.origin === 'workspace',
          to: child.name,
          kinds: 0,
          ranges: new Set(),
        };
        edges.set(key, edge);
      }
      edge.kinds |= 1 << kinds[i]!;
      if (ranges[i] !== '') edge.ranges.add(ranges[i]!);
    }
  });
  return edges;
}

/** Equal changes of several files are one. Declared ones first, then by names. */
export function foldEdges(files: readonly FileEdges[]): EdgeChange[] {
  const folded = new Map<string, { change: Omit<EdgeChange, 'files'>; files: Set<string> }>();
  for (const { path, changes } of files)
    for (const change of changes) {
      const key = JSON.stringify(change);
      const known = folded.get(key);
      if (known === undefined) folded.set(key, { change, files: new Set([path]) });
      else known.files.add(path);
    }
  return [...folded]
    .sort(
      ([x, { change: a }], [y, { change: b }]) =>
        Number(b.declared) - Number(a.declared) ||
        compareText(a.from, b.from) ||
        compareText(a.to, b.to) ||
        compareText(x, y),
    )
    .map(([, { change, files: paths }]) => ({ ...change, files: [...paths].sort() }));
}

const partsOf = ({ ecosystem, from, declared, to }: Edge) => ({ ecosystem, from, declared, to });

const stateOf = ({ ranges, kinds }: Edge): EdgeState => ({
  ranges: [...ranges].sort(),
  scopes: scopesOf(kinds),
});

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
