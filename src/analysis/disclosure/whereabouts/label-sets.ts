/** Sets of labels (small numbers), each kept once and known by a number: 0 is the empty one. */
export interface LabelSets {
  /** The set of these labels, in any order. */
  of(labels: Iterable<number>): number;
  union(a: number, b: number): number;
  /** Ascending. */
  labels(set: number): readonly number[];
  has(set: number, label: number): boolean;
  readonly count: number;
}

export function createLabelSets(): LabelSets {
  const sets: (readonly number[])[] = [[]];
  const numbers = new Map<string, number>([['', 0]]);
  const unions = new Map<number, number>();
  const intern = (sorted: readonly number[]): number => {
    const key = sorted.join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    sets.push(sorted);
    return sets.length - 1;
  };
  return {
    of: (labels) => intern([...new Set(labels)].sort((a, b) => a - b)),
    union: (a, b) => {
      if (a === b || b === 0) return a;
      if (a === 0) return b;
      const pair = Math.min(a, b) * 0x4000000 + Math.max(a, b);
      const known = unions.get(pair);
      if (known !== undefined) return known;
      const both = intern([...new Set([...sets[a]!, ...sets[b]!])].sort((x, y) => x - y));
      unions.set(pair, both);
      return both;
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
