import { parentPort } from 'node:worker_threads';
import { givenKey } from '../../adapters/disclosure/key.ts';
import type { SharedStore } from '../../adapters/git/object-store.ts';
import { openShared } from '../../adapters/git/object-store.ts';
import { createDetector } from '../../analysis/disclosure/engine/detector.ts';
import { transferable } from '../../analysis/disclosure/engine/posted-part.ts';
import type { CompiledKernel } from '../../analysis/disclosure/kernel/module.ts';
import { startKernel } from '../../analysis/disclosure/kernel/module.ts';
import { rulesOfRun } from '../../verbs/prevent/secrets-rules.ts';
import type { HistoryAnswer, HistoryTask } from '../../verbs/prevent/shared-history.ts';
import { readShare } from '../../verbs/prevent/shared-history.ts';
import type { RulesOrigin } from './secrets-rules.ts';
import { secretsWorld } from './secrets-world.ts';

/** What a reader of a history in a thread of its own gets: once, as its only message. */
export interface ReaderTask {
  readonly task: HistoryTask;
  readonly store: SharedStore;
  readonly kernel: CompiledKernel;
  readonly rules: RulesOrigin;
}

/** Answers the task, and ends when nothing else is to be done. */
export function readWhenTold(answered: () => void = () => {}): void {
  parentPort?.once('message', (task: ReaderTask) => {
    answer(task).then(
      (part) => {
        parentPort!.postMessage({ part }, transferable(part.part));
        answered();
        parentPort!.close();
      },
      (error: unknown) =>
        parentPort!.postMessage({ why: error instanceof Error ? error.message : String(error) }),
    );
  });
}

/** The same rules as the caller's, in the same order: made of the same files. */
async function answer({ task, store: shared, kernel, rules: origin }: ReaderTask): Promise<HistoryAnswer> {
  const rules = await rulesOfRun(
    origin.sources,
    origin.choice,
    origin.wordKey === undefined ? undefined : givenKey(origin.wordKey, 'key').wordHmac,
  );
  const world = secretsWorld(
    { rules: rules.rules, kernel: startKernel(kernel), fingerprint: () => '', tick: () => {} },
    true,
  );
  const store = openShared(shared);
  try {
    const detector = createDetector(world.kernel, world.heap, world.rules, world.latin1);
    return readShare({ ...world, store, detector, spent: rules.spent, tick: () => {} }, task);
  } finally {
    store.close();
  }
}
