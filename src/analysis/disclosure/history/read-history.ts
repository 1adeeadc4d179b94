import type { ObjectKind, ObjectStore } from '../../../model/history.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Duplicates } from './duplicates.ts';
import { findDuplicates } from './duplicates.ts';
import { plantForest } from './forest.ts';
import type { Hits } from './hits.ts';
import { groupHits } from './hits.ts';
import type { Placed } from './inherit.ts';
import { inheritInPack } from './inherit.ts';
import { readLooseObjects } from './loose.ts';
import { collectLosses } from './losses.ts';
import type { ObjectTable } from './object-table.ts';
import { createObjectTable } from './object-table.ts';
import type { TextBatch } from './output.ts';
import { createOutput } from './output.ts';
import { openPackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';
import { readPackTable } from './pack-table.ts';
import { rebuildInPack } from './rebuild.ts';
import type { LeftOut } from './walk-pack.ts';
import { walkPack } from './walk-pack.ts';

export interface HistoryOptions {
  /** Which kinds of objects to read; default: all but trees. Of trees, names come with the bytes around them. */
  readonly kinds?: readonly ObjectKind[];
  /** Bytes of the largest object that is read; default 512 MiB. Larger ones, and deltas of them, are problems. */
  readonly mostObjectBytes?: number;
  /**
   * Bytes that may be rebuilt as bases for one pack; default 64 GiB and 64 times its size. Real packs need about ten times
   * their size; a pack made to waste time is stopped there, and what is left of it is a problem.
   */
  readonly mostRebuiltBytes?: number;
  /** How far a long line is shown on both sides of what changed; default 4096 bytes. */
  readonly lineReach?: number;
}

/** Every object of a repository, read once. */
export interface History {
  /** Filled while the batches are read; whole afterwards. */
  readonly objects: ObjectTable;
  /**
   * Text of all objects: whole for those that are no deltas; of a delta, the lines that it brought in (kernel/dirty-lines.ts
   * has the rule). Every line of every object is in some batch, of the object itself or of one that it is a delta of, or is as one
   * that was called quiet before (`TextBatch.quiet`). To be read once.
   */
  batches(): Generator<TextBatch, void, undefined>;
  /** What of it was left out because the same text was called quiet (`TextBatch.quiet`) before. */
  readonly leftOut: Readonly<LeftOut>;
  /** What could not be read, so far. Never fatal. */
  readonly problems: readonly Problem[];
  /**
   * Follows hits to all objects that have them unchanged, after the batches were read. Give whole lines: an object has the
   * hit then when it has the lines. `visit` gets each object with hits, its own among them, in no order of time.
   */
  inherit(hits: Hits, visit: (object: number, placed: readonly Placed[]) => void): void;
  /**
   * Rebuilds objects that were read, after the batches were; `visit` gets the address of each and its bytes, which stay there until
   * it returns. `lost` gets those that have more than `most` bytes or cannot be had.
   */
  rebuild(
    isWanted: (object: number) => boolean,
    most: number,
    visit: (object: number, address: number, size: number) => void,
    lost: (object: number) => void,
  ): void;
}

/**
 * Reads what `store` holds, pack by pack in the order of delta trees. Memory does not grow with the size of the packs: about
 * 40 bytes an object, 16 MiB of a pack at a time, and the bases at hand, at most log2(objects) of them.
 */
export function readHistory(
  store: ObjectStore,
  kernel: KernelExports,
  heap: Heap,
  options: HistoryOptions = {},
): History {
  const kinds = new Set<ObjectKind>(options.kinds ?? ['commit', 'blob', 'tag']);
  const mostObjectBytes = options.mostObjectBytes ?? 512 * 1024 * 1024;
  const mostRebuiltBytes = ({ pack }: PackTable): number =>
    options.mostRebuiltBytes ?? 64 * 1024 ** 3 + 64 * pack.size;
  const problems: Problem[] = [...store.problems];
  const objects = createObjectTable(store.packs.map(readPackTable));
  const forests = objects.packs.map(({ table }) => plantForest(table));
  const leftOut: LeftOut = { bytes: 0, blobs: 0 };
  let known: Duplicates | undefined;
  const duplicates = (): Duplicates => (known ??= findDuplicates(objects.packs, store.idBytes));
  const firstOf = (object: number): number =>
    objects.packs.length > 1 ? duplicates().firstOf(object) : object;

  function* batches(): Generator<TextBatch, void, undefined> {
    const output = createOutput(kernel, heap);
    try {
      for (const [i, { table, first }] of objects.packs.entries()) {
        const losses = collectLosses(table.pack.name);
        yield* walkPack({
          kernel,
          heap,
          store,
          table,
          forest: forests[i]!,
          first,
          objects,
          losses,
          output,
          kinds,
          firstOf,
          mostObjectBytes,
          mostRebuiltBytes: mostRebuiltBytes(table),
          lineReach: options.lineReach ?? 4096,
          leftOut,
        });
        problems.push(...losses.problems());
      }
      yield* readLooseObjects({ store, duplicates, objects, problems, kinds, heap, kernel, output });
      const rest = output.take();
      if (rest !== undefined) yield rest;
    } finally {
      output.release();
    }
  }

  const inherit: History['inherit'] = (hits, visit) => {
    const own = groupHits(hits, objects.count);
    /** All hits of an object that is in several packs, by its first number: its copies in later packs have the same. */
    const settled = new Map<number, readonly Placed[]>();
    const repeated = new Set<number>();
    const repeats = objects.packs.length > 1;
    if (repeats)
      for (const { table, first } of objects.packs)
        for (let object = first; object < first + table.count; object++)
          if (firstOf(object) !== object) repeated.add(firstOf(object));
    for (const [i, { table, first }] of objects.packs.entries()) {
      const reader = openPackReader(table, kernel, heap);
      try {
        inheritInPack(
          forests[i]!,
          table,
          reader,
          () => heap.bytes(),
          (row) => {
            const same = firstOf(first + row);
            return same === first + row || objects.stateOf(first + row) !== 'same'
              ? { placed: own.placedIn(first + row), settled: false }
              : { placed: settled.get(same) ?? [], settled: true };
          },
          (has) => {
            for (let hit = 0; hit < hits.count; hit++) {
              const row = hits.objectOf(hit) - first;
              if (row >= 0 && row < table.count) has(row);
            }
            if (!repeats) return;
            for (let row = 0; row < table.count; row++) if (objects.stateOf(first + row) === 'same') has(row);
          },
          (row, placed) => {
            const object = first + row;
            if (repeated.has(object)) settled.set(object, placed);
            if (objects.stateOf(object) !== 'same') visit(object, placed);
          },
        );
      } finally {
        reader.release();
      }
    }
    for (const object of own.objectsFrom(objects.packedCount)) visit(object, own.placedIn(object));
  };
  const rebuild: History['rebuild'] = (isWanted, most, visit, lost) => {
    const output = createOutput(kernel, heap);
    try {
      for (const [i, { table, first }] of objects.packs.entries())
        rebuildInPack({
          kernel,
          heap,
          store,
          table,
          forest: forests[i]!,
          output,
          isWanted: (row) => isWanted(first + row),
          most,
          mostOfBase: mostObjectBytes,
          mostRebuiltBytes: mostRebuiltBytes(table),
          visit: (row, address, size) => visit(first + row, address, size),
          lost: (row) => lost(first + row),
        });
    } finally {
      output.release();
    }
    for (let object = objects.packedCount; object < objects.count; object++) {
      if (!isWanted(object)) continue;
      const found = store.object(objects.idOf(object), most);
      if (found === undefined) {
        lost(object);
        continue;
      }
      const address = heap.allocate(found.bytes.length);
      heap.bytes().set(found.bytes, address);
      visit(object, address, found.bytes.length);
      heap.free(address);
    }
  };
  return { objects, problems, batches, leftOut, inherit, rebuild };
}
