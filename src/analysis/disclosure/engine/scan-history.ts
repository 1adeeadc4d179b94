import type { DisclosureRule } from '../../../model/disclosure.ts';
import { REACH, TEXT_REACH } from '../../../model/disclosure.ts';
import type { ObjectKind, ObjectStore } from '../../../model/history.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Inflate } from '../decode/inflate.ts';
import type { Unpack } from '../decode/unpack.ts';
import type { Tally } from '../decode/tally.ts';
import { createTally } from '../decode/tally.ts';
import type { Draw, TextBatch } from '../history/output.ts';
import { hitsOf } from '../history/hits.ts';
import type { History, HistoryOptions } from '../history/read-history.ts';
import { readHistory } from '../history/read-history.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Commits } from '../whereabouts/commits.ts';
import type { Entries } from '../whereabouts/entries.ts';
import type { Detector, Inside, Latin1, Sighting } from './detector.ts';
import { createDetector } from './detector.ts';
import { joinColumns } from './join-parts.ts';
import type { Digest } from './look-inside.ts';
import type { KeptPack } from './kept-pack.ts';
import { keptPacks } from './kept-pack.ts';
import { createKeeper, MOST_IN_ALL } from './keeper.ts';
import { withoutEncoded, withoutInner, withoutOverlaps } from './overlaps.ts';
import type { RuleSet } from './rule-set.ts';
import { prepareRules } from './rule-set.ts';
import type { ScanPart } from './scan-part.ts';
import { inOrderOfObjects, scanPart } from './scan-part.ts';

/** One secret of one rule, and everything that has it. */
export interface Group {
  readonly rule: DisclosureRule;
  readonly secret: string;
  /** How it was found, where it was brought in. */
  readonly sightings: readonly Sighting[];
  /** Objects that have it, each with where it stands; the arrays are parallel. */
  readonly objects: readonly number[];
  readonly starts: readonly number[];
  /** How the secret was reached in each; `undefined` where it stands as it is. */
  readonly insides: readonly (Inside | undefined)[];
}

/** What was found in all objects of a repository. */
export interface HistoryScan {
  readonly history: History;
  readonly groups: readonly Group[];
  readonly entries: Entries;
  readonly commits: Commits;
  readonly counts: Readonly<Record<ObjectKind, number>>;
  readonly bytes: number;
  /** What files were looked into. */
  readonly tally: Tally;
  readonly problems: readonly Problem[];
  /** What is to be kept of packs that were not known. */
  readonly kept: () => Iterable<readonly [pack: number, kept: KeptPack]>;
}

export interface ScanWorld {
  readonly store: ObjectStore;
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly rules: RuleSet;
  readonly latin1: Latin1;
  /** One for these rules that is there already, and stays. */
  readonly detector?: Detector;
  readonly inflate?: Inflate;
  readonly unpack?: Unpack;
  /** For what is remembered of text that holds nothing: without, all of it is searched. */
  readonly draw?: Draw;
  readonly digest?: Digest;
  /** Asked between batches: throws to stop, may draw how far it is (objects of all). */
  readonly tick?: (done: number, total: number) => void;
}

const KINDS: readonly ObjectKind[] = ['commit', 'tree', 'blob', 'tag'];
/** Larger ones are not rebuilt to be seen again; a problem says so. */
const MOST_OBJECT_BYTES = 64 * 1024 * 1024;

/**
 * Asks all rules about every object of a repository: files, messages, people's names and paths; whatever leads to them or not.
 * `known`: what was kept of the first packs when they were read before (`HistoryScan.kept`).
 */
export function scanHistory(
  world: ScanWorld,
  options: HistoryOptions = {},
  known: readonly KeptPack[] = [],
): HistoryScan {
  const { store, kernel, heap, latin1 } = world;
  const history = openHistory(world, { ...options, known });
  const detector = world.detector ?? createDetector(kernel, heap, world.rules, latin1);
  let done = 0;
  try {
    const part = scanPart(
      {
        heap,
        idBytes: store.idBytes,
        detector,
        inflate: world.inflate,
        unpack: world.unpack,
        latin1,
        digest: world.digest,
        tick: (objects) => world.tick?.((done += objects), history.objects.count),
      },
      history,
      undefined,
      known,
    );
    return finishScan(world, history, [part]);
  } finally {
    if (detector !== world.detector) detector.release();
  }
}

