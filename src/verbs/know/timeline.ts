import { NO_CONFIG, parseConfig, CONFIG_PATH, type Config } from '../../analysis/config/config.ts';
import { compileGlob } from '../../analysis/decisions/glob.ts';
import { decodeText } from '../../analysis/text/decode.ts';
import { componentTable, type ComponentTable } from '../../analysis/timeline/component-table.ts';
import { sampleHistory, type SampleRequest, type Sampling } from '../../analysis/timeline/sample.ts';
import { assembleTimeline, type ReadSample, type TimelineCore } from '../../analysis/timeline/timeline.ts';
import { timelineCaveats } from '../../analysis/timeline/words.ts';
import { historyReader, type HistoryPoint } from '../../engine/commit-history.ts';
import { ancestryFinder } from '../../engine/kept-ancestry.ts';
import { keepPoints, keptPoints, keyOfPoints } from '../../engine/kept-points.ts';
import { defaultLimits } from '../../engine/limits.ts';
import type { OnProgress } from '../../engine/progress.ts';
import type { AdvisoryStore, Instant } from '../../model/advisory.ts';
import type { ResultCache } from '../../model/cache.ts';
import type { Decision } from '../../model/decision.ts';
import type { Extractor } from '../../model/extractor.ts';
import type { CommitHistory } from '../../model/commit-history.ts';
import { AssayError, type Problem } from '../../model/problem.ts';
import type { Timeline } from '../../model/timeline.ts';

/** Everything a timeline is made of. */
export interface TimelineInput {
  readonly target: Omit<Timeline['target'], 'commit'>;
  readonly history: CommitHistory;
  readonly request: Omit<SampleRequest, 'now'>;
  readonly extractors: readonly Extractor[];
  /** What HEAD has recorded, to be applied at every point. */
  readonly rulings?: { readonly decisions: readonly Decision[]; readonly problems: readonly Problem[] };
  readonly store: AdvisoryStore;
  readonly cache?: ResultCache;
  readonly now: Instant;
  readonly version: string;
  readonly signal?: AbortSignal;
  readonly on?: OnProgress;
}

/** The name under which progress is told. */
export const POINTS = 'points';

const MOST_CONFIG_BYTES = 1024 * 1024;

/**
 * How a project's dependencies and their advisories changed from release to release. Rejects with the signal's reason when aborted;
 * what was read until then is in the cache. AssayErrors of `sampleHistory`, and `timeline/nothing` when there is no point at all.
 */
export async function makeTimeline(input: TimelineInput): Promise<Timeline> {
  const { history, store } = input;
  const now = Math.floor(Date.parse(input.now) / 1000);
  const sampling = await sampleHistory(
    history,
    { ...input.request, now },
    ancestryFinder(history, input.cache),
  );
  if (sampling.samples.length === 0)
    throw new AssayError('timeline/nothing', 'no commit or tag is left to look at', {
      hint: 'ask for an earlier --since, or leave it out',
    });
  const { config, problems } = configOf(history);
  const table = componentTable();
  const points = await pointsOf(input, sampling, config, table);
  const submodules = Math.max(0, ...points.map((point) => point.submodules));
  const reads = sampling.samples.map((sample, index): ReadSample => ({ sample, read: points[index]! }));
  const { rulings } = input;
  const recorded = rulings === undefined ? undefined : { decisions: rulings.decisions, today: input.now };
  const core = assembleTimeline(reads, table, store, now, recorded);
  return {
    format: 'assay-timeline',
    schema: 1,
    tool: { name: 'assay', version: input.version },
    target: { ...input.target, commit: history.head },
    takenAt: input.now,
    sampling: { by: sampling.by, says: sampling.says, leftOut: sampling.leftOut },
    knowledge: { sources: store.sources, digest: store.digest },
    ...core,
    caveats: caveatsOf(core, sampling, input, config, submodules),
    problems: [...problems, ...(rulings?.problems ?? []), ...core.problems],
  };
}

/** What the files of each sample say: as it was kept, else read, and kept for the next time. */
async function pointsOf(
  { history, target, extractors, cache, signal, on }: TimelineInput,
  { samples }: Sampling,
  { ignore }: Config,
  table: ComponentTable,
): Promise<readonly HistoryPoint[]> {
  // Samples are commits that were looked at: they are there.
  const trees = samples.map(({ commit }) => history.commit(commit)!.tree);
  const limits = defaultLimits;
  const key = keyOfPoints({ trees, folder: target.folder ?? '', ignore, extractors, limits });
  const kept = cache === undefined ? undefined : await keptPoints(cache, key, table);
  if (kept !== undefined) return kept;
  const ignored = ignore.map(compileGlob);
  const read = historyReader(history, {
    extractors,
    isIgnored: (path) => ignored.some((matches) => matches(path)),
    table,
    limits,
    ...(cache === undefined ? {} : { cache }),
    ...(signal === undefined ? {} : { signal }),
  });
  const points: HistoryPoint[] = [];
  for (const tree of trees) {
    on?.({ kind: 'progress', fact: POINTS, done: points.length, total: trees.length });
    points.push(await read(tree));
  }
  if (cache !== undefined) await keepPoints(cache, key, points, table);
  return points;
}

function caveatsOf(
  core: TimelineCore,
  sampling: Sampling,
  { history, store, now }: TimelineInput,
  config: Config,
  submodules: number,
): readonly string[] {
  return timelineCaveats({
    ...core,
    notes: sampling.notes,
    sources: store.sources,
    shallow: history.shallow,
    partial: history.partial,
    ignore: config.ignore,
    submodules,
    now,
  });
}

/** HEAD's setting, for every point alike: what counts as part of the product must not change along the way. */
function configOf(history: CommitHistory): {
  readonly config: Config;
  readonly problems: readonly Problem[];
} {
  const tree = history.commit(history.head)?.tree;
  const blob = tree === undefined ? undefined : history.blobAt(tree, CONFIG_PATH);
  if (blob === undefined) return { config: NO_CONFIG, problems: [] };
  try {
    const { text, problems } = decodeText(history.read(blob, MOST_CONFIG_BYTES), CONFIG_PATH);
    const parsed = parseConfig(text ?? '', CONFIG_PATH);
    return { config: parsed.config, problems: [...problems, ...parsed.problems] };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { message } = error;
    return {
      config: NO_CONFIG,
      problems: [{ code: 'file/unreadable', message, at: { path: CONFIG_PATH }, lost: true }],
    };
  }
}
