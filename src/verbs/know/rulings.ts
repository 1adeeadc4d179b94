import { CONFIG_PATH, NO_CONFIG, parseConfig, type Config } from '../../analysis/config/config.ts';
import { decodeText } from '../../analysis/text/decode.ts';
import { decisionFormats } from '../../documents/decisions/index.ts';
import type { Decision } from '../../model/decision.ts';
import type { SourceFile } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';

/** What the people in charge of a tree have stated: its setting, its policy, and what they decided. */
export interface Rulings {
  readonly config: Config;
  readonly decisions: readonly Decision[];
  readonly problems: readonly Problem[];
  /** The files that all this was read from: the same files and problems with them, the same rulings. */
  readonly from: readonly SourceFile[];
}

const MOST_BYTES = 4 * 1024 * 1024;

/** Reads config and every known format of decisions from a tree, which must be the trusted one. Ordered by path. */
export async function readRulings(tree: Tree, signal?: AbortSignal): Promise<Rulings> {
  const { entries } = await tree.list(signal);
  const problems: Problem[] = [];
  const decisions: Decision[] = [];
  const from: SourceFile[] = [];
  let config = NO_CONFIG;
  for (const { path } of entries) {
    const formats = decisionFormats.filter((format) => format.claims(path));
    if (formats.length === 0 && path !== CONFIG_PATH) continue;
    const file = await readText(tree, path, problems);
    if (file === undefined) continue;
    from.push(file);
    if (path === CONFIG_PATH) {
      const parsed = parseConfig(file.text, path);
      config = parsed.config;
      problems.push(...parsed.problems);
    }
    for (const format of formats) {
      const read = format.read(file);
      decisions.push(...read.decisions);
      problems.push(...read.problems);
    }
  }
  return { config, decisions, problems, from };
}

async function readText(tree: Tree, path: string, problems: Problem[]): Promise<SourceFile | undefined> {
  try {
    const decoded = decodeText(await tree.read(path, MOST_BYTES), path);
    problems.push(...decoded.problems);
    return decoded.text === undefined ? undefined : { path, text: decoded.text };
  } catch (error) {
    problems.push({
      code: 'file/unreadable',
      message: error instanceof Error ? error.message : String(error),
      at: { path },
      lost: true,
    });
    return undefined;
  }
}