/** A history of which everything is to be looked at. */
export function openHistory(
  { store, kernel, heap, draw }: Pick<ScanWorld, 'store' | 'kernel' | 'heap' | 'draw'>,
  options: HistoryOptions = {},
): History {
  return readHistory(store, kernel, heap, { kinds: KINDS, draw, ...options });
}

/** Whether the parts together are within what one reader keeps: else that decides what is left out, and one has to read alone. */
export function isWithinLimits(parts: readonly ScanPart[]): boolean {
  const of = (kind: 'plain' | 'inside'): number =>
    parts.reduce((sum, part) => sum + part[kind].found.length, 0);
  return of('plain') < MOST_IN_ALL && of('inside') < MOST_IN_ALL;
}

/**
 * Puts together what readers found, does what needs the objects of all, and follows what was found. The same whoever read what.
 */
export function finishScan(world: ScanWorld, history: History, parts: readonly ScanPart[]): HistoryScan {
  const { kernel, heap, latin1 } = world;
  const { entries, commits } = joinColumns(parts, world.store.idBytes);
  const anchors = parts.flatMap((part) => part.anchors);
  const problems: Problem[] = [];
  const tally = createTally();
  const counts = { commit: 0, tree: 0, blob: 0, tag: 0 };
  for (const part of parts) {
    tally.add(part.tally);
    for (const kind of KINDS) counts[kind] += part.counts[kind];
  }
  const keeper = createKeeper(parts.map(({ plain }) => plain));
  const within = createKeeper(parts.map((part) => part.inside));
  const inside = inOrderOfObjects(within.found);
  readPartialCommits(new Set(parts.flatMap((part) => part.partial)));
  lookAgain();
  const plain = withoutOverlaps(keeper.found);
  const groups = spread(history, [...withoutEncoded(plain, inside), ...withoutInner(inside, plain)]);
  const nameOf = (object: number): string => `object ${history.objects.idOf(object)}`;
  problems.push(...keeper.problems(nameOf), ...within.problems(nameOf));
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const kept = (): ReturnType<typeof keptPacks> => keptPacks(history, parts, entries, commits);
  return { history, groups, entries, commits, counts, bytes, tally, problems, kept };

  function keep(sighting: Sighting): void {
    keeper.keep(sighting);
  }

  /** Few commits are deltas of others, and their lines came without the rest. */
  function readPartialCommits(partial: ReadonlySet<number>): void {
    if (partial.size === 0) return;
    const unread: string[] = [];
    history.rebuild(
      (object) => partial.has(object),
      MOST_OBJECT_BYTES,
      (object, address, size) =>
        commits.read(heap.bytes(), address, address + size, object, history.objects.keyOf(object)),
      (object) => unread.push(history.objects.idOf(object)),
    );
    noteUnread(unread, 'when they were made and what they follow is not known');
  }

  /**
   * Text that spans lines is whole in its first version; a later one may change a line of it, and brings no more than that.
   * So what such a keyword reaches is looked at again in each delta that changes some of it.
   */
  function lookAgain(): void {
    if (anchors.length === 0) return;
    const textRules = world.rules.rules.filter(({ scope }) => scope === 'text');
    /** Of each object, where such lines start and end. */
    const again = new Map<number, number[]>();
    const unread: string[] = [];
    // A file of keys that are made anew copies the line that begins one to many places.
    history.inherit(
      hitsOf(anchors),
      (object, placed) => {
        if (history.objects.stateOf(object) !== 'delta') return;
        let lines: number[] | undefined;
        for (const { hit, start, size, rest } of placed)
          if ((rest ?? anchors[hit]!.shown) < size + anchors[hit]!.reach)
            (lines ??= []).push(start, start + size);
        if (lines !== undefined) again.set(object, lines);
      },
      (object) => unread.push(history.objects.idOf(object)),
    );
    const beside = reachOfSieves(textRules);
    const wide = createDetector(kernel, heap, prepareRules(textRules), latin1);
    try {
      history.rebuild(
        (object) => again.has(object),
        MOST_OBJECT_BYTES,
        (object, address, size) => {
          for (const batch of stretches(heap.bytes(), address, size, object, again.get(object)!, beside))
            wide.detect(batch, keep);
          keeper.endBatch();
        },
        (object) => unread.push(history.objects.idOf(object)),
      );
    } finally {
      wide.release();
    }
    noteUnread(unread, 'what spans lines, as private keys do, was not looked for in them');
  }

  function noteUnread(ids: readonly string[], so: string): void {
    if (ids.length === 0) return;
    problems.push({
      code: 'git/unread-object',
      message: `${ids.length === 1 ? 'an object' : `${ids.length} objects`} could not be rebuilt (${ids[0]!.slice(0, 12)}${ids.length > 1 ? ', …' : ''}): ${so}`,
      hint: '`git fsck` names what is damaged; what has more than 64 MB is not rebuilt',
      lost: true,
    });
  }
}

