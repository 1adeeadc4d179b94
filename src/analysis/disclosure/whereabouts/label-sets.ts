/** Sets of labels (small numbers), each kept once and known by a number: 0 is the empty one. */
export interface LabelSets {
  /** The set of these labels, in any order. */
  of(labels: Iterable<number>): number;
  union(a: number, b: number): number;
  /** Ascending. */
  labels(set: number): Uint32Array;
  has(set: number, label: number): boolean;
  readonly count: number;
}

export function createLabelSets(): LabelSets {
  const sets: Uint32Array[] = [new Uint32Array(0)];
  /** By hash, the set that was kept last; `others` has the one of the same hash that was kept before it, 0 for none. */
  const byHash = new Map<number, number>();
  const others: number[] = [0];
  const unions = new Map<number, number>();
  let both = new Uint32Array(64);

  /** The set of the first `size` labels, ascending. */
  const intern = (sorted: Uint32Array, size: number): number => {
    if (size === 0) return 0;
    const hash = hashOf(sorted, size);
    const latest = byHash.get(hash) ?? 0;
    for (let set = latest; set !== 0; set = others[set]!) if (isSame(sets[set]!, sorted, size)) return set;
    byHash.set(hash, sets.length);
    others.push(latest);
    return sets.push(sorted.slice(0, size)) - 1;
  };
  const unite = (a: Uint32Array, b: Uint32Array): number => {
    if (both.length < a.length + b.length) both = new Uint32Array(2 * (a.length + b.length));
    return intern(both, merge(a, b, both));
  };
  return {
    of: (labels) => {
      const sorted = Uint32Array.from(new Set(labels)).sort();
      return intern(sorted, sorted.length);
    },
    union: (a, b) => {
      if (a === b || b === 0) return a;
      if (a === 0) return b;
      const pair = Math.min(a, b) * 0x4000000 + Math.max(a, b);
      let known = unions.get(pair);
      if (known === undefined) {
        known = unite(sets[a]!, sets[b]!);
        unions.set(pair, known);
      }
      return known;
    },
    labels: (set) => sets[set]!,
    has: (set, label) => {
      const labels = sets[set]!;
      let low = 0;
      let high = labels.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (labels[middle]! < label) low = middle + 1;
        else high = middle;
      }
      return labels[low] === label;
    },
    get count() {
      return sets.length;
    },
  };
}

/** Writes what is in one or both, ascending as they are; gives how many. */
function merge(a: Uint32Array, b: Uint32Array, to: Uint32Array): number {
  let [i, j, size] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i]!, b[j]!];
    to[size++] = Math.min(left, right);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  while (i < a.length) to[size++] = a[i++]!;
  while (j < b.length) to[size++] = b[j++]!;
  return size;
}

function hashOf(labels: Uint32Array, size: number): number {
  let hash = size;
  for (let i = 0; i < size; i++) {
    hash = Math.imul(hash ^ labels[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash | 0;
}

function isSame(set: Uint32Array, sorted: Uint32Array, size: number): boolean {
  if (set.length !== size) return false;
  for (let i = 0; i < size; i++) if (set[i] !== sorted[i]) return false;
  return true;
}
