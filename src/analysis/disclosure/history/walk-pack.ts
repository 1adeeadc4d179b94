import type { ObjectKind, ObjectStore } from '../../../model/history.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import { RESULT, Status } from '../kernel/module.ts';
import type { Forest } from './forest.ts';
import { adopt, descendants } from './forest.ts';
import type { Losses } from './losses.ts';
import { statusWords } from './losses.ts';
import type { MutableObjectTable } from './object-table.ts';
import type { Output, TextBatch } from './output.ts';
import type { PackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';
import { BLOB, ELSEWHERE, idOfRow, KINDS, TREE } from './pack-table.ts';

/** What reading one pack needs. */
export interface Walk {
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly store: ObjectStore;
  readonly table: PackTable;
  readonly forest: Forest;
  /** The number of the table's first row. */
  readonly first: number;
  readonly objects: MutableObjectTable;
  readonly losses: Losses;
  readonly output: Output;
  readonly kinds: ReadonlySet<ObjectKind>;
  /** The first of equal objects. */
  readonly firstOf: (object: number) => number;
  /** Several read the history: what is in two packs is taken for read where it comes first. Whether it was is asked afterwards. */
  readonly trusts: boolean;
  readonly reader: PackReader;
  /** Of a pack that was read before, what is to be read again: nothing else is given, and no states change. */
  readonly again?: Again | undefined;
  /** Bytes that were rebuilt as bases so far; of the whole pack. */
  readonly budget: { rebuilt: number };
  readonly mostObjectBytes: number;
  readonly mostRebuiltBytes: number;
  readonly lineReach: number;
  /** Rows (1) with which another's piece of the pack starts: they are passed by. */
  readonly starts?: Uint8Array | undefined;
  /** Objects are rebuilt as bases, and nothing else. */
  readonly isSilent?: boolean;
  /** Counts what was left out because it is known: bytes, and objects that have nothing else. */
  readonly leftOut: LeftOut;
}

/** Rows to be read again, and those that lead to them (1). */
export interface Again {
  readonly isWanted: (row: number) => boolean;
  readonly leads: Uint8Array;
}

/** What a delta brought in that was given before, and was of no interest. */
export interface LeftOut {
  bytes: number;
  /** Files of which nothing was given. */
  blobs: number;
  /** Trees that have no entry but those of what they are deltas of. */
  trees: number;
}

/** An object in the kernel's memory whose deltas are being read. */
export interface Held {
  readonly row: number;
  readonly address: number;
  readonly size: number;
  /** Its next child, a place in `Forest.children`. */
  next: number;
  /** Where its children end, when they are but a piece; what git's test of a file said of it, when another reader notes that. */
  readonly end?: number;
  readonly isBinary?: boolean;
}

const LF = 10;
/** No byte is this: no lines are told apart. */
export const NO_LINES = 256;
const SAMPLE = 8000;

/** Notes what of a pack no root leads to. */
export function noteLost({ forest, table, losses }: Pick<Walk, 'forest' | 'table' | 'losses'>): void {
  for (const row of forest.lost)
    losses.note(
      'git/damaged-object',
      'it is no object, or a delta whose base is none',
      idOfRow(table, row),
      0,
    );
}

/** Reads the objects of a pack below its roots `from` … `to - 1`, from each root of deltas down. A delta comes after its base. */
export function* walkPack(walk: Walk, from: number, to: number): Generator<TextBatch, void, undefined> {
  const { forest, output, reader } = walk;
  for (let i = from; i < to; i++) {
    const root = forest.roots[i]!;
    if (walk.again?.leads[root] === 0) continue;
    const isLeaf = forest.starts[root] === forest.starts[root + 1];
    if (output.isDue) yield output.take()!;
    const opened = openRoot(walk, reader, root, isLeaf);
    if (opened === undefined) continue;
    if (isFull(walk, opened.size)) {
      const before = output.take();
      if (before !== undefined) yield before;
    }
    const large = showWhole(walk, root, opened.address, opened.size);
    if (large !== undefined) yield large;
    if (opened.isInOutput) continue;
    yield* walkBelow(walk, {
      row: root,
      address: opened.address,
      size: opened.size,
      next: forest.starts[root]!,
    });
  }
}

/**
 * Reads children `from` … `to - 1` (places in `Forest.children`) of a row that another reads, with what is below them. The row is rebuilt
 * from its root on; nothing is shown or noted of it, but what cannot be read on the way.
 */
export function* walkPiece(
  walk: Walk,
  base: number,
  from: number,
  to: number,
): Generator<TextBatch, void, undefined> {
  const held = rebuildBase({ ...walk, isSilent: true }, base);
  if (held !== undefined) yield* walkBelow(walk, { ...held, next: from, end: to });
}

function rebuildBase(walk: Walk, base: number): Held | undefined {
  const { heap, kernel, table, reader, budget } = walk;
  const path: number[] = [];
  for (let row = base; row >= 0; row = table.bases[row]!) path.push(row);
  const root = path.pop()!;
  const opened = openRoot(walk, reader, root, false);
  if (opened === undefined) return undefined;
  const { address, size } = opened;
  const isBinary = kernel.hasNul(address, Math.min(size, SAMPLE)) === 1;
  let held: Held = { row: root, address, size, next: 0, isBinary };
  for (let row = path.pop(); row !== undefined; row = path.pop()) {
    const built = readDelta(walk, reader, held, row, budget, true);
    heap.free(held.address);
    if (built === undefined || built === FULL) return undefined;
    held = built;
  }
  return held;
}

/** Reads the deltas below an object, and gives its memory up. */
function* walkBelow(walk: Walk, top: Held): Generator<TextBatch, void, undefined> {
  const { heap, forest, output, reader, budget, starts } = walk;
  const stack: Held[] = [top];
  try {
    while (stack.length > 0) {
      const held = stack.at(-1)!;
      const end = held.end ?? forest.starts[held.row + 1]!;
      if (output.isDue) yield output.take()!;
      const row = held.next < end ? forest.children[held.next++]! : -1;
      const isLeft = starts !== undefined && row !== -1 && held.end === undefined && starts[row] === 1;
      const isPassed = row === -1 || isLeft || walk.again?.leads[row] === 0;
      let built = isPassed ? undefined : readDelta(walk, reader, held, row, budget, false);
      if (built === FULL) {
        const full = output.take();
        if (full !== undefined) yield full;
        built = readDelta(walk, reader, held, row, budget, true);
      }
      if (held.next >= end) {
        // Given up before its last child's subtree is read: see `heaviestLast`.
        stack.pop();
        heap.free(held.address);
      }
      if (built !== undefined && built !== FULL) stack.push(built);
    }
  } finally {
    for (const { address } of stack) heap.free(address);
  }
}

interface Opened {
  readonly address: number;
  readonly size: number;
  /** It lies where the output's next text goes; else in memory of its own. */
  readonly isInOutput: boolean;
}

/** The bytes of a root; `undefined` when it cannot be read (which is noted) or is of no wanted kind. */
function openRoot(walk: Walk, reader: PackReader, row: number, isLeaf: boolean): Opened | undefined {
  const { table, kinds, heap, output } = walk;
  if (table.bases[row] === ELSEWHERE) return openElsewhere(walk, row);
  const kind = KINDS[table.kinds[row]!];
  if (kind === undefined || !kinds.has(kind)) return undefined;
  if (isLeaf && isShown(walk, row)) return undefined;
  const size = table.sizes[row]!;
  if (size > walk.mostObjectBytes) {
    lose(walk, row, 'git/too-large', tooLarge(walk));
    return undefined;
  }
  const misstated = reader.misstated(row);
  if (misstated !== undefined) return lose(walk, row, 'git/damaged-object', misstated);
  const isInOutput = isLeaf && size + 1 < output.room;
  const address = isInOutput ? output.next : heap.allocate(size);
  const why = reader.inflate(row, address);
  if (why === undefined) return { address, size, isInOutput };
  if (!isInOutput) heap.free(address);
  lose(walk, row, 'git/damaged-object', why);
  return undefined;
}

/** A delta of something that is not in this pack is rebuilt by the store, and is a root here. */
function openElsewhere(walk: Walk, row: number): Opened | undefined {
  const { table, heap, store } = walk;
  const found = store.object(idOfRow(table, row), walk.mostObjectBytes);
  if (found === undefined) {
    lose(walk, row, 'git/damaged-object', 'it is a delta of an object that is not there');
    return undefined;
  }
  adopt(walk.forest, table, row, KINDS.indexOf(found.kind));
  if (!walk.kinds.has(found.kind)) return undefined;
  const address = heap.allocate(found.bytes.length);
  heap.bytes().set(found.bytes, address);
  return { address, size: found.bytes.length, isInOutput: false };
}

function isFull({ output }: Walk, size: number): boolean {
  return size + 1 >= output.room;
}

/** Adds an object to the output; when it is larger than any batch, it is one by itself, where it lies. */
function showWhole(walk: Walk, row: number, address: number, size: number): TextBatch | undefined {
  const { kernel, heap, objects } = walk;
  const object = walk.first + row;
  const memory = heap.bytes();
  let first = 0;
  for (let i = Math.min(size, 4) - 1; i >= 0; i--) first = first * 256 + memory[address + i]!;
  objects.setContent(object, kernel.hasNul(address, Math.min(size, SAMPLE)) === 1, first);
  if (isShown(walk, row)) return undefined;
  objects.setState(object, 'whole');
  if (size === 0) return undefined;
  if (isFull(walk, size)) return { address, size, runs: Uint32Array.of(address, size, object, 0) };
  kernel.emitWhole(address, size, object);
  return undefined;
}

/** The output has to be handed out first. */
const FULL = 'full';

/**
 * Reads a delta of `held`: its dirty lines go to the output; its whole bytes come back when it is itself a base. No generator:
 * there are millions of deltas. `isEmpty`: the output is, and is made larger when it has no room.
 */
function readDelta(
  walk: Walk,
  reader: PackReader,
  held: Held,
  row: number,
  budget: { rebuilt: number },
  isEmpty: boolean,
): Held | typeof FULL | undefined {
  const { kernel, heap, table, output, forest } = walk;
  const isBase = hasBelow(forest, row, walk.again);
  const isSilent = walk.isSilent === true;
  const isRepeated = isSilent || isShown(walk, row);
  if (!isBase && isRepeated) return undefined;
  const deltaSize = table.sizes[row]!;
  if (deltaSize > walk.mostObjectBytes) return lose(walk, row, 'git/too-large', tooLarge(walk));
  const why = reader.inflateDelta(row);
  if (why !== undefined) return lose(walk, row, 'git/damaged-object', why);
  const { delta } = reader;
  const size = kernel.deltaTargetSize(delta, delta + deltaSize, held.size) >>> 0;
  if (size === NO_SIZE) return lose(walk, row, 'git/damaged-object', statusWords(Status.wrongBase));
  if (size > walk.mostObjectBytes) return lose(walk, row, 'git/too-large', tooLarge(walk));
  if (isBase && budget.rebuilt + size > walk.mostRebuiltBytes)
    return lose(
      walk,
      row,
      'git/too-large',
      `its pack needs more than ${walk.mostRebuiltBytes} bytes rebuilt`,
    );

  const address = isBase || table.kinds[row] === TREE ? heap.allocate(size) : 0;
  let mark = output.mark();
  let status = apply(walk, held, delta, deltaSize, address, size, row);
  if (status === Status.noRoom && isEmpty) {
    // Each instruction makes at most one run, with one line end behind it.
    output.enlarge(size + deltaSize + 64, deltaSize + 1);
    mark = output.mark();
    status = apply(walk, held, delta, deltaSize, address, size, row);
  }
  if (status !== Status.ok) {
    if (address !== 0) heap.free(address);
    if (status === Status.noRoom && !isEmpty) return FULL;
    return lose(walk, row, 'git/damaged-object', statusWords(status));
  }
  if (isBase) budget.rebuilt += size;
  else if (address !== 0) heap.free(address);
  if (isRepeated) output.rewind(mark);
  else if (table.kinds[row] === TREE)
    output.seams.note(walk.first + row, heap.bytes(), delta, delta + deltaSize);
  if (isSilent) return { row, address, size, next: 0, isBinary: isBinaryNow(walk, held) };
  note(walk, held, row, isRepeated ? 'same' : 'delta');
  return isBase ? { row, address, size, next: forest.starts[row]! } : undefined;
}

/** What the kernel says of a delta that fits no base. */
export const NO_SIZE = 0xffffffff;

function apply(
  walk: Walk,
  held: Held,
  delta: number,
  deltaSize: number,
  to: number,
  toSize: number,
  row: number,
): number {
  const { kernel, table, first, store } = walk;
  const end = delta + deltaSize;
  if (table.kinds[row] === TREE)
    return kernel.applyTreeDelta(held.address, held.size, delta, end, to, toSize, first + row, store.idBytes);
  return kernel.applyDelta(
    held.address,
    held.size,
    delta,
    end,
    to,
    toSize,
    first + row,
    LF,
    walk.lineReach,
    table.kinds[row] === BLOB ? walk.output.known : 0,
  );
}

/** Whether deltas of a row are to be read. */
function hasBelow({ starts, children }: Forest, row: number, again: Again | undefined): boolean {
  if (again === undefined) return starts[row] !== starts[row + 1];
  for (let at = starts[row]!; at < starts[row + 1]!; at++) if (again.leads[children[at]!] === 1) return true;
  return false;
}

/** Keeps what the kernel learnt of a delta's result. */
function note(walk: Walk, base: Held, row: number, state: 'same' | 'delta'): void {
  const { objects, first, leftOut } = walk;
  const words = walk.heap.words();
  objects.setContent(first + row, isBinaryNow(walk, base), words[(RESULT + 12) / 4]!);
  if (walk.again !== undefined) return;
  objects.setState(first + row, state);
  const bytes = words[(RESULT + 20) / 4]!;
  if (state === 'same') return;
  leftOut.bytes += bytes;
  if (words[(RESULT + 24) / 4] !== 0) return;
  if (walk.table.kinds[row] === TREE) leftOut.trees++;
  else if (bytes > 0) leftOut.blobs++;
}

/** What git's test says of the result of the delta that the kernel read last. */
function isBinaryNow({ heap, objects, first }: Walk, { row, isBinary }: Held): boolean {
  const seen = heap.words()[(RESULT + 16) / 4]!;
  return (seen & 1) !== 0 || ((seen & 2) === 0 && (isBinary ?? objects.isBinary(first + row)));
}

/** Whether an equal object was shown already; then so is this one. */
function isShown({ firstOf, objects, first, trusts, again }: Walk, row: number): boolean {
  if (again !== undefined) return !again.isWanted(row);
  const same = firstOf(first + row);
  if (same === first + row || (!trusts && objects.stateOf(same) === 'unread')) return false;
  objects.setState(first + row, 'same');
  return true;
}

function lose(
  { losses, table, forest }: Walk,
  row: number,
  code: 'git/damaged-object' | 'git/too-large',
  why: string,
): undefined {
  losses.note(code, why, idOfRow(table, row), descendants(forest, row));
}

function tooLarge({ mostObjectBytes }: Walk): string {
  return `it has more than ${mostObjectBytes} bytes`;
}
