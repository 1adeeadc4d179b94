import type { ObjectStore } from '../../../model/history.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import { Status } from '../kernel/module.ts';
import type { Forest } from './forest.ts';
import { rowsLeadingTo } from './forest.ts';
import type { Output } from './output.ts';
import type { PackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';
import { ELSEWHERE, idOfRow } from './pack-table.ts';
import type { Held } from './walk-pack.ts';
import { NO_LINES, NO_SIZE } from './walk-pack.ts';

/** Rebuilding some of a pack's objects whole. */
export interface Rebuilding {
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly store: ObjectStore;
  readonly table: PackTable;
  readonly forest: Forest;
  readonly reader: PackReader;
  readonly output: Output;
  readonly isWanted: (row: number) => boolean;
  /** Bytes of the largest object that is given, and of the largest base. */
  readonly most: number;
  readonly mostOfBase: number;
  /** Bytes that may be rebuilt. */
  readonly mostRebuiltBytes: number;
  /** The bytes are in the kernel's memory, until the visitor returns; it may make that grow. */
  readonly visit: (row: number, address: number, size: number) => void;
  readonly lost: (row: number) => void;
}

/** What is brought in is of no interest: nothing is shown beside it. */
const NO_REACH = 0;
const NOTHING_KNOWN = 0;

/** Visits the wanted objects of a pack, each base once, in the order of `walkPack`; says which cannot be had. */
export function rebuildInPack(rebuilding: Rebuilding): void {
  const { heap, table, forest, reader, isWanted } = rebuilding;
  const leads = rowsLeadingTo(table, (want) => {
    for (let row = 0; row < table.count; row++) if (isWanted(row)) want(row);
  });
  const stack: Held[] = [];
  const budget = { left: rebuilding.mostRebuiltBytes };

  const nextChild = (row: number, from: number): number => {
    const end = forest.starts[row + 1]!;
    let at = from;
    while (at < end && leads[forest.children[at]!] === 0) at++;
    return at;
  };
  const lose = (row: number): void => {
    const waiting = [row];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (isWanted(one)) rebuilding.lost(one);
      for (
        let at = nextChild(one, forest.starts[one]!);
        at < forest.starts[one + 1]!;
        at = nextChild(one, at + 1)
      )
        waiting.push(forest.children[at]!);
    }
  };
  const take = (row: number, address: number, size: number): void => {
    if (isWanted(row))
      if (size > rebuilding.most) rebuilding.lost(row);
      else rebuilding.visit(row, address, size);
    const next = nextChild(row, forest.starts[row]!);
    if (next < forest.starts[row + 1]!) stack.push({ row, address, size, next });
    else heap.free(address);
  };

  try {
    for (const root of forest.roots) {
      if (leads[root] === 0) continue;
      const opened = openRoot(rebuilding, reader, root);
      if (opened === undefined) lose(root);
      else take(root, opened.address, opened.size);
      while (stack.length > 0) {
        const held = stack.at(-1)!;
        const row = forest.children[held.next]!;
        held.next = nextChild(held.row, held.next + 1);
        const built = applyTo(rebuilding, reader, held, row, budget);
        if (held.next >= forest.starts[held.row + 1]!) {
          // Given up before its last child's subtree is read: see `heaviestLast`.
          stack.pop();
          heap.free(held.address);
        }
        if (built === undefined) lose(row);
        else take(row, built.address, built.size);
      }
    }
  } finally {
    for (const { address } of stack) heap.free(address);
  }
}

interface Built {
  readonly address: number;
  readonly size: number;
}

function openRoot(
  { heap, store, table, mostOfBase }: Rebuilding,
  reader: PackReader,
  row: number,
): Built | undefined {
  if (table.bases[row] === ELSEWHERE) {
    const found = store.object(idOfRow(table, row), mostOfBase);
    if (found === undefined) return undefined;
    const address = heap.allocate(found.bytes.length);
    heap.bytes().set(found.bytes, address);
    return { address, size: found.bytes.length };
  }
  const size = table.sizes[row]!;
  if (size > mostOfBase || reader.misstated(row) !== undefined) return undefined;
  const address = heap.allocate(size);
  if (reader.inflate(row, address) === undefined) return { address, size };
  heap.free(address);
  return undefined;
}

function applyTo(
  { kernel, heap, table, output, mostOfBase }: Rebuilding,
  reader: PackReader,
  base: Held,
  row: number,
  budget: { left: number },
): Built | undefined {
  const deltaSize = table.sizes[row]!;
  if (deltaSize > mostOfBase || reader.inflateDelta(row) !== undefined) return undefined;
  const { delta } = reader;
  const size = kernel.deltaTargetSize(delta, delta + deltaSize, base.size) >>> 0;
  budget.left -= size;
  if (size === NO_SIZE || size > mostOfBase || budget.left < 0) return undefined;
  const address = heap.allocate(size);
  const apply = (): number => {
    const mark = output.mark();
    const status = kernel.applyDelta(
      base.address,
      base.size,
      delta,
      delta + deltaSize,
      address,
      size,
      row,
      NO_LINES,
      NO_REACH,
      NOTHING_KNOWN,
    );
    output.rewind(mark);
    return status;
  };
  let status = apply();
  if (status === Status.noRoom) {
    output.enlarge(2 * deltaSize + 64, deltaSize + 1);
    status = apply();
  }
  if (status === Status.ok) return { address, size };
  heap.free(address);
  return undefined;
}
