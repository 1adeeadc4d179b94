import type { ResultCache } from '../model/cache.ts';
import { cacheKey } from './cache.ts';
import type { ExtractionPlan, ExtractResult } from './extract.ts';

/** Raise when the written form changes: it is part of every key. */
const RESULT_FORMAT = 1;
/** Characters above which a result is not worth its room. */
const MOST = 64 * 1024 * 1024;

/** Something made of an extraction: a text, and a number to go with it. */
export interface Result {
  readonly text: string;
  readonly code: number;
}

/** A place in the cache for what is made of one plan's extraction in one way. */
export interface ResultPlace {
  /** The result that was kept, when everything that it was made of is unchanged. */
  get(): Promise<Result | undefined>;
  /** Keeps a result of this extraction. */
  set(extracted: ExtractResult, pieces: readonly string[], code: number): Promise<void>;
}

/**
 * The place for what is made of a plan's extraction and of `madeOf`: plain data that stand for *everything else* that goes into
 * it, the program itself included. `undefined` when the plan has no digest: then nothing can be kept.
 */
export async function resultPlace(
  plan: ExtractionPlan,
  cache: ResultCache,
  madeOf: readonly unknown[],
): Promise<ResultPlace | undefined> {
  const digest = await plan.digest();
  if (digest === undefined) return undefined;
  const key = cacheKey([RESULT_FORMAT, digest, JSON.stringify(madeOf)]);
  return {
    async get() {
      const kept = await cache.get(key);
      const end = kept?.indexOf('\n') ?? -1;
      if (kept === undefined || end === -1) return undefined;
      const about = parseAbout(kept.slice(0, end));
      if (about === undefined || !(await plan.isUnchanged(about.asked))) return undefined;
      return { text: kept.slice(end + 1), code: about.code };
    },
    async set({ asked }, pieces, code) {
      if (asked === undefined || pieces.reduce((sum, { length }) => sum + length, 0) > MOST) return;
      await cache.set(key, `${JSON.stringify({ asked, code })}\n${pieces.join('')}`);
    },
  };
}

interface About {
  readonly asked: NonNullable<ExtractResult['asked']>;
  readonly code: number;
}

function parseAbout(text: string): About | undefined {
  try {
    const about = JSON.parse(text) as About;
    return about.asked.every(([path]) => typeof path === 'string') && typeof about.code === 'number'
      ? about
      : undefined;
  } catch {
    return undefined;
  }
}
