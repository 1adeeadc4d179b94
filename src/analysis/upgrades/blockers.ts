import type { VersionScheme } from '../../model/ecosystem.ts';
import type { Place, Places } from '../findings/occurrences.ts';
import type { Bringers } from './bringers.ts';

/** A place that asks for a vulnerable component with a range that does not admit its fix. */
export interface Refusal extends Place {
  /** Name of the vulnerable component. */
  readonly asked: string;
  readonly range: string;
}

/**
 * The direct dependencies that have to move before a fix can come in, ordered by name. Columns, side by side: there may be
 * hundreds of them for each of hundreds of components.
 */
export interface Blockers {
  /** Positions in `table`, ascending. */
  readonly names: Uint32Array;
  /** Steps between each and the range that refuses: 0 when that is its own. */
  readonly distances: readonly number[];
  /** Who refuses, for each: a position in `words`. */
  readonly by: readonly number[];
  /** Who refuses, in words: `b@1.0.0 asks for a ~1.2`. */
  readonly words: readonly string[];
  /** `name@version`, sorted; one for all lists that were asked for together. */
  readonly table: readonly string[];
}

/**
 * For each list of refusals the direct dependencies that must move so that those ranges change, each with the nearest of them;
 * ordered by name. What asks for a refuser with a range that leaves no room for another version must move with it; what leaves
 * it room need not, so it is followed only where nothing above is tighter. O(direct dependencies × edges above refusers) at worst;
 * 32 direct dependencies are followed at once.
 */
export function blockersOf(
  lists: readonly (readonly Refusal[])[],
  places: Places,
  bringers: Bringers,
  versions: VersionScheme,
): Blockers[] {
  const refusers = new Map<number, Set<number>>();
  for (const refusals of lists)
    for (const { manifest, node } of refusals) {
      const nodes = refusers.get(manifest);
      if (nodes === undefined) refusers.set(manifest, new Set([node]));
      else nodes.add(node);
    }
  const isTight = pinTest(versions);
  const ways = [...refusers].map(([manifest, nodes]) => ({
    manifest,
    ...waysDown(manifest, [...nodes], places, bringers, isTight),
  }));
  const names = [...new Set(ways.flatMap(({ labels }) => labels))].sort();
  const rank = new Map(names.map((name, i) => [name, i]));
  const above = new Map(
    ways.map((way) => [
      way.manifest,
      directsAbove(
        way,
        way.labels.map((label) => rank.get(label)!),
      ),
    ]),
  );
  const best = { distance: new Uint32Array(names.length), by: new Int32Array(names.length) };
  return lists.map((refusals) => nearest(refusals, above, names, best, bringers));
}

/** Direct dependencies above a refuser: positions in the names, and distances, side by side. */
interface Directs {
  readonly names: number[];
  readonly distances: number[];
}

function nearest(
  refusals: readonly Refusal[],
  above: ReadonlyMap<number, ReadonlyMap<number, Directs>>,
  names: readonly string[],
  best: { readonly distance: Uint32Array; readonly by: Int32Array },
  bringers: Bringers,
): Blockers {
  // In the order of their words, so that of several as near the first in that order stays.
  const worded = refusals
    .map((refusal) => ({
      directs: above.get(refusal.manifest)!.get(refusal.node)!,
      words: `${bringers.label(refusal)} asks for ${refusal.asked} ${refusal.range}`,
    }))
    .sort((a, b) => (a.words < b.words ? -1 : a.words > b.words ? 1 : 0));
  const found: number[] = [];
  const { by: bestBy, distance: bestDistance } = best;
  worded.forEach(({ directs }, by) => {
    const { names, distances } = directs;
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      const distance = distances[i]!;
      if (bestBy[name] === 0) found.push(name);
      else if (distance >= bestDistance[name]!) continue;
      bestBy[name] = by + 1;
      bestDistance[name] = distance;
    }
  });
  const ascending = Uint32Array.from(found).sort();
  const blockers = {
    names: ascending,
    distances: Array.from(ascending, (name) => best.distance[name]!),
    by: Array.from(ascending, (name) => best.by[name]! - 1),
    words: worded.map(({ words }) => words),
    table: names,
  };
  for (const name of found) best.by[name] = 0;
  return blockers;
}

