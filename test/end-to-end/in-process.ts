import { openObjectStore } from '../../src/adapters/git/object-store.ts';
import { openRefs } from '../../src/adapters/git/refs.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { commitTips } from '../../src/adapters/git/tips.ts';
import { inflateQuickly, unpackQuickly } from '../../src/adapters/kernel/inflate.ts';
import { latin1Reader } from '../../src/adapters/kernel/latin1.ts';
import { readKernelFile } from '../../src/adapters/kernel/wasm-file.ts';
import { openTree } from '../../src/adapters/tree/open.ts';
import { allRules } from '../../src/analysis/disclosure/all-rules.ts';
import { prepareRules } from '../../src/analysis/disclosure/engine/rule-set.ts';
import { createHeap } from '../../src/analysis/disclosure/kernel/heap.ts';
import { startKernel } from '../../src/analysis/disclosure/kernel/module.ts';
import type { Disclosure } from '../../src/model/disclosure-report.ts';
import type { SecretsWorld } from '../../src/verbs/prevent/secrets.ts';
import { secretsInFiles, secretsInHistory } from '../../src/verbs/prevent/secrets.ts';

/* Scans in the process of a test: hundreds of secrets are then told by themselves, for fingerprints are `RULE SECRET`, without a key. */

/** What is found in the files of a repository, or in those of HEAD where it is bare. */
export async function foundInFiles(folder: string): Promise<readonly Disclosure[]> {
  const tree = openTree(folder);
  const { disclosures } = await secretsInFiles(worldOf(false), tree, new AbortController().signal);
  await tree.close();
  return disclosures;
}

/** What is found in all of its history. */
export async function foundInHistory(folder: string): Promise<readonly Disclosure[]> {
  const repository = openRepository(folder)!;
  const store = openObjectStore(repository);
  const refs = openRefs(repository);
  const { disclosures } = await secretsInHistory(
    worldOf(true),
    store,
    commitTips(refs, store),
    refs.resolve('HEAD'),
    refs.names(),
  );
  store.close();
  return disclosures;
}

function worldOf(encoded: boolean): SecretsWorld {
  const kernel = startKernel(readKernelFile());
  return {
    kernel,
    heap: createHeap(kernel),
    rules: prepareRules(allRules, { encoded }),
    latin1: latin1Reader(),
    inflate: inflateQuickly,
    unpack: unpackQuickly,
    fingerprint: (rule, secret) => `${rule} ${secret}`,
    tick: () => {},
  };
}
