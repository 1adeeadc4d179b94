import type { Extraction, Extractor, SourceFile } from '../model/extractor.ts';
import type { Problem } from '../model/problem.ts';

/** One file to extract, with all that the extractor asked for. Plain data: it goes to a worker as it is. */
export interface Task {
  readonly extractor: string;
  readonly file: SourceFile;
  readonly companions: ReadonlyMap<string, string>;
}

/** Runs an extractor. One that throws has a bug, and costs its file, not the scan. */
export function runExtractor(extractor: Extractor, task: Task): Extraction | Problem {
  try {
    return extract(extractor, task);
  } catch (error) {
    return extractorFailed(
      extractor.id,
      task.file.path,
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The extraction itself; throws what the extractor throws. */
export function extract(extractor: Extractor, { file, companions }: Task): Extraction {
  return extractor.extract(file, (path) => companions.get(path), [...companions.keys()].sort());
}

/** The problem that a failed extractor leaves. */
export function extractorFailed(extractor: string, path: string, why: string): Problem {
  return {
    code: 'engine/extractor-failed',
    message: `${extractor} failed on this file, which is a bug in it: ${why.slice(0, 200)}`,
    at: { path },
    hint: 'report it with the file, if the file can be shown',
    lost: true,
  };
}

export function isProblem(result: object): result is Problem {
  return 'code' in result;
}