/**
 * Lines (where they start and end, by start) of an object at `address` in which keywords stand, each a batch, or those near each other one: searched is no
 * more than they are, with `beside` bytes that say whether a keyword counts, but rules see what is within reach of them.
 */
function stretches(
  memory: Uint8Array,
  address: number,
  size: number,
  object: number,
  lines: readonly number[],
  beside: number,
): TextBatch[] {
  const found: { from: number; to: number; last: number }[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const start = lines[i]!;
    let from = start;
    while (from > 0 && start - from < REACH && memory[address + from - 1] !== LF) from--;
    const to = Math.min(size, lines[i + 1]! + beside);
    const last = found.at(-1);
    if (last === undefined || last.to < from) found.push({ from, to, last: start });
    else {
      last.to = Math.max(last.to, to);
      last.last = start;
    }
  }
  return found.map(({ from, to, last }) => {
    const seen = Math.max(to, Math.min(size, last + TEXT_REACH)) - from;
    return {
      address: address + from,
      size: to - from,
      runs: Uint32Array.of(address + from, seen, object, from),
    };
  });
}

/** How far from a keyword the rules' sieves look at most. */
function reachOfSieves(rules: readonly DisclosureRule[]): number {
  let most = 0;
  for (const rule of rules)
    for (const keyword of rule.keywords)
      for (const one of rule.sieve?.(keyword).flat() ?? []) most = Math.max(most, one.most + 1);
  return most;
}

const LF = 10;

/** Puts sightings of one secret together, and finds all objects that have it. */
function spread(history: History, sightings: readonly Sighting[]): Group[] {
  const groups = new Map<
    string,
    {
      group: Group;
      objects: number[];
      starts: number[];
      insides: (Inside | undefined)[];
      sightings: Sighting[];
    }
  >();
  const groupOf = sightings.map((sighting) => {
    const key = `${sighting.rule.id}\n${sighting.secret}`;
    let known = groups.get(key);
    if (known === undefined) {
      const own = {
        objects: [] as number[],
        starts: [] as number[],
        insides: [] as (Inside | undefined)[],
        sightings: [] as Sighting[],
      };
      known = { ...own, group: { rule: sighting.rule, secret: sighting.secret, ...own } };
      groups.set(key, known);
    }
    known.sightings.push(sighting);
    return known;
  });
  const hits = sightings.map(({ object, seenStart, seenEnd }) => ({
    object,
    start: seenStart,
    end: seenEnd,
  }));
  history.inherit(hitsOf(hits), (object, placed) => {
    for (const { hit, start } of placed) {
      const { objects, starts, insides } = groupOf[hit]!;
      const { inside } = sightings[hit]!;
      if (objects.at(-1) === object) {
        // Rather where it stands as it is than what it is decoded to.
        if (inside !== undefined || insides.at(-1) === undefined) continue;
        for (const column of [objects, starts, insides]) column.pop();
      }
      objects.push(object);
      starts.push(start + sightings[hit]!.start - sightings[hit]!.seenStart);
      insides.push(inside);
    }
  });
  return Array.from(groups.values(), ({ group }) => group);
}
