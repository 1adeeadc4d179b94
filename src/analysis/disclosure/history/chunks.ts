import type { Forest } from './forest.ts';
import type { PackTable } from './pack-table.ts';

/** Trees of deltas that lie beside each other in a pack: whole ones, so that nobody has to ask another for a base. */
export interface Chunk {
  /** The number of its pack. */
  readonly pack: number;
  /** Its roots are `forest.roots[from]` … `forest.roots[to - 1]`. */
  readonly from: number;
  readonly to: number;
  /** About how much there is to do. */
  readonly weight: number;
}

/** Into about how many a history is cut: so many that who ends last is not long alone, and so few that each is read in one go. */
const CHUNKS = 256;
/** Smaller ones are not worth the asking. */
const LEAST: number = 1 << 20;
/** What an object costs beside its bytes, in bytes. */
const OBJECT = 512;

/** Cuts packs into chunks, in the order in which they are read by one reader. The same for any number of readers. */
export function cutIntoChunks(
  packs: readonly { readonly table: PackTable; readonly forest: Forest }[],
  least: number = LEAST,
): readonly Chunk[] {
  const weights = packs.map(({ table, forest }) => weightsOfTrees(table, forest));
  const total = weights.reduce((sum, own) => sum + own.reduce((all, one) => all + one, 0), 0);
  const most = Math.max(least, total / CHUNKS);
  const chunks: Chunk[] = [];
  for (const [pack, own] of weights.entries()) {
    let from = 0;
    let weight = 0;
    for (let root = 0; root < own.length; root++) {
      weight += own[root]!;
      if (weight < most && root + 1 < own.length) continue;
      chunks.push({ pack, from, to: root + 1, weight });
      from = root + 1;
      weight = 0;
    }
    // What is no object is told of with the first chunk of a pack.
    if (own.length === 0) chunks.push({ pack, from: 0, to: 0, weight: 0 });
  }
  return chunks;
}

/** The heaviest first; of equals, in their own order. */
export function heaviestFirst(chunks: readonly Chunk[]): Uint32Array {
  return Uint32Array.from(chunks.keys()).sort((a, b) => chunks[b]!.weight - chunks[a]!.weight || a - b);
}

/** For each root what it and the deltas below it come to once they are inflated. */
function weightsOfTrees({ sizes }: PackTable, { roots, starts, children }: Forest): Float64Array {
  const weights = new Float64Array(roots.length);
  const waiting: number[] = [];
  for (let i = 0; i < roots.length; i++) {
    let weight = 0;
    waiting.push(roots[i]!);
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      weight += sizes[row]! + OBJECT;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) waiting.push(children[at]!);
    }
    weights[i] = weight;
  }
  return weights;
}
