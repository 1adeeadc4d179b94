import type { Extractor, SourceFile } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';
import { baseName } from '../analysis/text/paths.ts';
import { cacheKey } from './cache.ts';
import type { Contents } from './contents.ts';
import type { Limits } from './limits.ts';

/** What an extractor asked for beside its file. */
export interface Companions {
  /** Texts of those that exist and are text. */
  readonly texts: ReadonlyMap<string, string>;
  /**
   * Every path asked for, in order, with the digest of its bytes; null when it does not exist,
   * `UNREADABLE` when it cannot be read: then what was made of it never holds later.
   * A search is asked for as `/folder/name` (no path of a tree begins with a slash), and its digest is that of the paths found.
   */
  readonly asked: readonly (readonly [path: string, digest: string | null])[];
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

const UNREADABLE = 'unreadable';

/**
 * Reads the companions of a claimed file, then the companions that those name, until nothing new is named or a limit is reached
 * (a problem with `lost`). Each path is read once, so that circles end. Throws only what `extractor.companions` throws: a bug.
 */
export async function readCompanions(
  extractor: Extractor,
  file: SourceFile,
  contents: Contents,
  limits: Limits,
  wantsDigests: boolean,
): Promise<Companions> {
  const texts = new Map<string, string>();
  const asked = new Map<string, string | null>();
  const problems: Problem[] = [];
  let bytes = 0;
  let round: SourceFile[] = [file];
  const named = (folder: string, name: string): readonly string[] => {
    const paths = contents.named(folder, name);
    asked.set(`/${folder === '' ? '' : `${folder}/`}${name}`, digestOf(paths));
    return paths;
  };
  const stop = (what: string): Companions => {
    problems.push({
      code: 'engine/too-many-companions',
      message: `${extractor.id} wants more files beside this one than are read (${what})`,
      at: { path: file.path },
      lost: true,
    });
    return { texts, asked: [...asked], bytes, problems };
  };
  for (let depth = 0; round.length > 0; depth++) {
    if (depth > limits.companionDepth) return stop(`named through more than ${limits.companionDepth} others`);
    const next: SourceFile[] = [];
    for (const from of round)
      for (const path of extractor.companions!(from, file.path, named)) {
        if (path === file.path || asked.has(path)) continue;
        if (asked.size === limits.companionsAsked) return stop(`${limits.companionsAsked} named`);
        if (!contents.has(path)) {
          asked.set(path, null);
          continue;
        }
        if (texts.size === limits.companions) return stop(`${limits.companions} files`);
        asked.set(path, wantsDigests ? ((await contents.digest(path)) ?? UNREADABLE) : null);
        const content = await contents.read(path);
        problems.push(...content.problems);
        if (content.file === undefined) continue;
        bytes += content.bytes;
        if (bytes > limits.companionBytes) return stop(`${limits.companionBytes} bytes`);
        texts.set(path, content.file.text);
        next.push(content.file);
      }
    round = next;
  }
  return { texts, asked: [...asked], bytes, problems };
}

/** Whether everything that was asked for is as it was: then an extraction made then holds now. */
export async function isUnchanged(asked: Companions['asked'], contents: Contents): Promise<boolean> {
  for (const [path, digest] of asked) if ((await currently(path, contents)) !== digest) return false;
  return true;
}

async function currently(asked: string, contents: Contents): Promise<string | null> {
  if (asked.startsWith('/')) {
    const folder = asked.slice(1, Math.max(1, asked.lastIndexOf('/')));
    return digestOf(contents.named(folder, baseName(asked)));
  }
  return contents.has(asked) ? ((await contents.digest(asked)) ?? '') : null;
}

/** What a search of the tree answered, as `asked` keeps it. */
export const digestOf = (paths: readonly string[]): string => cacheKey(paths);
