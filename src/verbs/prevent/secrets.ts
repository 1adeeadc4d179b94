import type { Inflate } from '../../analysis/disclosure/decode/inflate.ts';
import type { Digest } from '../../analysis/disclosure/engine/look-inside.ts';
import type { Unpack } from '../../analysis/disclosure/decode/unpack.ts';
import { createTally } from '../../analysis/disclosure/decode/tally.ts';
import type { Baseline } from '../../analysis/disclosure/baseline/baseline.ts';
import type { KeptPack } from '../../analysis/disclosure/engine/kept-pack.ts';
import { scanHistory } from '../../analysis/disclosure/engine/scan-history.ts';
import { scanTexts } from '../../analysis/disclosure/engine/scan-texts.ts';
import type { Detector, Latin1, Sighting } from '../../analysis/disclosure/engine/detector.ts';
import { createDetector } from '../../analysis/disclosure/engine/detector.ts';
import type { RuleSet } from '../../analysis/disclosure/engine/rule-set.ts';
import type { Fingerprint } from '../../analysis/disclosure/findings/draft.ts';
import { inOrder } from '../../analysis/disclosure/findings/draft.ts';
import type { ScannedText } from '../../analysis/disclosure/findings/of-files.ts';
import { disclosuresOfTexts } from '../../analysis/disclosure/findings/of-files.ts';
import { disclosuresOfHistory } from '../../analysis/disclosure/findings/of-history.ts';
import { readTexts } from '../../analysis/disclosure/findings/read-texts.ts';
import type { Draw } from '../../analysis/disclosure/history/output.ts';
import type { Heap } from '../../analysis/disclosure/kernel/heap.ts';
import type { KernelExports } from '../../analysis/disclosure/kernel/module.ts';
import type { Spent } from '../../analysis/disclosure/user-rules/pattern-rule.ts';
import type { RefTip } from '../../analysis/disclosure/whereabouts/whereabouts.ts';
import type { DisclosureKind, Tier } from '../../model/disclosure.ts';
import { TIERS } from '../../model/disclosure.ts';
import type { Disclosure, DisclosureReport } from '../../model/disclosure-report.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { Room, Tree, TreeEntry } from '../../model/tree.ts';
import type { HistoryReaders } from './shared-history.ts';

export interface SecretsWorld {
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly rules: RuleSet;
  readonly latin1: Latin1;
  readonly inflate?: Inflate;
  readonly unpack?: Unpack;
  /** For what is remembered of a history's text: bytes drawn at random. */
  readonly draw?: Draw;
  readonly digest?: Digest;
  readonly fingerprint: Fingerprint;
  /** What the rules of files have cost; several readers count together. */
  readonly spent?: readonly Spent[];
  /** Throws to stop. */
  readonly tick: (what: string, done: number, total: number) => void;
}

export interface SecretsScan {
  readonly disclosures: readonly Disclosure[];
  readonly coverage: DisclosureReport['coverage'];
  readonly problems: readonly Problem[];
}

/** What was kept of a history's packs when they were read before; keeps what is learnt of others. */
export interface HistoryMemory {
  readonly known: readonly KeptPack[];
  keep(pack: number, kept: KeptPack): void;
}

/** One detector for a run: what is new and what was there before are looked at with the same. */
interface WithDetector extends SecretsWorld {
  readonly detector: Detector;
}

function withDetector(world: SecretsWorld): WithDetector {
  const { kernel, heap, rules, latin1 } = world;
  return { ...world, detector: createDetector(kernel, heap, rules, latin1) };
}

/** Bytes of one file that are looked at in one go. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Larger files are read into the same memory, one after another: new memory for each is not collected before the next is read. */
const LARGE_FILE = 16 * 1024 * 1024;

/** Memory of which a large file is in hand at a time. */
function roomForLarge(): Room {
  let held: Uint8Array<ArrayBuffer> | undefined;
  return (bytes) => {
    if (bytes <= LARGE_FILE) return undefined;
    if (held === undefined || held.length < bytes) held = new Uint8Array(bytes);
    return held;
  };
}

/**
 * Looks at the files of a tree, and at their names. With `base` only at those that differ from it, and of these only what the
 * same file has not there: what a change brings in.
 */
