import { codeFiles, wantedTexts } from '../../analysis/health/files.ts';
import { AssayError, type Problem } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';

/** What the cards read of a clone's tree. */
export interface CloneTexts {
  /** Every file, ordered by path. */
  readonly paths: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  /** Lines of code, tests aside, where there is so little of it that a finished tiny package is possible. */
  readonly lines?: number;
  readonly problems: readonly Problem[];
}

const MOST_BYTES = 512 * 1024;
/** A package of more files than this is not tiny. */
const MOST_CODE_FILES = 40;

/** Reads licences, papers and, of a small tree, the code's length. What cannot be read is a problem and is left out. */
export async function readCloneTexts(tree: Tree, signal?: AbortSignal): Promise<CloneTexts> {
  const { entries } = await tree.list(signal);
  const paths = entries.map(({ path }) => path);
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  for (const path of wantedTexts(paths)) {
    signal?.throwIfAborted();
    const text = await textOf(tree, path, problems);
    if (text !== undefined) texts.set(path, text);
  }
  const code = codeFiles(paths);
  if (code.length === 0 || code.length > MOST_CODE_FILES) return { paths, texts, problems };
  let lines = 0;
  for (const path of code) {
    const text = await textOf(tree, path, problems);
    for (const line of text?.split('\n') ?? []) if (line.trim() !== '') lines++;
  }
  return { paths, texts, lines, problems };
}

async function textOf(tree: Tree, path: string, problems: Problem[]): Promise<string | undefined> {
  try {
    return decoder.decode(await tree.read(path, MOST_BYTES));
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    problems.push({ code: error.code, message: error.message, at: { path } });
    return undefined;
  }
}

const decoder = new TextDecoder();
