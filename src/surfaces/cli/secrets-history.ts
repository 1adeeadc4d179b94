import type { DiskStore } from '../../adapters/git/object-store.ts';
import { openObjectStore } from '../../adapters/git/object-store.ts';
import { ownFiles } from '../../adapters/git/own-files.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import { commitTips } from '../../adapters/git/tips.ts';
import type { CompiledKernel } from '../../analysis/disclosure/kernel/module.ts';
import { objectInflater } from '../../analysis/disclosure/kernel/object-inflater.ts';
import type { Spent } from '../../analysis/disclosure/user-rules/pattern-rule.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { HistoryReaders } from '../../verbs/prevent/shared-history.ts';
import type { HistoryMemory, SecretsScan, SecretsWorld } from '../../verbs/prevent/secrets.ts';
import { secretsInHistory } from '../../verbs/prevent/secrets.ts';
import type { Invocation } from './command.ts';
import { letSignalsEnd } from './process-io.ts';
import type { RulesOrigin } from './secrets-rules.ts';
import { printable } from './terminal/style.ts';
import type { HistorySize } from './tuning.ts';
import { flagsForHistory, sizeOfHistory, tuneForHistory } from './tuning.ts';

/** What a run has before its rules are made ready to be asked. */
export interface RunNeeds extends Pick<SecretsWorld, 'kernel' | 'heap'> {
  readonly compiled: CompiledKernel;
  readonly spent: readonly Spent[];
  readonly origin: RulesOrigin;
  readonly madeReady: () => SecretsWorld;
}

/** The whole history. Other threads are started first: they come up while this one makes itself ready. */
export async function secretsOfHistory(
  repository: Repository,
  invocation: Invocation,
  needs: RunNeeds,
): Promise<SecretsScan> {
  letSignalsEnd();
  const store = openObjectStore(repository, objectInflater(needs.kernel, needs.heap));
  const size = sizeOfHistory(store.packs);
  let tuning: ReturnType<typeof tuneForHistory> | undefined;
  const tune = (): void => {
    tuning = tuneForHistory(size);
  };
  const memory = await memoryOf(invocation, store, needs);
  const readers =
    memory !== undefined && memory.known.length > 0
      ? undefined
      : await readersOf(invocation, store, size, needs, tune);
  try {
    const world = needs.madeReady();
    const refs = openRefs(repository);
    const names = refs.names();
    const own = ownFiles(repository);
    if (readers === undefined) tune();
    const tick: SecretsWorld['tick'] = (what, done, total) => {
      tuning?.step();
      world.tick(what, done, total);
    };
    const scan = await secretsInHistory(
      { ...world, tick },
      store,
      commitTips(refs, store),
      refs.resolve('HEAD'),
      names,
      own.files,
      readers,
      memory,
    );
    return { ...scan, problems: [...scan.problems, ...own.problems] };
  } finally {
    readers?.end();
    tuning?.end();
    store.close();
  }
}

/** Not where rules have a budget: how much of it is spent depends on what is read. */
async function memoryOf(
  { io, flag }: Invocation,
  store: ObjectStore,
  { spent, origin }: RunNeeds,
): Promise<HistoryMemory | undefined> {
  if (flag('no-cache') || spent.length > 0) return undefined;
  return (await import('./history-memory.ts')).historyMemory(io, store, origin);
}

/** Threads that read a history beside this one; `undefined` when one is enough. */
async function readersOf(
  invocation: Invocation,
  store: DiskStore,
  size: HistorySize,
  { compiled, origin }: RunNeeds,
  tune: () => void,
): Promise<HistoryReaders | undefined> {
  const { countReaders, historyReaders } = await import('./history-readers.ts');
  const count = countReaders(invocation, size.packBytes) - 1;
  if (count === 0) return undefined;
  const failed = (why: string): void =>
    invocation.io.err(`assay: a thread ended early (${printable(why)}); what it had taken is read again\n`);
  return historyReaders(count, store, compiled, origin, flagsForHistory(size), tune, failed);
}
