import type { ObjectKind, ObjectStore } from '../../../model/history.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Duplicates } from './duplicates.ts';
import { findDuplicates } from './duplicates.ts';
import type { Chunk } from './chunks.ts';
import { cutIntoChunks, startsOfPieces } from './chunks.ts';
import { rowsLeadingTo } from './forest.ts';
import type { Hits } from './hits.ts';
import { groupHits } from './hits.ts';
import type { Placed } from './inherit.ts';
import { inheritInPack } from './inherit.ts';
import { readLooseObjects } from './loose.ts';
import type { Losses, LossesOfReason } from './losses.ts';
import { collectLosses } from './losses.ts';
import type { MutableObjectTable, ObjectTable } from './object-table.ts';
import { createObjectTable } from './object-table.ts';
import type { OpenOptions } from './open-packs.ts';
import { openPacks } from './open-packs.ts';
import type { Draw, Output, TextBatch } from './output.ts';
import { createOutput } from './output.ts';
import type { PackReader } from './pack-reader.ts';
import type { PackTable } from './pack-table.ts';
import { rebuildInPack } from './rebuild.ts';
import type { SharedHistory } from './shared.ts';
import { spareReader } from './spare-reader.ts';
import type { Again, LeftOut, Walk } from './walk-pack.ts';
import { noteLost, walkPack, walkPiece } from './walk-pack.ts';

export interface HistoryOptions extends OpenOptions {
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
  /** For what is remembered of quiet text (`TextBatch.quiet`); without, none is left out. */
  readonly draw?: Draw | undefined;
  /** Of packs, the first ones, what was kept of each when it was read before (`Known`). */
  readonly known?: readonly Known[];
}

/** What is known of a pack that was read before, after the same packs. */
export interface Known {
  /** `MutableObjectTable.flagsOf`: only what is loud is read again. */
  readonly flags: Uint8Array;
}

/** One reader's share of a history. */
export interface Share {
  /**
   * The number of the next chunk that it is to read, `LOOSE` for what is in no pack; -1: there is no more. Asked when what it got
   * before has been handed out.
   */
  next(): number;
}

/** The objects that are in no pack, as one chunk. One reader has to take them: it numbers them. */
export const LOOSE = -2;

/** What a reader learnt of its share beside the text. Plain data. */
export interface Learnt {
  /** By chunk, what was lost in it. */
  readonly losses: readonly { readonly chunk: number; readonly losses: readonly LossesOfReason[] }[];
  /** Of each pack the bytes that were rebuilt. */
  readonly rebuilt: readonly number[];
  /** Packed objects for whose sake loose ones were left out. */
  readonly passed: readonly number[];
}

/** Every object of a repository, read once. */
export interface History {
  /** Filled while the batches are read; whole afterwards. */
  readonly objects: ObjectTable & Pick<MutableObjectTable, 'flagsOf' | 'packs' | 'setLoud'>;
  /**
   * Text of all objects: whole for those that are no deltas; of a delta, the lines that it brought in (kernel/dirty-lines.ts
   * has the rule). Every line of every object is in some batch, of the object itself or of one that it is a delta of, or is as one
   * that was called quiet before (`TextBatch.quiet`). To be read once; with a share, that only: then `learnt` says the rest, and all shares have to be settled in the end.
   * Without one, `ended` is told when all of a pack has been handed out.
   */
  batches(share?: Share, ended?: (pack: number) => void): Generator<TextBatch, void, undefined>;
  /** Objects below this number are in packs that were read before. */
  readonly knownCount: number;
  /** Whether all of a pack could be read, and hangs on no other. Asked afterwards. */
  isWhole(pack: number): boolean;
  /** What of it was left out because the same text was called quiet (`TextBatch.quiet`) before. */
  readonly leftOut: Readonly<LeftOut>;
  /** The pieces that readers can share: whole trees of deltas. */
  chunks(): readonly Chunk[];
  /** What this reader learnt of its share. */
  learnt(): Learnt;
  /**
   * Puts together what all readers learnt, this one's own among it. `false`: what one of them took for granted does not hold, and
   * the history has to be read again, by one alone.
   */
  settle(learnt: readonly Learnt[]): boolean;
  /** What other threads need to read shares of it; only when it was made to be shared. */
  readonly shared: SharedHistory | undefined;
  /** What could not be read, so far. Never fatal. */
  readonly problems: readonly Problem[];
  /**
   * Follows hits to all objects that have them unchanged, after the batches were read. Give whole lines: an object has the
   * hit then when it has the lines. `visit` gets each object with hits, its own among them, in no order of time. Where an object has a
   * hit of its base several times, the first is told; all where `cut` is given, which gets the objects that have too many.
   */
  inherit(
    hits: Hits,
    visit: (object: number, placed: readonly Placed[]) => void,
    cut?: (object: number) => void,
  ): void;
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
  /** Gives back what it holds of the kernel's memory. Asked more afterwards, it takes that again. */
  release(): void;
}

