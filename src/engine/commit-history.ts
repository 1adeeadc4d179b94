import { setImmediate } from 'node:timers/promises';
import { baseName } from '../analysis/text/paths.ts';
import { decodeText } from '../analysis/text/decode.ts';
import {
  fileFacts,
  readRecord,
  RECORD_FORMAT,
  recordOf,
  versionFileFacts,
  type FileRecord,
} from '../analysis/timeline/file-record.ts';
import type { ComponentTable, FileFacts } from '../analysis/timeline/component-table.ts';
import type { ResultCache } from '../model/cache.ts';
import type { Extractor, SourceFile } from '../model/extractor.ts';
import type { CommitHistory, HistoryFile } from '../model/commit-history.ts';
import { AssayError, type Problem } from '../model/problem.ts';
import { cacheKey } from './cache.ts';
import { claimer } from './claim.ts';
import { digestOf, readCompanions, type Companions } from './companions.ts';
import type { Content, Contents } from './contents.ts';
import { EXTRACTION_FORMAT } from './extraction-codec.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { extractorFailed, isProblem, runExtractor } from './run-extractor.ts';

/** One file as one extractor read it, at one or more points of a history. The same object wherever nothing changed. */
export interface HistoryFileFacts {
  readonly path: string;
  /** `undefined` when the file could not be read. */
  readonly facts: FileFacts | undefined;
  /** Of reading; those of the extractor are in `facts`. */
  readonly problems: readonly Problem[];
}

/** The manifests and lockfiles of one commit. The same object for commits that do not differ in them. */
export interface HistoryPoint {
  readonly files: readonly HistoryFileFacts[];
  /** Of listing. */
  readonly problems: readonly Problem[];
  readonly submodules: number;
}

export interface HistoryOptions {
  readonly extractors: readonly Extractor[];
  /** Paths to leave out. */
  readonly isIgnored: (path: string) => boolean;
  readonly table: ComponentTable;
  readonly cache?: ResultCache;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** How long the thread is held before a Ctrl-C can be seen. */
const SLICE_MS = 30;
/** Smaller files are parsed sooner than they are looked up on a disk. */
const KEPT_FROM_BYTES = 16 * 1024;

/**
 * Extractors that never give anything but manifests. What a lockfile of the same ecosystem covers of these is not read at all:
 * an inventory leaves it out, and every release of a monorepo touches each of its hundred manifests.
 */
const ONLY_MANIFESTS: ReadonlySet<string> = new Set([
  'npm/package-json',
  'cargo/cargo-toml',
  'packagist/composer-json',
]);

interface Variant {
  readonly asked: Companions['asked'];
  readonly result: HistoryFileFacts;
}

/**
 * Reads the manifests and lockfiles of commits. A file is parsed once for each content that it and its companions have;
 * what was parsed is kept in the cache as it comes, so an interrupted run goes on where it was.
 * Rejects with the signal's reason when aborted.
 */
export function historyReader(
  history: CommitHistory,
  options: HistoryOptions,
): (tree: string) => Promise<HistoryPoint> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const { isIgnored, table, cache, signal } = options;
  const claim = claimer(options.extractors);
  const wanted = (path: string): boolean => claim(path).length > 0 && !isIgnored(path);
  const versionsOf = new Map(
    options.extractors.map((extractor) => [extractor, extractor.extractVersions?.()] as const),
  );
  const variants = new Map<string, Variant[]>();
  const points = new Map<
    number,
    { readonly point: HistoryPoint; readonly elsewhere: Companions['asked'] }[]
  >();
  const texts = textCache(limits.heldBytes);
  /** Whether the last version of a file that was parsed was too small to keep: then the next one most likely is. */
  const small = new Map<string, boolean>();
  const searches = new Map<string, (path: string) => boolean>();
  const isNamed = (name: string): ((path: string) => boolean) => {
    let search = searches.get(name);
    if (search === undefined) {
      search = (path) => path.endsWith(name) && baseName(path) === name && !isIgnored(path);
      searches.set(name, search);
    }
    return search;
  };
  let sliceEnd = performance.now() + SLICE_MS;

  const pause = async (): Promise<void> => {
    if (performance.now() <= sliceEnd) return;
    await setImmediate();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  };

  const factsOf = async (
    file: HistoryFile,
    extractor: Extractor,
    contents: CommitContents,
  ): Promise<Variant> => {
    const key = `${extractor.id}\0${file.path}\0${file.blob}`;
    const known = variants.get(key);
    const same = known?.find(({ asked }) => contents.isAsBefore(asked));
    if (same !== undefined) return same;
    await pause();
    const isKept = small.get(file.path) !== true;
    const made =
      (isKept ? await fromCache(file, extractor, contents) : undefined) ??
      (await parse(file, extractor, contents));
    if (known === undefined) variants.set(key, [made]);
    else known.push(made);
    return made;
  };

