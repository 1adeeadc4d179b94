import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { defaultCacheFolder, fileCache } from '../../adapters/cache/files.ts';
import { openTree } from '../../adapters/tree/open.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import { memoryCache } from '../../engine/cache.ts';
import { extractAll } from '../../engine/extract.ts';
import { ignoring } from '../../engine/ignore.ts';
import type { ResultCache } from '../../model/cache.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { AssayError } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';
import { openAdvisories } from '../../verbs/know/advisories.ts';
import { assessDiff, compareBytes } from '../../verbs/know/diff.ts';
import { readRulings } from '../../verbs/know/rulings.ts';
import type { ScanInput } from '../../verbs/know/scan.ts';
import { calledAfter } from './called.ts';
import type { Invocation } from './command.ts';
import { databaseFolder } from './folders.ts';
import { letSignalsEnd } from './process-io.ts';
import { progressOn } from './progress.ts';

/**
 * The one way from arguments to a comparison. What is equal in both trees is extracted once: both share a cache by content.
 * AssayErrors of the adapters pass through (exit code 2).
 */
export async function runDiff(invocation: Invocation): Promise<Comparison> {
  const { io } = invocation;
  const { base, head } = openSides(invocation);
  const advisories = openAdvisories(openAdvisoryFolder(databaseFolder(invocation)), codec);
  const cache = invocation.flag('no-cache') ? memoryCache() : fileCache(defaultCacheFolder(io.env));
  const progress = progressOn(io);
  try {
    const rulings = await readRulings(base.tree, io.signal);
    const sides = await Promise.all(
      [base, head].map(async ({ tree, name }) => ({
        name,
        tree,
        found: await extracted(ignoring(tree, rulings.config.ignore), cache, invocation, progress),
      })),
    );
    const inputs = sides.map(({ name, tree, found }): ScanInput => ({
      target: {
        name,
        kind: tree.kind,
        ...(tree.commit === undefined ? {} : { commit: tree.commit }),
      },
      files: found.extractions.map((one) => ({ ...one, ecosystem: ecosystemOfExtractor(one.extractor) })),
      problems: [...found.problems, ...rulings.problems],
      skipped: found.skipped,
      store: advisories.store,
      config: rulings.config,
      decisions: rulings.decisions,
      now: io.now(),
      version: io.version,
    }));
    const paths = new Set(inputs.flatMap(({ files }) => files.map(({ path }) => path)));
    const bytes = await compareBytes(base.tree, head.tree, paths, io.signal);
    letSignalsEnd();
    return assessDiff(inputs[0]!, inputs[1]!, bytes);
  } finally {
    progress.end();
    await cache.close();
    advisories.close();
    await base.tree.close();
    await head.tree.close();
  }
}

async function extracted(
  tree: Tree,
  cache: ResultCache,
  { io }: Invocation,
  progress: ReturnType<typeof progressOn>,
): ReturnType<typeof extractAll> {
  return extractAll(tree, {
    extractors,
    cache,
    signal: io.signal,
    on: (event) => {
      if (event.kind === 'progress') progress.step('reading', event.done, event.total ?? 0);
    },
  });
}

interface Side {
  readonly tree: Tree;
  /** As reports call it. */
  readonly name: string;
}

/**
 * The trees that a person means by `BASE [HEAD] [PATH]`. Each of BASE and HEAD is a revision of the repository at PATH, else a folder,
 * archive or file on disk. Without HEAD it is the files at PATH as they are, or with `--index` what is staged.
 * Of two words the second is HEAD; where it is no revision but a path with a repository that knows BASE, it is PATH.
 */
function openSides({ io, positionals, flag }: Invocation): { readonly base: Side; readonly head: Side } {
  const [first, second, third] = positionals;
  if (first === undefined || positionals.length > 3)
    throw new AssayError('cli/usage', 'diff: name a BASE, and a HEAD where it is not the files as they are', {
      hint: 'see `assay diff --help`',
    });
  const here = resolve(io.cwd, third ?? '.');
  const index = flag('index');
  if (index && third !== undefined)
    throw new AssayError('cli/usage', 'diff: --index is the HEAD; name BASE and PATH only');
  if (second === undefined || index) {
    const place = resolve(io.cwd, second ?? '.');
    return both(
      () => sideOf(first, place, io.cwd),
      () => (index ? { tree: openTree(place, { index: true }), name: 'what is staged' } : onDisk(place)),
    );
  }
  if (third === undefined && !isRevision(second, here)) {
    const place = resolve(io.cwd, second);
    if (isRevision(first, place))
      return both(
        () => sideOf(first, place, io.cwd),
        () => onDisk(place),
      );
  }
  return both(
    () => sideOf(first, here, io.cwd),
    () => sideOf(second, here, io.cwd),
  );
}

/** Leaves nothing open when the second cannot be opened. */
function both(openBase: () => Side, openHead: () => Side): { readonly base: Side; readonly head: Side } {
  const base = openBase();
  try {
    return { base, head: openHead() };
  } catch (error) {
    void base.tree.close();
    throw error;
  }
}

/** A revision where the repository knows it, unless it is written as a path; else what lies there. */
function sideOf(name: string, repository: string, cwd: string): Side {
  const path = resolve(cwd, name);
  if (/^\.{0,2}(?:\/|$)/.test(name) && existsSync(path)) return onDisk(path);
  try {
    return { tree: openTree(repository, { revision: name }), name };
  } catch (error) {
    if (!(error instanceof AssayError) || !existsSync(path)) throw error;
    return onDisk(path);
  }
}

function onDisk(path: string): Side {
  return { tree: openTree(path), name: calledAfter(path) };
}

function isRevision(name: string, repository: string): boolean {
  try {
    void openTree(repository, { revision: name }).close();
    return true;
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

const ecosystems: ReadonlyMap<string, EcosystemId> = new Map(
  extractors.map(({ id, ecosystem }) => [id, ecosystem]),
);

const ecosystemOfExtractor = (id: string): EcosystemId => ecosystems.get(id)!;
