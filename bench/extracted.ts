import { openTree } from '../src/adapters/tree/open.ts';
import type { Config } from '../src/analysis/config/config.ts';
import { extractors } from '../src/analysis/ecosystems/index.ts';
import type { ExtractedFile } from '../src/analysis/graph/inventory.ts';
import { extractAll } from '../src/engine/extract.ts';
import { readRulings } from '../src/verbs/know/rulings.ts';

/** Every file of a folder as the extractors read it, in this process, and the folder's config. */
export async function extractRepositories(
  path: string,
): Promise<{ readonly files: ExtractedFile[]; readonly config: Config }> {
  const tree = openTree(path, {});
  const signal = new AbortController().signal;
  const ecosystems = new Map(extractors.map(({ id, ecosystem }) => [id, ecosystem]));
  const { config } = await readRulings(tree, signal);
  const { extractions } = await extractAll(tree, { extractors, signal, workers: 0 });
  await tree.close();
  return {
    files: extractions.map((one) => ({ ...one, ecosystem: ecosystems.get(one.extractor)! })),
    config,
  };
}
