import type { VersionScheme } from '../../model/ecosystem.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';

/** One step of `a > b@^1 > *`. `*` alone is any number of components; inside a name it is any letters. */
type Step =
  | { readonly any: true }
  | { readonly any?: undefined; readonly name: string; readonly version: string };

export type PathPattern = readonly Step[];

/** Reads `a > b > c` (root's direct dependency first). */
export function parsePathPattern(text: string): PathPattern {
  return text
    .split(/\s*>\s*/)
    .filter((step) => step !== '')
    .map((step) => {
      if (step === '*') return { any: true };
      const at = step.lastIndexOf('@');
      return at > 0 ? { name: step.slice(0, at), version: step.slice(at + 1) } : { name: step, version: '' };
    });
}

/** States that are looked at before giving up; real graphs need a few per component. */
const MOST_STATES = 50_000;

/**
 * Whether every dependency path from the manifest's roots to the node is named by one of the patterns.
 * False when one is not (a new path to an accepted advisory), when no path is known (edges unknown, an orphan), and when the answer
 * would take too long: what cannot be shown to be covered is not. Cycles end, because a component is looked at once for each set of
 * places in the patterns where it may stand.
 */
export function coversAllPaths(
  inventory: Inventory,
  manifest: Manifest,
  target: number,
  patterns: readonly PathPattern[],
  schemeOf: (ecosystem: Inventory['components'][number]['ecosystem']) => VersionScheme,
): boolean {
  const starts = startsOf(manifest);
  if (patterns.every((pattern) => pattern.length > 0 && pattern.every((step) => step.any))) return true;
  if (!manifest.edgesKnown) return false;
  const leadsTo = ancestorsOf(manifest, target);
  const steps = patterns.flatMap((pattern) => [...pattern, undefined]);
  const firsts = patterns
    .reduce<number[]>((all, pattern) => [...all, (all.at(-1) ?? 0) + pattern.length + 1], [0])
    .slice(0, -1);
  const matches = matcher(inventory, manifest, schemeOf);

  /** Adds a place, and those behind it that an `*` may leave out. */
  const enter = (places: Set<number>, place: number): void => {
    for (let at = place; !places.has(at); at++) {
      places.add(at);
      if (steps[at]?.any !== true) return;
    }
  };
  const after = (places: readonly number[], node: number): number[] => {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (step === undefined) continue;
      if (step.any) enter(next, place);
      else if (matches(step.name, step.version, node)) enter(next, place + 1);
    }
    return [...next].sort((a, b) => a - b);
  };

  const first = new Set<number>();
  for (const place of firsts) enter(first, place);
  const initial = [...first];
  const seen = new Set<string>();
  const pending: { readonly node: number; readonly places: readonly number[] }[] = [];
  const visit = (node: number, places: readonly number[]): void => {
    if (!leadsTo.has(node)) return;
    const key = `${node} ${places.join(',')}`;
    if (seen.has(key)) return;
    seen.add(key);
    pending.push({ node, places });
  };
  const isRoot = new Set(manifest.roots);
  for (const node of starts) visit(node, after(initial, node));
  let reached = false;
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const { node, places } = state;
    // No pattern can follow any more, and the target lies ahead.
    if (places.length === 0 || seen.size > MOST_STATES) return false;
    if (node === target) {
      reached = true;
      if (!places.some((place) => steps[place] === undefined)) return false;
    }
    for (let i = manifest.offsets[node]!; i < manifest.offsets[node + 1]!; i++) {
      const next = manifest.targets[i]!;
      if (!isRoot.has(next)) visit(next, after(places, next));
    }
  }
  return reached;
}

/** What the roots ask for; without roots, what is declared directly or may be. Roots themselves are no steps of a path. */
function startsOf(manifest: Manifest): readonly number[] {
  const isRoot = new Set(manifest.roots);
  if (manifest.roots.length === 0)
    return manifest.occurrences.flatMap(({ direct }, node) => (direct === 'no' ? [] : [node]));
  const starts = new Set<number>();
  for (const root of manifest.roots)
    for (let i = manifest.offsets[root]!; i < manifest.offsets[root + 1]!; i++)
      if (!isRoot.has(manifest.targets[i]!)) starts.add(manifest.targets[i]!);
  return [...starts];
}

/** The target and everything from which it can be reached. */
function ancestorsOf(manifest: Manifest, target: number): ReadonlySet<number> {
  const count = manifest.occurrences.length;
  const heads = new Int32Array(count).fill(-1);
  const links = new Int32Array(manifest.targets.length);
  const sources = new Int32Array(manifest.targets.length);
  for (let node = 0; node < count; node++)
    for (let i = manifest.offsets[node]!; i < manifest.offsets[node + 1]!; i++) {
      const to = manifest.targets[i]!;
      sources[i] = node;
      links[i] = heads[to]!;
      heads[to] = i;
    }
  const found = new Set([target]);
  for (const node of found) for (let i = heads[node]!; i !== -1; i = links[i]!) found.add(sources[i]!);
  return found;
}

function matcher(
  inventory: Inventory,
  manifest: Manifest,
  schemeOf: (ecosystem: Inventory['components'][number]['ecosystem']) => VersionScheme,
): (name: string, version: string, node: number) => boolean {
  const answers = new Map<string, boolean>();
  return (name, version, node) => {
    const { component, alias } = manifest.occurrences[node]!;
    const key = `${component} ${alias ?? ''} ${name}@${version}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      const found = inventory.components[component]!;
      answer =
        (likeName(name, found.name) || (alias !== undefined && likeName(name, alias))) &&
        (version === '' ||
          version === '*' ||
          version === found.version ||
          schemeOf(found.ecosystem).satisfies(found.version, version) === true);
      answers.set(key, answer);
    }
    return answer;
  };
}

/** `*` in a name is any letters. Greedy from left to right, which is enough for one kind of wildcard; linear in practice and bounded. */
function likeName(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  const head = parts[0]!;
  const tail = parts.at(-1)!;
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  const end = name.length - tail.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
