import { resolve } from 'node:path';
import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { defaultCacheFolder, fileCache } from '../../adapters/cache/files.ts';
import { openTree } from '../../adapters/tree/open.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Threshold } from '../../analysis/policy/judge.ts';
import type { ExtractionPlan, ExtractResult } from '../../engine/extract.ts';
import { planExtraction } from '../../engine/extract.ts';
import { ignoring } from '../../engine/ignore.ts';
import type { ResultPlace } from '../../engine/kept-result.ts';
import { resultPlace } from '../../engine/kept-result.ts';
import type { AdvisoryStore } from '../../model/advisory.ts';
import type { ResultCache } from '../../model/cache.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Tree } from '../../model/tree.ts';
import { openAdvisories } from '../../verbs/know/advisories.ts';
import { momentOf } from '../../verbs/know/moment.ts';
import type { Rulings } from '../../verbs/know/rulings.ts';
import { readRulings } from '../../verbs/know/rulings.ts';
import { assessScan } from '../../verbs/know/scan.ts';
import { calledAfter } from './called.ts';
import type { Invocation, Options } from './command.ts';
import { databaseFolder } from './folders.ts';
import { letSignalsEnd } from './process-io.ts';
import { progressOn, type Progress } from './progress.ts';
import { used } from './used.ts';

/** What scan, sbom and vex share. */
export const SCAN_OPTIONS: Options = {
  revision: {
    type: 'string',
    short: 'r',
    value: 'REV',
    help: 'scan this commit, tag or branch instead of the files on disk',
  },
  index: { type: 'boolean', help: 'scan what is staged' },
  base: {
    type: 'string',
    value: 'REF',
    help: 'take config and decisions from this revision, not from what is scanned',
  },
  db: { type: 'string', value: 'DIR', help: 'advisory database (default: ASSAY_DB, then the user’s cache)' },
  update: { type: 'boolean', help: 'refresh the advisory database first; the only use of the network' },
  offline: { type: 'boolean', help: 'refuse to use the network (scans never do, but for --update)' },
  name: { type: 'string', value: 'NAME', help: 'call what is scanned NAME in reports' },
  'no-cache': { type: 'boolean', help: 'read every file anew' },
};

/** Looks at the tree of a snapshot once more, without what the config ignores, while it is still open. */
export type Look = (snapshot: Snapshot, tree: Tree, progress: Progress) => Promise<void>;

/** The one way from arguments to a judged snapshot. AssayErrors of the adapters pass through (exit code 2). */
export async function runScan(
  invocation: Invocation,
  failOn: Threshold | undefined,
  look?: Look,
): Promise<Snapshot> {
  return withScan(invocation, async (scan) => {
    const snapshot = assess(scan, await scan.plan.run(), failOn);
    await look?.(snapshot, scan.tree, scan.progress);
    return snapshot;
  });
}

/** A report in pieces, to be written one after the other, and the exit code that goes with it. */
export interface PrintedReport {
  readonly pieces: readonly string[];
  readonly code: number;
}

/** A report as one command prints it. */
export interface ScanReport {
  /** What it is made of beside the snapshot: format, width, colours… Equal forms make equal reports of a snapshot. */
  readonly form: readonly unknown[];
  readonly make: (snapshot: Snapshot) => Promise<PrintedReport>;
  /** The same report with another `takenAt`; a report takes nothing else from the clock than that and `momentOf`. */
  readonly retaken: (text: string, takenAt: string) => readonly string[];
}

/** The report of a scan, from the cache when it was made before of the very same, by the same build of this program. */
export async function runReport(
  invocation: Invocation,
  failOn: Threshold | undefined,
  { form, make, retaken }: ScanReport,
): Promise<PrintedReport> {
  return withScan(invocation, async (scan) => {
    const place = await placeOf(scan, invocation.io.build, [failOn ?? null, ...form]);
    const kept = await place?.get();
    if (kept !== undefined) {
      used.add('a report that was kept');
      return { pieces: retaken(kept.text, scan.now), code: kept.code };
    }
    const extracted = await scan.plan.run();
    const report = await make(assess(scan, extracted, failOn));
    await place?.set(extracted, report.pieces, report.code);
    return report;
  });
}

