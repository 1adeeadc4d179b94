import type { ComponentTable, FileFacts } from '../analysis/timeline/component-table.ts';
import { RECORD_FORMAT } from '../analysis/timeline/file-record.ts';
import type { ResultCache } from '../model/cache.ts';
import type { Extractor } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';
import { cacheKey } from './cache.ts';
import type { HistoryFileFacts, HistoryPoint } from './commit-history.ts';
import { EXTRACTION_FORMAT } from './extraction-codec.ts';
import type { Limits } from './limits.ts';

/** Raise when the written form changes. */
const FORMAT = 'points/1';

/** What decides what the trees of a history say: the same gives the same. */
export interface PointsQuestion {
  readonly trees: readonly string[];
  /** The folder of each that is looked at. */
  readonly folder: string;
  readonly ignore: readonly string[];
  readonly extractors: readonly Extractor[];
  readonly limits: Limits;
}

export const keyOfPoints = ({ trees, folder, ignore, extractors, limits }: PointsQuestion): string =>
  cacheKey([
    FORMAT,
    RECORD_FORMAT,
    EXTRACTION_FORMAT,
    JSON.stringify(extractors.map(({ id, version, files }) => [id, version, files])),
    JSON.stringify(limits),
    JSON.stringify(ignore),
    folder,
    ...trees,
  ]);

/** In numbers, each thing once: a hundred releases are told in a fraction of what their files take. */
interface Kept {
  readonly components: readonly (readonly [string, string, string, string, string, string])[];
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly Problem[];
    /** `components` are numbers, each as its distance from the one before; `flags` a digit each. */
    readonly facts?: Omit<FileFacts, 'components' | 'flags'> & {
      readonly components: readonly number[];
      readonly flags: string;
    };
  }[];
  readonly points: readonly (Omit<HistoryPoint, 'files'> & { readonly files: readonly number[] })[];
  /** The point of each tree. */
  readonly trees: readonly number[];
}

/**
 * Keeps what all trees of a timeline say under one key, so that the same timeline in another format reads no file. Not when something
 * could not be read from the repository: it may be there the next time.
 */
export async function keepPoints(
  cache: ResultCache,
  key: string,
  points: readonly HistoryPoint[],
  table: ComponentTable,
): Promise<void> {
  const distinct = [...new Set(points)];
  const files = [...new Set(distinct.flatMap((point) => point.files))];
  const problems = [...distinct, ...files].flatMap((one) => one.problems);
  if (problems.some(({ code }) => /^(?:git|tree)\/|^file\/unreadable$/.test(code))) return;
  const numberOfFile = new Map(files.map((file, number) => [file, number]));
  const numberOfPoint = new Map(distinct.map((point, number) => [point, number]));
  const kept: Kept = {
    components: table.components.map(({ ecosystem, name, version, requested, origin, place }) => [
      ecosystem,
      name,
      version,
      requested,
      origin,
      place,
    ]),
    files: files.map(({ path, problems: found, facts }) => ({
      path,
      problems: found,
      ...(facts === undefined
        ? {}
        : { facts: { ...facts, components: steps(facts.components), flags: facts.flags.join('') } }),
    })),
    points: distinct.map((point) => ({
      ...point,
      files: point.files.map((file) => numberOfFile.get(file)!),
    })),
    trees: points.map((point) => numberOfPoint.get(point)!),
  };
  await cache.set(key, JSON.stringify(kept));
}

/** The points of the trees, parallel to them, or `undefined` when they were not kept. Fills `table`, which must be empty. */
export async function keptPoints(
  cache: ResultCache,
  key: string,
  table: ComponentTable,
): Promise<readonly HistoryPoint[] | undefined> {
  const kept = readKept(await cache.get(key));
  if (kept === undefined) return undefined;
  for (const [ecosystem, name, version, requested, origin, place] of kept.components)
    table.add([ecosystem, name, version, requested, origin, place, 0] as Parameters<
      ComponentTable['add']
    >[0]);
  const files = kept.files.map(({ path, problems, facts }): HistoryFileFacts => ({
    path,
    problems,
    facts:
      facts === undefined
        ? undefined
        : { ...facts, components: summed(facts.components), flags: Uint8Array.from(facts.flags, Number) },
  }));
  const points = kept.points.map((point): HistoryPoint => ({
    ...point,
    files: point.files.map((number) => files[number]!),
  }));
  return kept.trees.map((number) => points[number]!);
}

const steps = (numbers: Uint32Array): number[] =>
  Array.from(numbers, (number, i) => number - (i === 0 ? 0 : numbers[i - 1]!));

function summed(distances: readonly number[]): Uint32Array {
  let sum = 0;
  return Uint32Array.from(distances, (distance) => (sum += distance));
}

function readKept(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Kept>;
    return [kept.components, kept.files, kept.points, kept.trees].every(Array.isArray)
      ? (kept as Kept)
      : undefined;
  } catch {
    return undefined;
  }
}
