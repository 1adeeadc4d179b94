import { setImmediate } from 'node:timers/promises';
import { baseName, folderOf } from '../analysis/text/paths.ts';
import type { ResultCache } from '../model/cache.ts';
import type { Extraction, Extractor } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';
import type { Tree, TreeEntry } from '../model/tree.ts';
import { cacheKey, noCache } from './cache.ts';
import { claimer } from './claim.ts';
import type { Companions } from './companions.ts';
import { isUnchanged, readCompanions } from './companions.ts';
import type { Contents, HeldContents } from './contents.ts';
import { contentsOf } from './contents.ts';
import { decodeExtraction, encodeExtraction } from './extraction-codec.ts';
import { keepExtraction, keptExtraction, keyOfExtraction } from './kept.ts';
import type { Limits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import type { Pool } from './pool.ts';
import { createPool, defaultWorkers, extractionWorker } from './pool.ts';
import type { OnProgress } from './progress.ts';
import { noProgress } from './progress.ts';
import type { Task } from './run-extractor.ts';
import { extractorFailed, isProblem, runExtractor } from './run-extractor.ts';

/** One file as one extractor read it. */
export interface Extracted {
  readonly path: string;
  /** Its id. */
  readonly extractor: string;
  readonly extraction: Extraction;
}

export interface ExtractResult {
  /** Ordered by path, then extractor id (code units), whatever the order of the listing. */
  readonly extractions: readonly Extracted[];
  /** Of the tree, of reading and of the engine; what an extractor found is in its extraction. Ordered by path, each once. */
  readonly problems: readonly Problem[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
  readonly filesSeen: number;
  /** How many extractions came from the cache. */
  readonly fromCache: number;
  /**
   * What extractors asked for beside their files. With it the plan's digest stands for this whole result;
   * `undefined` when it may come out differently from the same files: one could not be read, or an extractor failed.
   */
  readonly asked: Companions['asked'] | undefined;
}

/** What is to be extracted from a tree: it is known which files, and nothing of them was parsed. */
export interface ExtractionPlan {
  /**
   * Stands for everything that `run` makes its result of, but for what extractors ask for beside their files, which is not known
   * before (`ExtractResult.asked`): equal digests and nothing of that changed, equal results. Reads files and parses none.
   * `undefined` when a file cannot be read, when there are more than are held at once, and without a cache.
   */
  digest(): Promise<string | undefined>;
  /** Whether all that extractors asked for in an earlier run is as it was. */
  isUnchanged(asked: Companions['asked']): Promise<boolean>;
  run(): Promise<ExtractResult>;
}

export interface ExtractOptions {
  readonly extractors: readonly Extractor[];
  readonly cache?: ResultCache;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  readonly on?: OnProgress;
  /** Workers to use once there is enough to do; default: one less than there are processors. 0: none. */
  readonly workers?: number;
}

/** The name under which progress is told. */
export const EXTRACTIONS = 'extractions';
/** How long the thread is held before progress is told and a Ctrl-C can be seen. */
const SLICE_MS = 30;

interface Claim {
  readonly path: string;
  readonly extractor: Extractor;
}

/**
 * Extracts every claimed file of a tree, from the cache where it holds. Small trees are read in this thread;
 * once `limits.poolFromBytes` of text were parsed, workers take what they can and this thread the rest.
 * Rejects with the signal's reason when aborted, and with the tree's AssayError when it cannot be listed.
 */
export async function extractAll(tree: Tree, options: ExtractOptions): Promise<ExtractResult> {
  return (await planExtraction(tree, options)).run();
}

/** The same in two steps, for whoever keeps what it makes of the result. Rejects when the tree cannot be listed. */
export async function planExtraction(tree: Tree, options: ExtractOptions): Promise<ExtractionPlan> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  options.on?.({ kind: 'started', fact: EXTRACTIONS });
  const found = await tree.list(options.signal);
  const vendored = vendorFolders(found.entries);
  const skipped = vendored.map((folder) => ({ path: folder.slice(0, -1), why: WHY_VENDORED }));
  const listing = vendored.length === 0 ? found : { ...found, skipped: [...found.skipped, ...skipped] };
  const problems: Problem[] = [...listing.problems];
  const claims = claimFiles(listing.entries, vendored, options.extractors, limits, problems);
  const contents = contentsOf(tree, listing.entries, limits);
  const keys = new Map<Claim, string | undefined>();
  const keyOf = async (claim: Claim): Promise<string | undefined> => {
    if (!keys.has(claim))
      keys.set(claim, await keyOfExtraction(claim.path, claim.extractor, contents, limits));
    return keys.get(claim);
  };
  return {
    async digest() {
      if (options.cache === undefined) return undefined;
      const all: string[] = [];
      const pause = pauses(options.signal);
      for (const claim of claims) {
        const key = await keyOf(claim);
        if (key === undefined || !contents.holdsAll()) return undefined;
        all.push(key);
        await pause();
      }
      return cacheKey([...all, JSON.stringify(problems), JSON.stringify(listing.skipped)]);
    },
    isUnchanged: (asked) => isUnchanged(asked, contents),
    run: () => runClaims({ listing, claims, contents, limits, problems: [...problems], keyOf }, options),
  };
}

interface Work {
  readonly listing: Awaited<ReturnType<Tree['list']>>;
  readonly claims: readonly Claim[];
  readonly contents: HeldContents;
  readonly limits: Limits;
  readonly problems: Problem[];
  readonly keyOf: (claim: Claim) => Promise<string | undefined>;
}

async function runClaims(
  { listing, claims, contents, limits, problems, keyOf }: Work,
  options: ExtractOptions,
): Promise<ExtractResult> {
  const { cache = noCache, signal, on = noProgress } = options;
  const extractions: Extracted[] = [];
  const asked = new Map<string, string | null>();
  const pending: Promise<void>[] = [];
  let pool: Pool | undefined;
  let done = 0;
  let fromCache = 0;
  let parsedBytes = 0;
  let holds = true;

  const finish = (claim: Claim, extraction: Extraction | undefined, found: readonly Problem[]): void => {
    if (extraction === undefined) holds = false;
    else extractions.push({ path: claim.path, extractor: claim.extractor.id, extraction });
    problems.push(...found);
    done++;
  };

  const one = async (claim: Claim): Promise<void> => {
    // Without a cache nothing needs hashing.
    const key = options.cache === undefined ? undefined : await keyOf(claim);
    const kept = key === undefined ? undefined : await keptExtraction(await cache.get(key), contents);
    if (kept !== undefined) {
      fromCache++;
      for (const [path, digest] of kept.asked) asked.set(path, digest);
      finish(claim, kept.extraction, kept.problems);
      return;
    }
    const job = await prepare(claim, contents, limits, key !== undefined);
    if (job.task === undefined) {
      finish(claim, undefined, job.problems);
      return;
    }
    const settle = async (extraction: Extraction | Problem, encoded: string | undefined): Promise<void> => {
      if (isProblem(extraction)) {
        finish(claim, undefined, [...job.problems, extraction]);
        return;
      }
      finish(claim, extraction, job.problems);
      if (key !== undefined && cache !== noCache)
        await cache.set(
          key,
          keepExtraction(job.asked, job.problems, encoded ?? encodeExtraction(extraction)),
        );
    };
    for (const [path, digest] of job.asked) asked.set(path, digest);
    parsedBytes += job.bytes;
    const { task } = job;
    if (parsedBytes > limits.poolFromBytes)
      pool ??= createPool(extractionWorker(), options.workers ?? defaultWorkers(), limits.fileMs);
    if (pool?.hasRoom() !== true) {
      await settle(runExtractor(claim.extractor, task), undefined);
      return;
    }
    const sent = pool.run(task).then(async (answer) => {
      if (signal?.aborted === true) return;
      if (answer.kind === 'failed')
        await settle(extractorFailed(task.extractor, claim.path, answer.why), undefined);
      else {
        const extraction = answer.kind === 'done' ? decodeExtraction(answer.encoded) : undefined;
        if (answer.kind === 'done' && extraction !== undefined) await settle(extraction, answer.encoded);
        else await settle(runExtractor(claim.extractor, task), undefined);
      }
    });
    pending.push(sent);
  };

  try {
    const pause = pauses(signal, () =>
      on({ kind: 'progress', fact: EXTRACTIONS, done, total: claims.length }),
    );
    for (const claim of claims) {
      await pause();
      await one(claim);
    }
    await Promise.race([Promise.all(pending), aborted(signal)]);
    signal?.throwIfAborted();
  } finally {
    await pool?.close();
  }
  on({ kind: 'finished', fact: EXTRACTIONS });
  extractions.sort((a, b) => compare(a.path, b.path) || compare(a.extractor, b.extractor));
  return {
    extractions,
    problems: ordered(problems),
    skipped: listing.skipped,
    filesSeen: listing.entries.length,
    fromCache,
    asked: holds && contents.holdsAll() ? [...asked] : undefined,
  };
}

/** To be awaited between pieces of work: at times tells of progress and lets a Ctrl-C be seen. Rejects with the signal's reason. */
function pauses(signal: AbortSignal | undefined, tell: () => void = () => {}): () => Promise<void> | void {
  let sliceEnd = Date.now() + SLICE_MS;
  return () => {
    if (Date.now() <= sliceEnd) return;
    tell();
    return setImmediate().then(() => {
      signal?.throwIfAborted();
      sliceEnd = Date.now() + SLICE_MS;
    });
  };
}

/**
 * Folders into which Go copied the modules of a build, each with a slash behind: `modules.txt` says that it did.
 * Their files are not maintained here, and go.mod says what they are. https://go.dev/ref/mod#vendoring
 */
function vendorFolders(entries: readonly TreeEntry[]): readonly string[] {
  return entries.flatMap(({ path }) =>
    path.endsWith('vendor/modules.txt') && baseName(folderOf(path)) === 'vendor'
      ? [`${folderOf(path)}/`]
      : [],
  );
}

const WHY_VENDORED = 'vendored modules: what go.mod says of them is read instead';

function claimFiles(
  entries: readonly TreeEntry[],
  vendored: readonly string[],
  extractors: readonly Extractor[],
  limits: Limits,
  problems: Problem[],
): readonly Claim[] {
  const claim = claimer(extractors);
  const claims: Claim[] = [];
  for (const { path } of entries)
    for (const extractor of claim(path))
      if (!vendored.some((folder) => path.startsWith(folder))) claims.push({ path, extractor });
  claims.sort((a, b) => compare(a.path, b.path) || compare(a.extractor.id, b.extractor.id));
  if (claims.length <= limits.claimedFiles) return claims;
  problems.push({
    code: 'engine/too-many-files',
    message: `${claims.length} manifests and lockfiles; the first ${limits.claimedFiles} by path were read`,
    hint: 'scan its parts one by one',
    lost: true,
  });
  return claims.slice(0, limits.claimedFiles);
}

interface Job {
  /** Absent when the file could not be read. */
  readonly task: Task | undefined;
  readonly asked: readonly (readonly [string, string | null])[];
  readonly problems: readonly Problem[];
  readonly bytes: number;
}

async function prepare(
  { path, extractor }: Claim,
  contents: Contents,
  limits: Limits,
  wantsDigests: boolean,
): Promise<Job> {
  const read = await contents.read(path);
  const isForeign = read.problems[0]?.code === 'file/binary' && extractor.binary?.(path) === true;
  const { file, bytes, problems } = isForeign ? { ...read, file: { path, text: '' }, problems: [] } : read;
  if (file === undefined) return { task: undefined, asked: [], problems, bytes };
  if (extractor.companions === undefined)
    return { task: { extractor: extractor.id, file, companions: new Map() }, asked: [], problems, bytes };
  try {
    const found = await readCompanions(extractor, file, contents, limits, wantsDigests);
    return {
      task: { extractor: extractor.id, file, companions: found.texts },
      asked: found.asked,
      problems: [...problems, ...found.problems],
      bytes: bytes + found.bytes,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      task: undefined,
      asked: [],
      problems: [...problems, extractorFailed(extractor.id, path, why)],
      bytes,
    };
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return new Promise(() => {});
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** By path, line, code and message, each once: two extractors that claim a file read it once each. */
function ordered(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort(
    (a, b) =>
      compare(a.at?.path ?? '', b.at?.path ?? '') ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
