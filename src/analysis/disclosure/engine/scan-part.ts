import type { ObjectKind } from '../../../model/history.ts';
import type { Region } from '../decode/around.ts';
import type { Inflate } from '../decode/inflate.ts';
import type { Unpack } from '../decode/unpack.ts';
import type { TallyResult } from '../decode/tally.ts';
import { createTally } from '../decode/tally.ts';
import type { TextBatch } from '../history/output.ts';
import type { History, Learnt, Share } from '../history/read-history.ts';
import type { SeamReader } from '../history/seams.ts';
import { readSeams } from '../history/seams.ts';
import type { Heap } from '../kernel/heap.ts';
import type { Commits } from '../whereabouts/commits.ts';
import { collectCommits } from '../whereabouts/commits.ts';
import type { Entries } from '../whereabouts/entries.ts';
import { collectEntries } from '../whereabouts/entries.ts';
import type { Detector, Latin1, Sighting } from './detector.ts';
import type { Keeper } from './keeper.ts';
import { createKeeper } from './keeper.ts';
import { addCommits, addEntries } from './join-parts.ts';
import type { KeptPack } from './kept-pack.ts';
import type { Digest } from './look-inside.ts';
import { lookInside } from './look-inside.ts';
import { isSignature } from './signature.ts';

/** What one reader of a history found in its share: what needs no object of another's. */
export interface ScanPart {
  /** Columns of the trees' entries and of the commits that were read whole, and what of them each chunk brought. */
  readonly entries: Entries;
  readonly commits: Commits;
  readonly slices: readonly Slice[];
  /** It is all of the history: its columns are in order. */
  readonly isAll: boolean;
  /** Commits that came as deltas: to be read once more. */
  readonly partial: readonly number[];
  /** Lines with keywords of rules that look beyond them. */
  readonly anchors: readonly AnchorLine[];
  readonly counts: Readonly<Record<ObjectKind, number>>;
  readonly bytes: number;
  readonly tally: TallyResult;
  /** What stands in the text as it is. */
  readonly plain: Pick<Keeper, 'found' | 'leftOut'>;
  /** What is encoded in text or lies in archives and documents. */
  readonly inside: Pick<Keeper, 'found' | 'leftOut'>;
  readonly learnt: Learnt;
}

/**
 * What there was when a chunk had been read (without shares, a pack): rows of columns, objects, bytes. It brought what is more than
 * when the chunk that was read before had been.
 */
export interface Slice extends Amounts {
  readonly chunk: number;
}

export interface Amounts {
  readonly entries: number;
  readonly commits: number;
  readonly counts: Readonly<Record<ObjectKind, number>>;
  readonly bytes: number;
}

export interface AnchorLine {
  readonly object: number;
  readonly start: number;
  readonly end: number;
  /** Bytes behind it that decide what is found, and those from its start on that were looked at. */
  reach: number;
  readonly shown: number;
}

export interface PartWorld {
  readonly heap: Heap;
  readonly idBytes: number;
  readonly detector: Detector;
  readonly inflate?: Inflate | undefined;
  readonly unpack?: Unpack | undefined;
  readonly latin1?: Latin1 | undefined;
  /** With it, what archives hold many times is looked at once. */
  readonly digest?: Digest | undefined;
  /** Asked between batches with the number of objects that came since: throws to stop. */
  readonly tick?: ((objects: number) => void) | undefined;
}

/**
 * Asks all rules about a reader's share of a history; without one, about all of it. `known`: what was kept of its first packs, which are
 * read again where there was something.
 */
