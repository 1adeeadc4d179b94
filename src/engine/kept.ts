import type { Extraction, Extractor } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';
import { cacheKey } from './cache.ts';
import type { Companions } from './companions.ts';
import { isUnchanged } from './companions.ts';
import type { Contents } from './contents.ts';
import { decodeExtraction, EXTRACTION_FORMAT } from './extraction-codec.ts';
import type { Limits } from './limits.ts';

/**
 * The key of a file's extraction: extractor and version, path, digest of the bytes, and the limits that shape the result.
 * What it asked for beside the file is not known before the file is parsed, so that is kept with the value and checked on reading.
 * `undefined` when the file cannot be read.
 */
export async function keyOfExtraction(
  path: string,
  extractor: Extractor,
  contents: Contents,
  limits: Limits,
): Promise<string | undefined> {
  const digest = await contents.digest(path);
  if (digest === undefined) return undefined;
  const { fileBytes, companions, companionsAsked, companionDepth, companionBytes } = limits;
  const shaping =
    extractor.companions === undefined
      ? [fileBytes]
      : [fileBytes, companions, companionsAsked, companionDepth, companionBytes];
  return cacheKey([EXTRACTION_FORMAT, extractor.id, extractor.version, path, digest, ...shaping]);
}

/** What is kept: a line of JSON about what was asked for and found on the way, then the extraction. */
export function keepExtraction(
  asked: Companions['asked'],
  problems: readonly Problem[],
  encoded: string,
): string {
  return `${JSON.stringify({ asked, problems })}\n${encoded}`;
}

export interface KeptExtraction {
  readonly extraction: Extraction;
  readonly problems: readonly Problem[];
  readonly asked: Companions['asked'];
}

/** The extraction that was kept, when everything it was made from is unchanged; else `undefined`. */
export async function keptExtraction(
  kept: string | undefined,
  contents: Contents,
): Promise<KeptExtraction | undefined> {
  const end = kept?.indexOf('\n') ?? -1;
  if (kept === undefined || end === -1) return undefined;
  const about = parseAbout(kept.slice(0, end));
  if (about === undefined || !(await isUnchanged(about.asked, contents))) return undefined;
  const extraction = decodeExtraction(kept.slice(end + 1));
  return extraction === undefined ? undefined : { extraction, ...about };
}

function parseAbout(
  text: string,
): { readonly asked: Companions['asked']; readonly problems: readonly Problem[] } | undefined {
  try {
    const about = JSON.parse(text) as { asked?: unknown; problems?: unknown };
    const { asked, problems } = about;
    return Array.isArray(asked) && Array.isArray(problems)
      ? { asked: asked as Companions['asked'], problems: problems as readonly Problem[] }
      : undefined;
  } catch {
    return undefined;
  }
}