  const parse = async (
    { path, blob }: HistoryFile,
    extractor: Extractor,
    contents: CommitContents,
  ): Promise<Variant> => {
    const { file, bytes, problems: found } = await contents.read(path);
    const problems = found.filter((problem) => problem.lost);
    small.set(path, bytes < KEPT_FROM_BYTES);
    if (file === undefined) return { asked: [], result: { path, facts: undefined, problems } };
    let companions: Companions = { texts: new Map(), asked: [], bytes: 0, problems: [] };
    if (extractor.companions !== undefined)
      try {
        companions = await readCompanions(extractor, file, contents, limits, true);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        problems.push(extractorFailed(extractor.id, path, why));
        return { asked: [], result: { path, facts: undefined, problems } };
      }
    problems.push(...companions.problems.filter((problem) => problem.lost));
    const { asked } = companions;
    const facts = factsOfText(extractor, file, companions.texts);
    if (isProblem(facts))
      return { asked, result: { path, facts: undefined, problems: [...problems, facts] } };
    if (cache !== undefined && bytes >= KEPT_FROM_BYTES) {
      const base = keyParts(extractor, path, blob, limits);
      await cache.set(cacheKey([...base, 'asks']), JSON.stringify(asked.map(([name]) => name)));
      await cache.set(
        keyWithAnswers(base, asked),
        JSON.stringify({ asked, problems, record: recordOf(facts, table) }),
      );
    }
    return { asked, result: { path, facts, problems } };
  };

  const factsOfText = (
    extractor: Extractor,
    file: SourceFile,
    companions: ReadonlyMap<string, string>,
  ): FileFacts | Problem => {
    try {
      const version = versionsOf.get(extractor)?.(file, (path) => companions.get(path));
      if (version !== undefined) return versionFileFacts(version, file.path, extractor.ecosystem, table);
    } catch (error) {
      return extractorFailed(extractor.id, file.path, error instanceof Error ? error.message : String(error));
    }
    const extraction = runExtractor(extractor, { extractor: extractor.id, file, companions });
    return isProblem(extraction) ? extraction : fileFacts(extraction, file.path, extractor.ecosystem, table);
  };

  /** What a file asked for the last time says under which answers its result is kept. */
  const fromCache = async (
    { path, blob }: HistoryFile,
    extractor: Extractor,
    contents: CommitContents,
  ): Promise<Variant | undefined> => {
    if (cache === undefined) return undefined;
    const base = keyParts(extractor, path, blob, limits);
    const names = parseJson(await cache.get(cacheKey([...base, 'asks'])));
    if (!Array.isArray(names)) return undefined;
    const answers = names.map((name) => [String(name), contents.answer(String(name))] as const);
    const kept = readKept(parseJson(await cache.get(keyWithAnswers(base, answers))));
    if (kept === undefined || !contents.isAsBefore(kept.asked)) return undefined;
    return {
      asked: kept.asked,
      result: { path, facts: table.take(kept.record), problems: kept.problems },
    };
  };

  return async (tree) => {
    signal?.throwIfAborted();
    const listing = history.files(tree, wanted);
    const contents = commitContents(history, tree, listing.files, isIgnored, limits, texts, isNamed);
    const known = points.get(listing.id)?.find(({ elsewhere }) => contents.isAsBefore(elsewhere));
    if (known !== undefined) return known.point;
    const problems = [...listing.problems];
    const claims = listing.files.flatMap((file) =>
      claim(file.path).map((extractor) => ({ file, extractor })),
    );
    if (claims.length > limits.claimedFiles)
      problems.push({
        code: 'engine/too-many-files',
        message: `${claims.length} manifests and lockfiles; the first ${limits.claimedFiles} by path were read`,
        lost: true,
      });
    const taken = claims.slice(0, limits.claimedFiles);
    const results: Variant[] = [];
    const covered = new Set<string>();
    for (const { file, extractor } of taken) {
      if (ONLY_MANIFESTS.has(extractor.id)) continue;
      const variant = await factsOf(file, extractor, contents);
      results.push(variant);
      const { facts } = variant.result;
      for (const path of facts?.covers ?? []) covered.add(`${facts!.ecosystem}\0${path}`);
    }
    for (const { file, extractor } of taken)
      if (ONLY_MANIFESTS.has(extractor.id) && !covered.has(`${extractor.ecosystem}\0${file.path}`))
        results.push(await factsOf(file, extractor, contents));
    const point: HistoryPoint = {
      files: results
        .map(({ result }) => result)
        .filter(
          ({ path, facts }) =>
            facts === undefined || facts.role !== 'manifest' || !covered.has(`${facts.ecosystem}\0${path}`),
        )
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      problems,
      submodules: listing.submodules,
    };
    if (listing.id !== -1) {
      const elsewhere = contents.elsewhere(results.flatMap(({ asked }) => asked));
      const list = points.get(listing.id);
      if (list === undefined) points.set(listing.id, [{ point, elsewhere }]);
      else list.push({ point, elsewhere });
    }
    return point;
  };
}

