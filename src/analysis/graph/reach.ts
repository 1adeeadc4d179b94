import { marked, type Rows } from './rows.ts';
import { cycleGroups } from './search.ts';

/**
 * Which of some sources reach each node, as bits: source number s is bit `s % 32` of word `group[node] * width + (s >> 5)`.
 * A source reaches itself. Nodes of one cycle share their words.
 */
export interface ReachSets {
  /** Words for each group. */
  readonly width: number;
  readonly words: Uint32Array;
  /** By node. */
  readonly group: Uint32Array;
}

/**
 * Reach sets of `sources` over `rows`. Edges out of nodes marked in `stops` are not followed
 * (roots: what a workspace asks for is its own declaration, whoever asks for the workspace).
 * O((nodes + edges) × sources / 32) time and nodes × sources / 8 bytes: for very many sources ask `reachOver` in pieces.
 */
export function reachSets(rows: Rows, sources: ArrayLike<number>, stops?: Uint8Array): ReachSets {
  return reachOver(rows, stops)(sources);
}

/** `reachSets` for several lists of sources over the same rows: what does not depend on them is done once. */
export function reachOver(rows: Rows, stops?: Uint8Array): (sources: ArrayLike<number>) => ReachSets {
  const open = stops === undefined ? rows : withoutRows(rows, stops);
  const { of, groups } = cycleGroups(open);
  const condensed = betweenGroups(open, groups, of);
  return (sources) => {
    const width = Math.max(1, Math.ceil(sources.length / 32));
    const words = new Uint32Array(groups * width);
    for (let source = 0; source < sources.length; source++)
      words[of[sources[source]!]! * width + (source >> 5)]! |= 1 << (source & 31);
    // Edges lead to smaller groups: from the largest down, every group is complete before it hands on.
    for (let group = groups - 1; group >= 0; group--) {
      const from = group * width;
      for (let i = condensed.offsets[group]!; i < condensed.offsets[group + 1]!; i++) {
        const to = condensed.targets[i]! * width;
        for (let w = 0; w < width; w++) words[to + w]! |= words[from + w]!;
      }
    }
    return { width, words, group: of };
  };
}

/** Numbers of the sources that reach a node, ascending; of the first `most` of them. */
export function sourcesOf(sets: ReachSets, node: number, most: number = Infinity): number[] {
  const found: number[] = [];
  eachSource(sets, node, (source) => found.push(source) < most);
  return found;
}

/** Hears of the sources that reach a node, ascending, until it answers false. */
export function eachSource(
  { width, words, group }: ReachSets,
  node: number,
  hear: (source: number) => boolean,
): void {
  const start = group[node]! * width;
  for (let w = 0; w < width; w++)
    for (let bits = words[start + w]!; bits !== 0; bits &= bits - 1)
      if (!hear(w * 32 + 31 - Math.clz32(bits & -bits))) return;
}

/** How many sources reach each node. O(nodes × sources / 32). */
export function sourceCounts({ width, words, group }: ReachSets): Uint32Array {
  const ofGroup = new Uint32Array(words.length / width);
  for (let g = 0; g < ofGroup.length; g++)
    for (let w = 0; w < width; w++) ofGroup[g]! += ones(words[g * width + w]!);
  const counts = new Uint32Array(group.length);
  for (let node = 0; node < counts.length; node++) counts[node] = ofGroup[group[node]!]!;
  return counts;
}

/**
 * How many of the nodes marked in `counted` each source reaches. O(nodes × sources / 32), whatever the sets hold:
 * 32 counters stand side by side, plane k holding bit k of each, and eight words at a time are added to all of them
 * by carry-save adders (Harley and Seal; Warren, Hacker's Delight, 5-1).
 */
export function nodeCounts(
  { width, words, group }: ReachSets,
  counted: Uint8Array,
  sources: number,
): Uint32Array {
  const rows = marked(counted);
  for (let i = 0; i < rows.length; i++) rows[i] = group[rows[i]!]! * width;
  const planes = new Uint32Array(width * 32);
  const whole = rows.length - (rows.length % 8);
  for (let i = 0; i < whole; i += 8)
    for (let w = 0; w < width; w++) {
      const p = w * 32;
      const a = words[rows[i]! + w]!;
      const b = words[rows[i + 1]! + w]!;
      const c = words[rows[i + 2]! + w]!;
      const d = words[rows[i + 3]! + w]!;
      const e = words[rows[i + 4]! + w]!;
      const f = words[rows[i + 5]! + w]!;
      const g = words[rows[i + 6]! + w]!;
      const h = words[rows[i + 7]! + w]!;
      let one = planes[p]!;
      const ab = (one & a) | ((one ^ a) & b);
      one ^= a ^ b;
      const cd = (one & c) | ((one ^ c) & d);
      one ^= c ^ d;
      const ef = (one & e) | ((one ^ e) & f);
      one ^= e ^ f;
      const gh = (one & g) | ((one ^ g) & h);
      planes[p] = one ^ g ^ h;
      let two = planes[p + 1]!;
      const abcd = (two & ab) | ((two ^ ab) & cd);
      two ^= ab ^ cd;
      const efgh = (two & ef) | ((two ^ ef) & gh);
      planes[p + 1] = two ^ ef ^ gh;
      const four = planes[p + 2]!;
      planes[p + 2] = four ^ abcd ^ efgh;
      carryInto(planes, p + 3, (four & abcd) | ((four ^ abcd) & efgh));
    }
  for (let i = whole; i < rows.length; i++)
    for (let w = 0; w < width; w++) carryInto(planes, w * 32, words[rows[i]! + w]!);
  const counts = new Uint32Array(sources);
  for (let source = 0; source < sources; source++) {
    const p = (source >> 5) * 32;
    // No plane can be in use above the number of nodes.
    for (let k = 31 - Math.clz32(rows.length); k >= 0; k--)
      counts[source] = counts[source]! * 2 + ((planes[p + k]! >>> (source & 31)) & 1);
  }
  return counts;
}

function carryInto(planes: Uint32Array, plane: number, word: number): void {
  for (let carry = word, k = plane; carry !== 0; k++) {
    const before = planes[k]!;
    planes[k] = before ^ carry;
    carry &= before;
  }
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function withoutRows({ count, offsets, targets }: Rows, stops: Uint8Array): Rows {
  const kept = new Uint32Array(targets.length);
  const starts = new Uint32Array(count + 1);
  let end = 0;
  for (let node = 0; node < count; node++) {
    if (!stops[node]) for (let i = offsets[node]!; i < offsets[node + 1]!; i++) kept[end++] = targets[i]!;
    starts[node + 1] = end;
  }
  return { count, offsets: starts, targets: kept.subarray(0, end) };
}

/** The graph of the groups, without edges inside one. */
function betweenGroups({ count, offsets, targets }: Rows, groups: number, of: Uint32Array): Rows {
  const starts = new Uint32Array(groups + 1);
  for (let node = 0; node < count; node++)
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++)
      if (of[targets[i]!] !== of[node]) starts[of[node]! + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const kept = new Uint32Array(starts[groups]!);
  for (let node = 0; node < count; node++)
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = of[targets[i]!]!;
      if (target !== of[node]) kept[next[of[node]!]!++] = target;
    }
  return { count: groups, offsets: starts, targets: kept };
}