/** A scan before it reads anything but rulings and the listing. */
interface Scan {
  /** Without what the config ignores. */
  readonly tree: Tree;
  readonly target: Snapshot['target'];
  readonly rulings: Rulings;
  readonly store: AdvisoryStore;
  readonly cache: ResultCache | undefined;
  readonly plan: ExtractionPlan;
  readonly progress: Progress;
  readonly now: string;
  readonly version: string;
}

async function withScan<T>(invocation: Invocation, use: (scan: Scan) => Promise<T>): Promise<T> {
  const { io, positionals } = invocation;
  if (positionals.length > 1)
    throw new AssayError('cli/usage', `one path at a time; got ${positionals.length}`, {
      hint: 'name the folder above them',
    });
  const path = resolve(io.cwd, positionals[0] ?? '.');
  if (invocation.flag('update')) {
    if (invocation.flag('offline'))
      throw new AssayError('cli/usage', '--offline and --update exclude each other');
    const { update } = await import('./update-database.ts');
    await update(invocation);
  }
  const revision = invocation.value('revision');
  const tree = openTree(path, {
    ...(revision === undefined ? {} : { revision }),
    ...(invocation.flag('index') ? { index: true } : {}),
  });
  try {
    return await scanTree(tree, path, invocation, use);
  } finally {
    await tree.close();
  }
}

async function scanTree<T>(
  tree: Tree,
  path: string,
  invocation: Invocation,
  use: (scan: Scan) => Promise<T>,
): Promise<T> {
  const { io } = invocation;
  const advisories = openAdvisories(openAdvisoryFolder(databaseFolder(invocation)), codec);
  const progress = progressOn(io);
  try {
    const base = invocation.value('base');
    const trusted = base === undefined ? tree : openTree(path, { revision: base });
    const rulings = await readRulings(trusted, io.signal);
    if (trusted !== tree) await trusted.close();
    const cache = invocation.flag('no-cache') ? undefined : fileCache(defaultCacheFolder(io.env));
    const seen = ignoring(tree, rulings.config.ignore);
    const plan = await planExtraction(seen, {
      extractors,
      ...(cache === undefined ? {} : { cache }),
      signal: io.signal,
      on: (event) => {
        if (event.kind === 'progress') progress.step('reading', event.done, event.total ?? 0);
      },
    });
    const target = {
      name: invocation.value('name') ?? calledAfter(path),
      kind: tree.kind,
      ...(tree.commit === undefined ? {} : { commit: tree.commit }),
    };
    const { store } = advisories;
    const { version } = io;
    const done = await use({
      tree: seen,
      target,
      rulings,
      store,
      cache,
      plan,
      progress,
      now: io.now(),
      version,
    });
    await cache?.close();
    return done;
  } finally {
    progress.end();
    advisories.close();
  }
}

function assess(
  { target, rulings, store, now, version }: Scan,
  extracted: ExtractResult,
  failOn: Threshold | undefined,
): Snapshot {
  for (const { extractor } of extracted.extractions) used.add(extractor);
  letSignalsEnd();
  return assessScan({
    target,
    files: extracted.extractions.map((one) => ({ ...one, ecosystem: ecosystemOfExtractor(one.extractor) })),
    problems: [...extracted.problems, ...rulings.problems],
    skipped: extracted.skipped,
    store,
    config: rulings.config,
    decisions: rulings.decisions,
    ...(failOn === undefined ? {} : { failOn }),
    now,
    version,
  });
}

/** Where a report is kept: under the files, and whatever else `assess` and the report are made of. */
async function placeOf(
  { target, rulings, store, cache, plan, now, version }: Scan,
  build: string | undefined,
  form: readonly unknown[],
): Promise<ResultPlace | undefined> {
  if (cache === undefined || build === undefined) return undefined;
  const { sources, digest, kevDate, epssDate } = store;
  return resultPlace(plan, cache, [
    [build, version, process.version],
    target,
    [rulings.from, rulings.problems],
    [digest, sources, kevDate ?? null, epssDate ?? null],
    momentOf(now, sources, rulings.decisions),
    form,
  ]);
}

const ecosystems: ReadonlyMap<string, EcosystemId> = new Map(
  extractors.map(({ id, ecosystem }) => [id, ecosystem]),
);

const ecosystemOfExtractor = (id: string): EcosystemId => ecosystems.get(id)!;