interface CommitContents extends Contents {
  /** What `Companions.asked` would hold for it now: a blob, null, or the digest of a search. */
  answer(asked: string): string | null;
  isAsBefore(asked: Companions['asked']): boolean;
  /** Those that equal listed files do not answer, each once. */
  elsewhere(asked: Companions['asked']): Companions['asked'];
}

function commitContents(
  history: CommitHistory,
  tree: string,
  files: readonly HistoryFile[],
  isIgnored: (path: string) => boolean,
  limits: Limits,
  texts: TextCache,
  isNamed: (name: string) => (path: string) => boolean,
): CommitContents {
  const listed = new Map(files.map(({ path, blob }) => [path, blob]));
  const looked = new Map<string, string | null>();
  const blobOf = (path: string): string | undefined =>
    listed.get(path) ?? (isIgnored(path) ? undefined : history.blobAt(tree, path));
  const named = (folder: string, name: string): readonly string[] => {
    const all = history.files(tree, isNamed(name)).files.map(({ path }) => path);
    return folder === '' ? all : all.filter((path) => path.startsWith(`${folder}/`));
  };
  const answer = (asked: string): string | null => {
    let found = looked.get(asked);
    if (found === undefined) {
      found = asked.startsWith('/')
        ? digestOf(named(asked.slice(1, Math.max(1, asked.lastIndexOf('/'))), baseName(asked)))
        : (blobOf(asked) ?? null);
      looked.set(asked, found);
    }
    return found;
  };
  return {
    answer,
    named,
    has: (path) => blobOf(path) !== undefined,
    digest: async (path) => blobOf(path),
    read: async (path) => {
      const blob = blobOf(path)!;
      return texts.get(path, blob) ?? texts.set(path, blob, readText(history, path, blob, limits));
    },
    isAsBefore: (asked) => asked.every(([name, before]) => answer(name) === before),
    elsewhere: (asked) => [
      ...new Map(asked.flatMap((one) => (listed.has(one[0]) ? [] : [[one[0], one] as const]))).values(),
    ],
  };
}

function readText(history: CommitHistory, path: string, blob: string, limits: Limits): Content {
  let bytes: Uint8Array;
  try {
    bytes = history.read(blob, limits.fileBytes);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { message, hint } = error;
    const code = error.code === 'git/too-large' ? 'file/too-large' : 'file/unreadable';
    const problem = { code, message, at: { path }, lost: true, ...(hint === undefined ? {} : { hint }) };
    return { file: undefined, bytes: 0, problems: [problem] };
  }
  const { text, problems } = decodeText(bytes, path);
  return { file: text === undefined ? undefined : { path, text }, bytes: bytes.length, problems };
}

interface TextCache {
  get(path: string, blob: string): Content | undefined;
  set(path: string, blob: string, content: Content): Content;
}

/** Companions are asked for by many files of one commit; a lockfile itself is wanted once. */
function textCache(most: number): TextCache {
  const held = new Map<string, Content>();
  let total = 0;
  return {
    get: (path, blob) => held.get(`${path}\0${blob}`),
    set: (path, blob, content) => {
      if (content.bytes > most / 16) return content;
      if (total + content.bytes > most) {
        held.clear();
        total = 0;
      }
      held.set(`${path}\0${blob}`, content);
      total += content.bytes;
      return content;
    },
  };
}

const keyParts = (extractor: Extractor, path: string, blob: string, limits: Limits): (string | number)[] => [
  RECORD_FORMAT,
  EXTRACTION_FORMAT,
  extractor.id,
  extractor.version,
  path,
  blob,
  limits.fileBytes,
  limits.companions,
  limits.companionsAsked,
  limits.companionDepth,
  limits.companionBytes,
];

const keyWithAnswers = (base: readonly (string | number)[], asked: Companions['asked']): string =>
  cacheKey([...base, 'answers', JSON.stringify(asked)]);

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readKept(value: unknown):
  | {
      readonly asked: Companions['asked'];
      readonly problems: readonly Problem[];
      readonly record: FileRecord;
    }
  | undefined {
  const kept = value as { asked?: unknown; problems?: unknown; record?: unknown } | null | undefined;
  const record = readRecord(kept?.record);
  if (record === undefined || !Array.isArray(kept?.asked) || !Array.isArray(kept.problems)) return undefined;
  return { asked: kept.asked as Companions['asked'], problems: kept.problems as readonly Problem[], record };
}
