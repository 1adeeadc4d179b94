import type { HistoryScan, ScanWorld } from '../../analysis/disclosure/engine/scan-history.ts';
import {
  finishScan,
  isWithinLimits,
  openHistory,
  scanHistory,
} from '../../analysis/disclosure/engine/scan-history.ts';
import type { Detector } from '../../analysis/disclosure/engine/detector.ts';
import type { PostedPart } from '../../analysis/disclosure/engine/posted-part.ts';
import { postPart, takePart } from '../../analysis/disclosure/engine/posted-part.ts';
import type { ScanPart } from '../../analysis/disclosure/engine/scan-part.ts';
import { scanPart } from '../../analysis/disclosure/engine/scan-part.ts';
import type { ChunkQueue } from '../../analysis/disclosure/history/queue.ts';
import { countObjects, queueChunks, shareOf, takenBy } from '../../analysis/disclosure/history/queue.ts';
import type { HistoryOptions, Share } from '../../analysis/disclosure/history/read-history.ts';
import type { SharedHistory } from '../../analysis/disclosure/history/shared.ts';
import type { Spent } from '../../analysis/disclosure/user-rules/pattern-rule.ts';
import { BUDGET } from '../../analysis/disclosure/user-rules/pattern-rule.ts';
import type { Readers } from '../../engine/readers.ts';

/** What every reader needs of a history that several read. Plain data, in memory that all see. */
export interface HistoryTask {
  readonly reader: number;
  readonly history: SharedHistory;
  readonly queue: ChunkQueue;
}

/** What a reader gives back: what it found, and what the rules of files cost it, in their order. */
export interface HistoryAnswer {
  readonly part: PostedPart;
  readonly spent: readonly number[];
}

/** Other threads that read with us. */
export interface HistoryReaders extends Readers<HistoryTask, HistoryAnswer> {
  /** Has them load what they read with, while the caller makes the task ready: all code that it needs is loaded itself. */
  readonly load: () => void;
  /** Told when one of them ended early; what it had taken is read again. */
  readonly failed: (why: string) => void;
}

/** A world with the detector that is used for all of a run. */
export interface SharedWorld extends ScanWorld {
  readonly detector: Detector;
  /** What the rules of files have cost. */
  readonly spent: readonly Spent[];
}

/**
 * Scans a history together with other threads: the same as `scanHistory` gives alone, whoever read what. Where that could not be sure
 * (limits of all together, an object that only a damaged pack has whole), one reads again, alone.
 */
export async function scanTogether(
  world: SharedWorld,
  readers: HistoryReaders,
  options: HistoryOptions = {},
): Promise<HistoryScan> {
  readers.load();
  const history = openHistory(world, { ...options, readers: readers.count + 1 });
  const queue = queueChunks(history.chunks());
  const total = history.objects.count;
  readers.give((reader) => ({ reader, history: history.shared!, queue }));
  const read = (share: Share): ScanPart =>
    scanPart(
      {
        heap: world.heap,
        idBytes: world.store.idBytes,
        detector: world.detector,
        inflate: world.inflate,
        unpack: world.unpack,
        latin1: world.latin1,
        digest: world.digest,
        tick: (objects) => world.tick?.(countObjects(queue, objects), total),
      },
      history,
      share,
    );
  const parts = [read(shareOf(queue, 0, true))];
  const costs: (readonly number[])[] = [];
  for (const [i, answer] of (await readers.answers()).entries()) {
    if ('part' in answer) {
      parts.push(takePart(answer.part.part, world.rules.rules));
      costs.push(answer.part.spent);
    } else {
      readers.failed(answer.why);
      parts.push(read(takenBy(queue, i + 1)));
    }
  }
  const isSure =
    history.settle([...new Set(parts.map(({ learnt }) => learnt))]) &&
    isWithinLimits(parts) &&
    isAffordable(world.spent, costs);
  if (isSure) return finishScan(world, history, parts);
  for (const one of world.spent) one.bytes = 0;
  return scanHistory(world, options);
}

/** Adds what others spent; `false` when it is more than one reader may: then it depends on the order what is left out. */
function isAffordable(own: readonly Spent[], costs: readonly (readonly number[])[]): boolean {
  for (const [i, one] of own.entries()) for (const cost of costs) one.bytes += cost[i] ?? 0;
  return own.every(({ bytes }) => bytes <= BUDGET);
}

/** A reader's side: reads its share, and gives what can be posted. */
export function readShare(
  world: SharedWorld,
  { reader, history: shared, queue }: HistoryTask,
): HistoryAnswer {
  const history = openHistory(world, { shared });
  const part = scanPart(
    {
      heap: world.heap,
      idBytes: world.store.idBytes,
      detector: world.detector,
      inflate: world.inflate,
      unpack: world.unpack,
      latin1: world.latin1,
      digest: world.digest,
      tick: (objects) => void countObjects(queue, objects),
    },
    history,
    shareOf(queue, reader),
  );
  return {
    part: postPart(part, world.rules.rules),
    spent: world.spent.map(({ bytes }) => bytes),
  };
}