/**
 * Reads what `store` holds, pack by pack in the order of delta trees. Memory does not grow with the size of the packs: about
 * 40 bytes an object, 8 MiB of a pack at a time, and the bases at hand, at most log2(objects) of them.
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
  const { packs, shared } = openPacks(store, options);
  const objects = createObjectTable(
    packs.map(({ table }) => table),
    shared,
  );
  const forests = packs.map(({ forest }) => forest);
  const known = options.known ?? [];
  for (const [pack, { flags }] of known.entries()) objects.setFlagsOf(pack, flags);
  const damaged = new Set<number>();
  const readers = spareReader(packs.length, kernel, heap);
  let merged: Duplicates | undefined;
  const duplicates = (): Duplicates => (merged ??= findDuplicates(objects.packs, store.idBytes));
  const firstOf = (object: number): number =>
    objects.packs.length > 1 ? duplicates().firstOf(object) : object;

  const leftOut: LeftOut = { bytes: 0, blobs: 0, trees: 0 };
  let cut: readonly Chunk[] | undefined;
  const chunks = (): readonly Chunk[] =>
    (cut ??= shared?.chunks ?? cutIntoChunks(packs, 1, options.leastChunk));
  /** By pack, what its readers leave to others: chunks.ts. */
  const pieces = new Map<number, Uint8Array | undefined>();
  const learnt = {
    losses: [] as { chunk: number; losses: readonly LossesOfReason[] }[],
    rebuilt: packs.map(() => 0),
    passed: [] as number[],
  };

  function* batches(share?: Share, ended?: (pack: number) => void): Generator<TextBatch, void, undefined> {
    const output = createOutput(kernel, heap, options.draw);
    const own: OwnReader = { output, trusts: share !== undefined };
    try {
      if (share === undefined) {
        for (const [pack, { roots }] of forests.entries()) {
          const losses = collectLosses(packs[pack]!.table.pack.name);
          yield* stretch(own, { pack, from: 0, to: roots.length }, losses);
          const rest = output.take();
          if (rest !== undefined) yield rest;
          ended?.(pack);
          const lost = losses.problems();
          if (lost.length > 0) damaged.add(pack);
          problems.push(...lost);
        }
        yield* loose(own);
        if (own.reader !== undefined) readers.giveBack(own.reader);
        own.reader = undefined;
      } else
        for (let chunk = share.next(); chunk !== -1; chunk = share.next())
          yield* chunk === LOOSE ? loose(own) : chunkOf(own, chunk);
      const rest = output.take();
      if (rest !== undefined) yield rest;
    } finally {
      own.reader?.release();
      output.release();
    }
  }

  /** What is gathered of a chunk is handed out with it. */
  function* chunkOf(own: OwnReader, chunk: number): Generator<TextBatch, void, undefined> {
    const losses = collectLosses('');
    yield* stretch(own, chunks()[chunk]!, losses);
    const rest = own.output.take();
    if (rest !== undefined) yield rest;
    const lost = losses.summary();
    if (lost.length > 0) learnt.losses.push({ chunk, losses: lost });
  }

  function* stretch(
    own: OwnReader,
    { pack, from, to, base }: Omit<Chunk, 'weight'>,
    losses: Losses,
  ): Generator<TextBatch, void, undefined> {
    const { table, first } = objects.packs[pack]!;
    const forest = forests[pack]!;
    if (own.pack !== pack) {
      own.reader?.release();
      own.reader = readers.take(table);
      own.pack = pack;
    }
    const budget = { rebuilt: learnt.rebuilt[pack]! };
    if (from === 0 && base === undefined) noteLost({ forest, table, losses });
    const walk: Walk = {
      kernel,
      heap,
      store,
      table,
      forest,
      first,
      objects,
      losses,
      output: own.output,
      kinds,
      firstOf,
      trusts: own.trusts,
      again: pack < known.length ? loudOnes(pack) : undefined,
      reader: own.reader!,
      budget,
      mostObjectBytes,
      mostRebuiltBytes: mostRebuiltBytes(table),
      lineReach: options.lineReach ?? 4096,
      leftOut,
      starts: own.trusts ? startsIn(pack) : undefined,
    };
    yield* base === undefined ? walkPack(walk, from, to) : walkPiece(walk, base, from, to);
    learnt.rebuilt[pack] = budget.rebuilt;
  }

  function startsIn(pack: number): Uint8Array | undefined {
    if (!pieces.has(pack)) pieces.set(pack, startsOfPieces(chunks(), pack, forests[pack]!));
    return pieces.get(pack);
  }

  /** What of a pack that was read before is to be read again. */
  function loudOnes(pack: number): Again {
    const { table, first } = objects.packs[pack]!;
    const isWanted = (row: number): boolean => objects.isLoud(first + row);
    const leads = rowsLeadingTo(table, (want) => {
      for (let row = 0; row < table.count; row++) if (isWanted(row)) want(row);
    });
    return { isWanted, leads };
  }

  function* loose({ output, trusts }: OwnReader): Generator<TextBatch, void, undefined> {
    const passed = (packed: number): void => {
      if (trusts) learnt.passed.push(packed);
    };
    const world = { store, duplicates, objects, problems, kinds, heap, kernel, output, trusts, passed };
    yield* readLooseObjects(world);
    const rest = output.take();
    if (rest !== undefined) yield rest;
  }

  const settle = (all: readonly Learnt[]): boolean => {
    for (const [pack, { table }] of packs.entries())
      if (all.reduce((sum, { rebuilt }) => sum + rebuilt[pack]!, 0) > mostRebuiltBytes(table)) return false;
    const lost = all.flatMap(({ losses }) => losses).sort((a, b) => a.chunk - b.chunk);
    if (lost.length === 0) return true;
    // What is lost with it may be in another piece, or was lost in each.
    if (lost.some(({ chunk }) => chunks()[chunk]!.isPart === true)) return false;
    if (all.some(({ passed }) => passed.some((object) => objects.stateOf(object) === 'unread'))) return false;
    if (packs.length > 1)
      for (let object = 0; object < objects.packedCount; object++)
        if (objects.stateOf(object) === 'same' && objects.stateOf(firstOf(object)) === 'unread') return false;
    const told = packs.flatMap(({ table }, pack) => {
      const losses = collectLosses(table.pack.name);
      for (const one of lost) if (chunks()[one.chunk]!.pack === pack) losses.add(one.losses);
      if (losses.summary().length > 0) damaged.add(pack);
      return losses.problems();
    });
    problems.splice(store.problems.length, 0, ...told);
    return true;
  };

  const inherit: History['inherit'] = (hits, visit, cut) => {
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
      const reader = readers.take(table);
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
          cut && ((row) => cut(first + row)),
        );
      } finally {
        readers.giveBack(reader);
      }
    }
    for (const object of own.objectsFrom(objects.packedCount)) visit(object, own.placedIn(object));
  };
  const rebuild: History['rebuild'] = (isWanted, most, visit, lost) => {
    const output = createOutput(kernel, heap);
    try {
      for (const [i, { table, first }] of objects.packs.entries())
        readers.use(table, (reader) =>
          rebuildInPack({
            kernel,
            heap,
            store,
            table,
            forest: forests[i]!,
            reader,
            output,
            isWanted: (row) => isWanted(first + row),
            most,
            mostOfBase: mostObjectBytes,
            mostRebuiltBytes: mostRebuiltBytes(table),
            visit: (row, address, size) => visit(first + row, address, size),
            lost: (row) => lost(first + row),
          }),
        );
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
  return {
    objects,
    problems,
    batches,
    knownCount: known.reduce((sum, { flags }) => sum + flags.length, 0),
    isWhole: (pack) => !damaged.has(pack) && packs[pack]!.table.elsewhere.size === 0,
    leftOut,
    chunks,
    learnt: () => learnt,
    settle,
    shared,
    inherit,
    rebuild,
    release: () => readers.release(),
  };
}

/** What a reader has at hand. */
interface OwnReader {
  readonly output: Output;
  readonly trusts: boolean;
  /** Of the pack that it read last. */
  pack?: number;
  reader?: PackReader | undefined;
}