/** What leads from direct dependencies to refusers; nodes are numbered anew, the refusers first. */
interface Ways {
  readonly refusers: readonly number[];
  /** Of all nodes. */
  readonly count: number;
  readonly directs: readonly number[];
  /** `name@version`, side by side with `directs`. */
  readonly labels: readonly string[];
  /** Edges down, side by side. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** For each refuser, by its node, the direct dependencies above it (or itself) with their distances. */
function directsAbove(
  { refusers, count, directs, from, to }: Ways,
  names: readonly number[],
): ReadonlyMap<number, Directs> {
  const found = refusers.map((): Directs => ({ names: [], distances: [] }));
  const rows = rowsOf(count, from, to);
  let arrived = new Uint32Array(count);
  let arriving = new Uint32Array(count);
  for (let first = 0; first < directs.length; first += 32) {
    // Of 32 direct dependencies, a bit each, those that a node was reached from.
    const seen = new Uint32Array(count);
    let round = directs.slice(first, first + 32);
    round.forEach((direct, bit) => (seen[direct] = arrived[direct] = 1 << bit));
    for (let distance = 0; round.length > 0; distance++) {
      const next: number[] = [];
      for (const node of round) {
        const bits = arrived[node]!;
        arrived[node] = 0;
        if (node < found.length) hear(found[node]!, names, first, bits, distance);
        handOn(bits, node, rows, seen, arriving, next);
      }
      [arrived, arriving, round] = [arriving, arrived, next];
    }
  }
  return new Map(refusers.map((node, i) => [node, found[i]!]));
}

/** A function of its own, since V8 optimises what is called often long before a loop that runs once. */
function handOn(
  bits: number,
  node: number,
  { offsets, targets }: ReturnType<typeof rowsOf>,
  seen: Uint32Array,
  arriving: Uint32Array,
  next: number[],
): void {
  const end = offsets[node + 1]!;
  for (let i = offsets[node]!; i < end; i++) {
    const child = targets[i]!;
    const before = seen[child]!;
    const fresh = bits & ~before;
    if (fresh === 0) continue;
    if (arriving[child] === 0) next.push(child);
    arriving[child]! |= fresh;
    seen[child] = before | fresh;
  }
}

function hear(
  directs: Directs,
  names: readonly number[],
  first: number,
  bits: number,
  distance: number,
): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    directs.names.push(names[first + 31 - Math.clz32(left & -left)]!);
    directs.distances.push(distance);
  }
}

function rowsOf(
  count: number,
  from: readonly number[],
  to: readonly number[],
): { readonly offsets: Uint32Array; readonly targets: Uint32Array } {
  const offsets = new Uint32Array(count + 1);
  for (const node of from) offsets[node + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const targets = new Uint32Array(to.length);
  for (let i = 0; i < to.length; i++) targets[next[from[i]!]!++] = to[i]!;
  return { offsets, targets };
}

/** Goes up from the refusers to direct dependencies, by the tightest ranges. */
function waysDown(
  at: number,
  refusers: readonly number[],
  places: Places,
  bringers: Bringers,
  isTight: (range: string, version: string) => boolean,
): Ways {
  const { occurrences, ranges } = places.inventory.manifests[at]!;
  const witnesses = places.witnesses(at);
  const directs: number[] = [];
  const labels: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const nodes = [...refusers];
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  for (let number = 0; number < nodes.length; number++) {
    const node = nodes[number]!;
    if (occurrences[node]!.direct === 'yes') {
      directs.push(number);
      labels.push(bringers.label({ manifest: at, node }));
      continue;
    }
    const { version } = places.inventory.components[occurrences[node]!.component]!;
    const all = witnesses.askers(node);
    const tight = all.length < 2 ? all : all.filter(({ edge }) => isTight(ranges[edge]!, version));
    for (const asker of tight.length > 0 ? tight : all) {
      let above = numbers.get(asker.from);
      if (above === undefined) {
        numbers.set(asker.from, (above = nodes.length));
        nodes.push(asker.from);
      }
      from.push(above);
      to.push(number);
    }
  }
  return { refusers, count: nodes.length, directs, labels, from, to };
}

/** Tells whether a range leaves a component no version after its own: none with any of its numbers raised. */
function pinTest(versions: VersionScheme): (range: string, version: string) => boolean {
  const known = new Map<string, boolean>();
  return (range, version) => {
    const key = `${version}\0${range}`;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = isPin(range, version, versions)));
    return answer;
  };
}

function isPin(range: string, version: string, versions: VersionScheme): boolean {
  const numbers = /^\D{0,2}(\d{1,9}(?:\.\d{1,9}){0,5})/.exec(version)?.[1]?.split('.').map(Number);
  if (range === '' || numbers === undefined) return false;
  // From the last on: most ranges admit a later patch, and one answer is then enough.
  for (let at = numbers.length - 1; at >= 0; at--) {
    const raised = [...numbers.slice(0, at), numbers[at]! + 1, ...numbers.slice(at + 1).fill(0)].join('.');
    if (versions.satisfies(raised, range) !== false) return false;
  }
  return true;
}
