import type { VersionScheme } from '../../model/ecosystem.ts';
import type { Place, Places } from '../findings/occurrences.ts';
import type { Bringers } from './bringers.ts';

/** A place that asks for a vulnerable component with a range that does not admit its fix. */
export interface Refusal extends Place {
  /** Name of the vulnerable component. */
  readonly asked: string;
  readonly range: string;
}

/** A direct dependency that has to move before a fix can come in. */
export interface Blocker {
  /** `name@version`. */
  readonly name: string;
  /** Steps between it and the range that refuses: 0 when that is its own. */
  readonly distance: number;
  /** Who refuses, in words: `b@1.0.0 asks for a ~1.2`. */
  readonly refusal: string;
}

/**
 * For each list of refusals the direct dependencies that must move so that those ranges change, each with the nearest of them;
 * ordered by name. What asks for a refuser with a range that leaves no room for another version must move with it; what leaves
 * it room need not, so it is followed only where nothing above is tighter. O(direct dependencies × edges above refusers).
 */
export function blockersOf(
  lists: readonly (readonly Refusal[])[],
  places: Places,
  bringers: Bringers,
  versions: VersionScheme,
): (readonly Blocker[])[] {
  const refusers = new Map<number, Set<number>>();
  for (const { manifest, node } of lists.flat()) {
    const nodes = refusers.get(manifest);
    if (nodes === undefined) refusers.set(manifest, new Set([node]));
    else nodes.add(node);
  }
  const above = new Map(
    [...refusers].map(([manifest, nodes]) => [
      manifest,
      directsAbove(manifest, [...nodes], places, bringers, versions),
    ]),
  );
  return lists.map((refusals) => nearest(refusals, above, bringers));
}

/** Names and distances, one after the other. */
interface Directs {
  readonly names: string[];
  readonly distances: number[];
}

function nearest(
  refusals: readonly Refusal[],
  above: ReadonlyMap<number, ReadonlyMap<number, Directs>>,
  bringers: Bringers,
): readonly Blocker[] {
  const found = new Map<string, Blocker>();
  for (const refusal of refusals) {
    const { names, distances } = above.get(refusal.manifest)!.get(refusal.node)!;
    const words = `${bringers.label(refusal)} asks for ${refusal.asked} ${refusal.range}`;
    names.forEach((name, i) => {
      const distance = distances[i]!;
      const known = found.get(name);
      const order = known === undefined ? -1 : distance - known.distance;
      if (order < 0 || (order === 0 && words < known!.refusal))
        found.set(name, { name, distance, refusal: words });
    });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** For each refuser the direct dependencies above it (or itself), by walking down from each of them what leads to refusers. */
function directsAbove(
  at: number,
  refusers: readonly number[],
  places: Places,
  bringers: Bringers,
  versions: VersionScheme,
): ReadonlyMap<number, Directs> {
  const count = places.inventory.manifests[at]!.occurrences.length;
  const found = new Map(refusers.map((node): [number, Directs] => [node, { names: [], distances: [] }]));
  const { directs, below } = waysDown(at, refusers, places, versions);
  const walked = new Int32Array(count).fill(-1);
  directs.forEach((direct, turn) => {
    const name = bringers.label({ manifest: at, node: direct });
    walked[direct] = turn;
    let round = [direct];
    for (let distance = 0; round.length > 0; distance++) {
      const next: number[] = [];
      for (const node of round) {
        const refuser = found.get(node);
        if (refuser !== undefined) {
          refuser.names.push(name);
          refuser.distances.push(distance);
        }
        for (const child of below.get(node) ?? [])
          if (walked[child] !== turn) {
            walked[child] = turn;
            next.push(child);
          }
      }
      round = next;
    }
  });
  return found;
}

/** Direct dependencies above refusers, and below each node those that lead from them to refusers. */
function waysDown(
  at: number,
  refusers: readonly number[],
  places: Places,
  versions: VersionScheme,
): { readonly directs: readonly number[]; readonly below: ReadonlyMap<number, readonly number[]> } {
  const { occurrences, ranges } = places.inventory.manifests[at]!;
  const witnesses = places.witnesses(at);
  const isTight = pinTest(versions);
  const directs: number[] = [];
  const below = new Map<number, number[]>();
  const stack = [...refusers];
  const seen = new Set(stack);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (occurrences[node]!.direct === 'yes') {
      directs.push(node);
      continue;
    }
    const { version } = places.inventory.components[occurrences[node]!.component]!;
    const all = witnesses.askers(node);
    const tight = all.filter(({ edge }) => isTight(ranges[edge]!, version));
    for (const { from } of tight.length > 0 ? tight : all) {
      const children = below.get(from);
      if (children === undefined) below.set(from, [node]);
      else children.push(node);
      if (seen.has(from)) continue;
      seen.add(from);
      stack.push(from);
    }
  }
  return { directs, below };
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
  return numbers.every((number, at) => {
    const raised = [...numbers.slice(0, at), number + 1, ...numbers.slice(at + 1).fill(0)].join('.');
    return versions.satisfies(raised, range) === false;
  });
}