export function scanPart(
  world: PartWorld,
  history: History,
  share?: Share,
  known: readonly KeptPack[] = [],
): ScanPart {
  const { heap, detector, idBytes } = world;
  const entries = collectEntries(idBytes);
  const commits = collectCommits();
  const counts = { commit: 0, tree: 0, blob: 0, tag: 0 };
  const anchors: AnchorLine[] = [];
  const partial = new Set<number>();
  const tally = createTally();
  const keeper = createKeeper();
  const insight = lookInside(heap, detector, tally, world);
  const encoded: { object: number; how: string; region: Region }[] = [];
  const slices: Slice[] = [];
  let bytes = 0;
  let last = -1;
  const before = { ...history.leftOut };
  const setLoud = (object: number): void => history.objects.setLoud(object);
  const amounts = (): Amounts => ({
    entries: entries.count,
    commits: commits.count,
    counts: {
      ...counts,
      blob: counts.blob + history.leftOut.blobs - before.blobs,
      tree: counts.tree + history.leftOut.trees - before.trees,
    },
    bytes: bytes + history.leftOut.bytes - before.bytes,
  });
  try {
    for (const [pack, kept] of known.entries()) takeKept(pack, kept);
    const ended = (pack: number): void => void slices.push({ chunk: pack, ...amounts() });
    for (const batch of history.batches(share === undefined ? undefined : noting(share), ended)) {
      const had = seen();
      noteRuns(batch);
      const loud = detector.detect(
        batch,
        (sighting) => {
          setLoud(sighting.object);
          return keeper.keep(sighting);
        },
        anchor,
        (object, how, region) => {
          setLoud(object);
          encoded.push({ object, how, region });
        },
        passes,
      );
      // The search is one: it cannot look at other text while it looks at a batch.
      keeper.endBatch();
      for (const { object, how, region } of encoded) insight.addEncoded(object, how, region);
      encoded.length = 0;
      batch.quiet?.(loud);
      world.tick?.(seen() - had);
    }
    bytes += history.leftOut.bytes - before.bytes;
    counts.blob += history.leftOut.blobs - before.blobs;
    counts.tree += history.leftOut.trees - before.trees;
    const found = insight.finish(history, setLoud);
    const inside = { found, leftOut: insight.leftOut };
    return {
      entries,
      commits,
      slices,
      isAll: share === undefined,
      partial: [...partial],
      anchors,
      counts,
      bytes,
      tally: tally.result(),
      plain: keeper,
      inside,
      learnt: history.learnt(),
    };
  } finally {
    insight.release();
  }

  /** What reading a pack gave before, but for what is loud in it. */
  function takeKept(pack: number, kept: KeptPack): void {
    const { first } = history.objects.packs[pack]!;
    addEntries(entries, kept.entries, first);
    addCommits(commits, kept.commits, first);
    for (const row of kept.partial) partial.add(first + row);
    for (const kind of KINDS) counts[kind] += kept.counts[kind];
    bytes += kept.bytes;
  }

  /** The share, with what each chunk brought noted. */
  function noting(own: Share): Share {
    let chunk = -1;
    return {
      next: () => {
        if (chunk !== -1) slices.push({ chunk, ...amounts() });
        // The next chunk may start with the object that the last ended with: another pack's.
        last = -1;
        return (chunk = own.next());
      },
    };
  }

  function seen(): number {
    return counts.commit + counts.tree + counts.blob + counts.tag;
  }

  function noteRuns({ runs, seams }: TextBatch): void {
    const memory = heap.bytes();
    const seamsOf = readSeams(seams ?? new Uint32Array(0));
    for (let at = 0; at < runs.length;) {
      const object = runs[at + 2]!;
      let end = at + 4;
      while (end < runs.length && runs[end + 2] === object) end += 4;
      // What is of a pack that was known was counted when it was read first.
      if (object >= history.knownCount) noteObject(memory, runs, at, end, seamsOf);
      last = object;
      at = end;
    }
  }

  /** The runs of one object: in a function of its own, and what is done to trees in another, for V8 compiles what is small in time. */
  function noteObject(
    memory: Uint8Array,
    runs: Uint32Array,
    from: number,
    to: number,
    seams: SeamReader,
  ): void {
    const object = runs[from + 2]!;
    const isNew = object !== last;
    for (let at = from; at < to; at += 4) bytes += runs[at + 1]!;
    const kind = history.objects.kindOf(object);
    if (kind === 'tree') noteTree(memory, runs, from, to, seams, isNew);
    if (!isNew) return;
    if (kind === 'blob') counts.blob++;
    else if (kind === 'tree') counts.tree++;
    else if (kind === 'tag') counts.tag++;
    else noteCommit(memory, object, runs[from]!, runs[from + 1]!, runs[from + 3]!);
  }

  function noteTree(
    memory: Uint8Array,
    runs: Uint32Array,
    from: number,
    to: number,
    seams: SeamReader,
    isNew: boolean,
  ): void {
    const object = runs[from + 2]!;
    const own = history.objects.stateOf(object) === 'delta' ? seams : undefined;
    if (isNew) own?.open(object);
    for (let at = from; at < to; at += 4)
      entries.read(memory, runs[at]!, runs[at + 1]!, object, runs[at + 3]!, own);
  }

  function noteCommit(
    memory: Uint8Array,
    object: number,
    address: number,
    size: number,
    offset: number,
  ): void {
    counts.commit++;
    const isWhole = offset === 0 && history.objects.baseOf(object) === -1;
    if (!isWhole) partial.add(object);
    else commits.read(memory, address, address + size, object, history.objects.keyOf(object));
  }

  /** Two rules that have the same keyword come one after the other. */
  function anchor(object: number, start: number, end: number, reach: number, shown: number): void {
    setLoud(object);
    const known = anchors.at(-1);
    if (known?.object === object && known.start === start && known.end === end)
      known.reach = Math.max(known.reach, reach);
    else anchors.push({ object, start, end, reach, shown });
  }

  /** Who wrote a commit, and when, is in every commit: who opens a repository looks at that, not rules for personal data. */
  function passes(object: number, memory: Uint8Array, start: number, end: number): boolean {
    const kind = history.objects.kindOf(object);
    return (kind === 'commit' || kind === 'tag') && isSignature(memory, start, end);
  }
}

const KINDS: readonly ObjectKind[] = ['commit', 'tree', 'blob', 'tag'];

/** Canonical: the same whoever read which chunk. */
export function inOrderOfObjects(found: readonly Sighting[]): Sighting[] {
  return found.toSorted((a, b) => rank(a) - rank(b) || a.object - b.object);
}

/** What stood encoded in text comes before what files are made of. */
function rank({ inside }: Sighting): number {
  return inside?.ordinal === undefined ? 0 : 1;
}