export async function secretsInFiles(
  bare: SecretsWorld,
  tree: Tree,
  signal: AbortSignal,
  base?: Tree,
): Promise<SecretsScan> {
  const world = withDetector(bare);
  const { entries, problems: listed, skipped } = await tree.list(signal);
  const old = new Map(
    base === undefined ? [] : (await base.list(signal)).entries.map((entry) => [entry.path, entry]),
  );
  const changed = entries.filter(({ path, blob }) => blob === undefined || old.get(path)?.blob !== blob);
  const problems: Problem[] = [...listed];
  const scan = scanTexts(world);
  const tally = createTally();
  const reading = readTexts(scan, tally, world);
  const { texts } = reading;
  const room = roomForLarge();
  for (const [done, { path }] of changed.entries()) {
    world.tick('looking', done, changed.length);
    const bytes = await readFile(tree, path, problems, room);
    if (bytes === undefined) continue;
    reading.add(bytes, { source: 'file', path, within: [] });
    if (old.has(path)) continue;
    reading.add(new TextEncoder().encode(path), { source: 'path', path, within: [] });
  }
  const sightings = scan.finish();
  problems.push(...scan.problems((text) => texts[text]!.path ?? 'a text'));
  const before = base === undefined ? undefined : await known(world, base, sightings, texts, old);
  const disclosures = await disclosuresOfTexts(
    before === undefined ? sightings : sightings.filter((one) => !before.has(keyIn(one, texts))),
    texts,
    (text) => readFile(tree, texts[text]!.path!, [], room),
    world.fingerprint,
  );
  world.detector.release();
  return {
    disclosures,
    coverage: withSkipped({ texts: reading.outer, bytes: scan.bytes, ...tally.result() }, skipped),
    problems,
  };
}

/** Of what a tree leaves out for one reason, so many are named. */
const MOST_NAMED = 5;

/** A coverage that also tells what of a tree was left out: the first of each reason by name, so that a person can look there. */
export function withSkipped(
  coverage: SecretsScan['coverage'],
  skipped: readonly { readonly path: string; readonly why: string }[],
): SecretsScan['coverage'] {
  if (skipped.length === 0) return coverage;
  const tally = createTally();
  tally.add(coverage);
  const named = new Map<string, number>();
  for (const { path, why } of skipped) {
    const before = named.get(why) ?? 0;
    named.set(why, before + 1);
    tally.undecoded(before < MOST_NAMED ? path : 'other paths', why);
  }
  return { ...coverage, ...tally.result() };
}

/** What the base has of it, in the same files. */
async function known(
  world: WithDetector,
  base: Tree,
  sightings: readonly Sighting[],
  texts: readonly ScannedText[],
  old: ReadonlyMap<string, TreeEntry>,
): Promise<ReadonlySet<string>> {
  const paths = [...new Set(sightings.map(({ object }) => texts[object]!.path!))].filter((path) =>
    old.has(path),
  );
  const scan = scanTexts(world);
  const reading = readTexts(scan, createTally(), world);
  for (const path of paths) {
    const bytes = await readFile(base, path, []);
    if (bytes !== undefined) reading.add(bytes, { source: 'file', path, within: [] });
  }
  return new Set(scan.finish().map((one) => keyIn(one, reading.texts)));
}

function keyIn({ object, rule, secret }: Sighting, texts: readonly ScannedText[]): string {
  return `${texts[object]!.path ?? ''}\n${rule.id}\n${secret}`;
}

