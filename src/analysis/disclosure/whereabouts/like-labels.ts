/** Labels that the same objects have are everywhere together: what holds for one of them holds for all. */
export interface LikeLabels {
  /** The class of each label. */
  readonly classOf: Int32Array;
  /** The first label of each class, ascending. */
  readonly firsts: readonly number[];
}

/** Puts labels together whose `objects` are the same in the same order: of a file with fifty keys, often all. */
export function likeLabels(labels: readonly { readonly objects: readonly number[] }[]): LikeLabels {
  const classOf = new Int32Array(labels.length);
  const firsts: number[] = [];
  /** By hash, the class that was made last; `others` has the one of the same hash before it, -1 for none. */
  const byHash = new Map<number, number>();
  const others: number[] = [];
  for (const [label, { objects }] of labels.entries()) {
    const hash = hashOf(objects);
    const latest = byHash.get(hash) ?? -1;
    let own = latest;
    while (own !== -1 && !isSame(labels[firsts[own]!]!.objects, objects)) own = others[own]!;
    if (own === -1) {
      own = firsts.push(label) - 1;
      others.push(latest);
      byHash.set(hash, own);
    }
    classOf[label] = own;
  }
  return { classOf, firsts };
}

function hashOf(objects: readonly number[]): number {
  let hash = objects.length;
  for (let i = 0; i < objects.length; i++) {
    hash = Math.imul(hash ^ objects[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash | 0;
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
