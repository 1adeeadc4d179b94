import type { ObjectStore } from '../../../../model/history.ts';
import { startedKernel } from '../../kernel/testing/started.ts';
import type { History, HistoryOptions } from '../read-history.ts';
import { readHistory } from '../read-history.ts';

export interface ReadHistory {
  readonly history: History;
  /** The runs of each object, by id. */
  readonly runs: ReadonlyMap<string, readonly { readonly offset: number; readonly text: Buffer }[]>;
  /** Object numbers by id, those first that were read. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Reads a whole history and keeps all of its text: for tests. */
export function readAll(store: ObjectStore, options: HistoryOptions = {}): ReadHistory {
  const { kernel, heap } = startedKernel();
  const history = readHistory(store, kernel, heap, options);
  const runs = new Map<string, { offset: number; text: Buffer }[]>();
  for (const batch of history.batches())
    for (let i = 0; i < batch.runs.length; i += 4) {
      const [address, length, object, offset] = batch.runs.subarray(i, i + 4) as unknown as number[];
      const id = history.objects.idOf(object!);
      const own = runs.get(id) ?? [];
      own.push({ offset: offset!, text: Buffer.from(heap.bytes().slice(address, address! + length!)) });
      runs.set(id, own);
    }
  const numbers = new Map<string, number>();
  for (let object = 0; object < history.objects.count; object++) {
    const id = history.objects.idOf(object);
    const state = history.objects.stateOf(object);
    if (!numbers.has(id) || state === 'whole' || state === 'delta') numbers.set(id, object);
  }
  return { history, runs, numbers };
}