async function readFile(
  tree: Tree,
  path: string,
  problems: Problem[],
  room?: Room,
): Promise<Uint8Array | undefined> {
  try {
    return await tree.read(path, MOST_BYTES, room);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, at: { path }, lost: true, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}

/**
 * Looks at every object of a repository, whether anything leads to it or not, at the names of its references, and at `own`: files
 * that git keeps beside objects.
 */
export async function secretsInHistory(
  world: SecretsWorld,
  store: ObjectStore,
  tips: readonly RefTip[],
  head: string | undefined,
  refNames: readonly string[],
  own: readonly { readonly path: string; readonly bytes: Uint8Array }[] = [],
  readers?: HistoryReaders,
  memory?: HistoryMemory,
): Promise<SecretsScan> {
  const detector = createDetector(world.kernel, world.heap, world.rules, world.latin1);
  const scanWorld = {
    ...world,
    spent: world.spent ?? [],
    detector,
    store,
    tick: (done: number, total: number) => world.tick('reading objects', done, total),
  };
  const scan =
    readers === undefined
      ? scanHistory(scanWorld, {}, memory?.known)
      : await (await import('./shared-history.ts')).scanTogether(scanWorld, readers);
  const disclosures = disclosuresOfHistory(scan, store, tips, head, world.fingerprint);
  scan.history.release();
  const beside = scanTexts({ ...world, detector });
  const reading = readTexts(beside, scan.tally, world);
  for (const path of refNames)
    reading.add(new TextEncoder().encode(path), { source: 'ref-name', path, within: [] });
  for (const { path, bytes } of own) reading.add(bytes, { source: 'file', path, within: [] });
  const bytesOf = new Map(own.map(({ path, bytes }) => [path, bytes]));
  const { texts } = reading;
  const found = await disclosuresOfTexts(
    beside.finish(),
    texts,
    (text) => Promise.resolve(bytesOf.get(texts[text]!.path!)),
    world.fingerprint,
  );
  detector.release();
  if (memory !== undefined) for (const [pack, kept] of scan.kept()) memory.keep(pack, kept);
  return {
    disclosures: together(
      disclosures,
      found.filter(({ kind, spots }) => SECRETS.has(kind) || spots.some(({ source }) => source !== 'file')),
    ),
    coverage: {
      texts: scan.counts.blob + scan.counts.commit + scan.counts.tag + scan.counts.tree + reading.outer,
      bytes: own.reduce((sum, { bytes }) => sum + bytes.length, scan.bytes),
      objects: scan.counts,
      ...scan.tally.result(),
    },
    problems: [
      ...scan.history.problems,
      ...scan.problems,
      ...beside.problems((text) => texts[text]!.path ?? 'a name'),
    ],
  };
}

/** What counts beside objects: who is named in a clone's own settings, and which host it is from, stays there. */
const SECRETS: ReadonlySet<DisclosureKind> = new Set(['credential', 'generic-secret', 'password']);
/** Spots of one finding that are named. */
const MOST_SPOTS = 50;

/** A message is in its commit and in the log of its branch: what the history has is told once, with the spots beside it. */
function together(ofHistory: readonly Disclosure[], beside: readonly Disclosure[]): Disclosure[] {
  const others = new Map(beside.map((one) => [one.fingerprint, one]));
  const told = ofHistory.map((one): Disclosure => {
    const other = others.get(one.fingerprint);
    const says = other !== undefined && (one.covered === undefined) === (other.covered === undefined);
    if (!says || TIERS.indexOf(one.tier) > TIERS.indexOf(other.tier)) return one;
    others.delete(one.fingerprint);
    const spots = [...one.spots, ...other.spots];
    return spots.length > MOST_SPOTS
      ? { ...one, spots: spots.slice(0, MOST_SPOTS), moreSpots: true }
      : { ...one, spots };
  });
  return [...told, ...others.values()];
}

/** What the commits of a range bring in, or a commit that is not made yet: that has neither id nor message. */
export interface Changes {
  readonly commits: readonly {
    readonly id?: string;
    readonly bytes?: Uint8Array;
    readonly files: readonly {
      readonly path: string;
      readonly blob: string;
      readonly before: readonly string[];
    }[];
  }[];
  /** Other texts that come with them: messages of tags, names of references. */
  readonly texts?: readonly { readonly text: ScannedText; readonly bytes: Uint8Array }[];
  readonly problems: readonly Problem[];
}

/** Looks at the files that commits change and at their messages; what a changed file had before is left out. */
export async function secretsInChanges(
  bare: SecretsWorld,
  changes: Changes,
  readBlob: (id: string) => Uint8Array,
): Promise<SecretsScan> {
  const world = withDetector(bare);
  const problems: Problem[] = [...changes.problems];
  const scan = scanTexts(world);
  const tally = createTally();
  const reading = readTexts(scan, tally, world);
  const { texts } = reading;
  /** For each text what the parents have in its place. */
  const befores: (readonly string[])[] = [];
  const add = (bytes: Uint8Array, text: ScannedText, before: readonly string[] = []): void => {
    reading.add(bytes, text);
    while (befores.length < texts.length) befores.push(before);
  };
  const read = (id: string, at: { readonly path: string }): Uint8Array | undefined => {
    try {
      return readBlob(id);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const { code, message, hint } = error;
      problems.push({ code, message, at, lost: true, ...(hint === undefined ? {} : { hint }) });
      return undefined;
    }
  };
  for (const { text, bytes } of changes.texts ?? []) add(bytes, text);
  const seen = new Set<string>();
  for (const [done, { id, bytes, files }] of changes.commits.entries()) {
    world.tick('reading commits', done, changes.commits.length);
    const commit = id === undefined ? {} : { commit: id };
    if (bytes !== undefined)
      add(bytes, {
        source: 'commit-message',
        ...(id === undefined ? {} : { object: id }),
        ...commit,
        within: [],
      });
    for (const { path, blob, before } of files) {
      if (seen.has(`${blob} ${path}`)) continue;
      seen.add(`${blob} ${path}`);
      const file = read(blob, { path });
      if (file === undefined) continue;
      add(file, { source: 'file', path, object: blob, ...commit, within: [] }, before);
      if (before.length > 0) continue;
      add(new TextEncoder().encode(path), { source: 'path', path, ...commit, within: [] });
    }
  }
  const sightings = scan.finish();
  problems.push(...scan.problems((text) => texts[text]!.path ?? 'a message'));
  const olds = [...new Set(sightings.flatMap(({ object }) => befores[object]!))];
  const oldScan = scanTexts(world);
  const before = readTexts(oldScan, createTally(), world);
  for (const blob of olds)
    before.add(read(blob, { path: blob }) ?? new Uint8Array(0), { source: 'file', object: blob, within: [] });
  const had = new Set(
    oldScan
      .finish()
      .map(({ object, rule, secret }) => `${before.texts[object]!.object!} ${rule.id}\n${secret}`),
  );
  world.detector.release();
  const fresh = sightings.filter(({ object, rule, secret }) =>
    befores[object]!.every((blob) => !had.has(`${blob} ${rule.id}\n${secret}`)),
  );
  return {
    disclosures: await disclosuresOfTexts(
      fresh,
      texts,
      (text) => {
        const { object, path } = texts[text]!;
        return Promise.resolve(object === undefined ? undefined : read(object, { path: path ?? object }));
      },
      world.fingerprint,
    ),
    coverage: { texts: reading.outer, bytes: scan.bytes, ...tally.result() },
    problems,
  };
}

/** What lets a secret pass beside the comments in its lines. */
export interface Coverage {
  readonly baseline?: Baseline | undefined;
  /** What other tools' files say, as this finding's reason. */
  readonly imported?: ((one: Disclosure) => string | undefined) | undefined;
  /** Comments in lines count for nothing. */
  readonly noComments?: boolean;
}

/** Marks what is covered, and puts the surest first. */
export function coverAndSort(disclosures: readonly Disclosure[], coverage: Coverage = {}): Disclosure[] {
  return inOrder(disclosures.map((one) => cover(one, coverage)));
}

function cover(one: Disclosure, { baseline, imported, noComments }: Coverage): Disclosure {
  const { covered, ...open } = one;
  const bare = noComments === true && covered?.by === 'allow-comment' ? open : one;
  const words = baseline?.entries.get(one.fingerprint);
  if (words !== undefined) return { ...bare, covered: { by: 'baseline', reason: reasonOfEntry(words, one) } };
  const reason = imported?.(one);
  return reason === undefined ? bare : { ...bare, covered: { by: 'decision', reason } };
}

/** A person's words, when there are other ones than those that were written with the entry. */
function reasonOfEntry(words: string, { title }: Disclosure): string {
  return words === '' || words === title ? 'it was there when the baseline was written' : words;
}

/** What is at or above a tier and covered by nothing: what fails a check. `never`: nothing does. */
export function failing(
  report: Pick<DisclosureReport, 'disclosures'>,
  failOn: Tier | 'never',
): readonly Disclosure[] {
  if (failOn === 'never') return [];
  const least = TIERS.indexOf(failOn);
  return report.disclosures.filter(
    ({ tier, covered }) => covered === undefined && TIERS.indexOf(tier) <= least,
  );
}

/** 1: something fails; 3: nothing does, but not everything could be read; 0: neither. */
export function exitCode(report: DisclosureReport, failOn: Tier | 'never'): 0 | 1 | 3 {
  if (failing(report, failOn).length > 0) return 1;
  return report.problems.some(({ lost }) => lost) ? 3 : 0;
}
