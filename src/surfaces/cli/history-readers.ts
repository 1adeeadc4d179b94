import { availableParallelism } from 'node:os';
import type { DiskStore } from '../../adapters/git/object-store.ts';
import type { CompiledKernel } from '../../analysis/disclosure/kernel/module.ts';
import { startReaders } from '../../engine/readers.ts';
import type { HistoryAnswer, HistoryReaders } from '../../verbs/prevent/shared-history.ts';
import type { Invocation } from './command.ts';
import type { ReaderTask } from './history-reader.ts';
import { numberOf } from './number-option.ts';
import type { RulesOrigin } from './secrets-rules.ts';

/** Bytes of packs that one thread reads in some ten seconds: below that, less processor time counts for more than less waiting. */
const SMALL = 256 * 1024 * 1024;
/** So many read a large history unless more are asked for: each takes memory of its own. */
const MOST = 4;
/** More than machines have processors. */
const MOST_ASKED = 64;

/** How many read a history of so many bytes of packs. AssayError `cli/usage` when what was asked for is no number of readers. */
export function countReaders(invocation: Invocation, packBytes: number): number {
  const usual = packBytes < SMALL ? 1 : Math.min(availableParallelism(), MOST);
  return numberOf(invocation, 'workers', usual, 1, MOST_ASKED);
}

/** The file of a reader's thread: beside this one in the source, beside the bundle once built. */
export function readerScript(here: string = import.meta.url): URL {
  if (here.endsWith('.ts')) return new URL('./history-reader-source.ts', here);
  return new URL(here.includes('/chunks/') ? '../history-reader.cjs' : './history-reader.cjs', here);
}

/** What a reader's thread is started with. */
export interface ReaderStart {
  /** Names the flags of V8 that hold while it runs. */
  readonly flags: string;
  /** Not 0 from when they hold. */
  readonly gate: Int32Array;
}

/**
 * Starts readers beside this thread. `tune` sets the flags of V8 that hold while they run, which `flags` names: not before `load`, for
 * Node starts a thread in half the time while its own compiled code is not refused for them.
 */
export function historyReaders(
  count: number,
  store: DiskStore,
  kernel: CompiledKernel,
  rules: RulesOrigin,
  flags: string,
  tune: () => void,
  failed: (why: string) => void,
): HistoryReaders {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const start: ReaderStart = { flags, gate };
  const readers = startReaders<ReaderTask, HistoryAnswer>(readerScript(), count, start);
  const shared = store.share();
  return {
    ...readers,
    failed,
    load: () => {
      tune();
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    },
    give: (task) => readers.give((reader) => ({ task: task(reader), store: shared, kernel, rules })),
  };
}
