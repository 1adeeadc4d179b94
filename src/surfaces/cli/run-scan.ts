import { resolve } from 'node:path';
import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { defaultCacheFolder, fileCache } from '../../adapters/cache/files.ts';
import { openTree } from '../../adapters/tree/open.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Threshold } from '../../analysis/policy/judge.ts';
import { extractAll } from '../../engine/extract.ts';
import { ignoring } from '../../engine/ignore.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Tree } from '../../model/tree.ts';
import { openAdvisories } from '../../verbs/know/advisories.ts';
import { readRulings } from '../../verbs/know/rulings.ts';
import { assessScan } from '../../verbs/know/scan.ts';
import { calledAfter } from './called.ts';
import type { Invocation, Options } from './command.ts';
import { databaseFolder } from './folders.ts';
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
    return await scanTree(tree, path, invocation, failOn, look);
  } finally {
    await tree.close();
  }
}

async function scanTree(
  tree: Tree,
  path: string,
  invocation: Invocation,
  failOn: Threshold | undefined,
  look: Look | undefined,
): Promise<Snapshot> {
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
    const extracted = await extractAll(seen, {
      extractors,
      ...(cache === undefined ? {} : { cache }),
      signal: io.signal,
      on: (event) => {
        if (event.kind === 'progress') progress.step('reading', event.done, event.total ?? 0);
      },
    });
    await cache?.close();
    for (const { extractor } of extracted.extractions) used.add(extractor);
    const snapshot = assessScan({
      target: {
        name: invocation.value('name') ?? calledAfter(path),
        kind: tree.kind,
        ...(tree.commit === undefined ? {} : { commit: tree.commit }),
      },
      files: extracted.extractions.map((one) => ({ ...one, ecosystem: ecosystemOfExtractor(one.extractor) })),
      problems: [...extracted.problems, ...rulings.problems],
      skipped: extracted.skipped,
      store: advisories.store,
      config: rulings.config,
      decisions: rulings.decisions,
      ...(failOn === undefined ? {} : { failOn }),
      now: io.now(),
      version: io.version,
    });
    await look?.(snapshot, seen, progress);
    return snapshot;
  } finally {
    progress.end();
    advisories.close();
  }
}

const ecosystems: ReadonlyMap<string, EcosystemId> = new Map(
  extractors.map(({ id, ecosystem }) => [id, ecosystem]),
);

const ecosystemOfExtractor = (id: string): EcosystemId => ecosystems.get(id)!;
