import type { Forest } from './forest.ts';
import type { PackTable } from './pack-table.ts';
import { BLOB } from './pack-table.ts';

/** Trees of deltas that lie beside each other in a pack: whole ones, or a piece of one that is too heavy for one reader. */
export interface Chunk {
  /** The number of its pack. */
  readonly pack: number;
  /** Its roots are `forest.roots[from]` … `forest.roots[to - 1]`; of a piece with a `base` these are places in `forest.children`. */
  readonly from: number;
  readonly to: number;
  /** About how much there is to do. */
  readonly weight: number;
  /** The row whose children `from` … `to - 1` it has, with all below them that is in no piece of its own. The base itself is another's. */
  readonly base?: number;
  /** It is not a whole tree: a piece, or what is left of a tree that has some. */
  readonly isPart?: boolean;
}

/** Into about how many a history is cut: so many that who ends last is not long alone, and so few that each is read in one go. */
const CHUNKS = 256;
/** Smaller ones are not worth the asking. */
const LEAST: number = 1 << 20;
/** What an object costs beside its bytes, in bytes. */
const OBJECT = 512;
/** A tree is cut when it is more than this part of one reader's share, for then others would wait for it; into pieces of that part. */
const HEAVY = 0.9;
const PIECE = 0.25;

/**
 * Cuts packs into chunks, in the order in which they are read by one reader; pieces come behind what is left of their tree. How many
 * `readers` there are decides which trees are cut, and nothing else.
 */
export function cutIntoChunks(
  packs: readonly { readonly table: PackTable; readonly forest: Forest }[],
  readers: number,
  least: number = LEAST,
): readonly Chunk[] {
  const weights = packs.map(({ table, forest }) => weightsOfTrees(table, forest));
  const total = weights.reduce((sum, own) => sum + own.reduce((all, one) => all + one, 0), 0);
  const most = Math.max(least, total / CHUNKS);
  const heavy = readers < 2 ? Number.POSITIVE_INFINITY : Math.max(least, (total * HEAVY) / readers);
  const piece = Math.max(least, (total * PIECE) / readers);
  const chunks: Chunk[] = [];
  for (const [pack, own] of weights.entries()) {
    let from = 0;
    let weight = 0;
    const { table, forest } = packs[pack]!;
    const close = (to: number): void => {
      if (to > from) chunks.push({ pack, from, to, weight });
      from = to;
      weight = 0;
    };
    for (let root = 0; root < own.length; root++) {
      // Of files only: nothing that is learnt of them has an order.
      if (own[root]! > heavy && table.kinds[forest.roots[root]!] === BLOB) {
        const pieces = cutTree(table, forest, forest.roots[root]!, piece);
        if (pieces.length > 0) {
          close(root);
          const rest = own[root]! - pieces.reduce((sum, one) => sum + one.weight, 0);
          chunks.push({ pack, from: root, to: root + 1, weight: rest, isPart: true });
          for (const one of pieces) chunks.push({ ...one, pack, isPart: true });
          from = root + 1;
          continue;
        }
      }
      weight += own[root]!;
      if (weight >= most) close(root + 1);
    }
    close(own.length);
    // What is no object is told of with the first chunk of a pack.
    if (own.length === 0) chunks.push({ pack, from: 0, to: 0, weight: 0 });
  }
  return chunks;
}

/** Of a pack, 1 for the rows with which a piece of its own starts; `undefined` when there are none. */
export function startsOfPieces(
  chunks: readonly Chunk[],
  pack: number,
  { children, starts }: Forest,
): Uint8Array | undefined {
  let cut: Uint8Array | undefined;
  for (const chunk of chunks) {
    if (chunk.pack !== pack || chunk.base === undefined) continue;
    cut ??= new Uint8Array(starts.length - 1);
    for (let at = chunk.from; at < chunk.to; at++) cut[children[at]!] = 1;
  }
  return cut;
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

/**
 * Pieces of a tree, each neighbours among one row's children with what is below them: of at least `least`, and of not much more than twice
 * that, where no object by itself is heavier. From the leaves up, so that what is left of the tree is what others hang on.
 */
function cutTree(
  { sizes }: PackTable,
  { starts, children }: Forest,
  root: number,
  least: number,
): (Omit<Chunk, 'pack'> & { readonly base: number })[] {
  const rows = [root];
  for (let i = 0; i < rows.length; i++)
    for (let at = starts[rows[i]!]!; at < starts[rows[i]! + 1]!; at++) rows.push(children[at]!);
  const weights = new Float64Array(sizes.length);
  const pieces: (Omit<Chunk, 'pack'> & { readonly base: number })[] = [];
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    let from = starts[row]!;
    let weight = 0;
    for (let at = from; at < starts[row + 1]!; at++) {
      weight += weights[children[at]!]!;
      if (weight < least) continue;
      pieces.push({ base: row, from, to: at + 1, weight });
      from = at + 1;
      weight = 0;
    }
    weights[row] = weight + sizes[row]! + OBJECT;
  }
  return pieces;
}
