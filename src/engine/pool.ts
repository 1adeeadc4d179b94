import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Task } from './run-extractor.ts';

/** What became of a task: `unavailable` when no worker can be had, so that the caller does it itself. */
export type Answer =
  | { readonly kind: 'done'; readonly encoded: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'unavailable' };

/** What a worker posts: once `ready`, then one reply a task in the order they came. */
export type Reply =
  | { readonly ready: true }
  | { readonly encoded: string }
  | { readonly why: string }
  /** It knows no such extractor. */
  | { readonly unknown: true };

export interface Pool {
  /** Whether a task given now would be begun soon; if not, the caller's own thread is as good. */
  hasRoom(): boolean;
  /** Never rejects. A task that crashes its worker or takes too long fails; those behind it go to another worker. */
  run(task: Task): Promise<Answer>;
  close(): Promise<void>;
}

/** Tasks given to one worker at a time, so that it need not wait for the next. */
const AHEAD = 8;

interface Waiting {
  readonly task: Task;
  readonly answer: (answer: Answer) => void;
}

interface Slot {
  readonly worker: Worker;
  readonly given: Waiting[];
  isReady: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** One less than there are processors: this thread reads and writes meanwhile. */
export function defaultWorkers(): number {
  return Math.max(0, availableParallelism() - 1);
}

/** The worker's own file: beside this one in the source, beside the bundle once built. */
export function extractionWorker(here: string = import.meta.url): URL {
  if (here.endsWith('.ts')) return new URL('./worker.ts', here);
  return new URL(here.includes('/chunks/') ? '../worker.cjs' : './worker.cjs', here);
}

/**
 * Starts up to `size` workers of a script, when tasks come. `taskMs` is how long one task may take.
 * A worker that dies before it is ready makes the pool answer `unavailable` from then on: the scan must not depend on it.
 */
export function createPool(script: URL, size: number, taskMs: number): Pool {
  const slots = new Set<Slot>();
  const queue: Waiting[] = [];
  let isBroken = size === 0;
  let ahead = AHEAD;

  const start = (): Slot => {
    const slot: Slot = { worker: new Worker(script), given: [], isReady: false, timer: undefined };
    slots.add(slot);
    slot.worker.on('message', (reply: Reply) => {
      if ('ready' in reply) slot.isReady = true;
      else slot.given.shift()?.answer(answerOf(reply));
      watch(slot);
      dispatch();
    });
    slot.worker.on('error', (error) => retire(slot, error instanceof Error ? error.message : String(error)));
    slot.worker.on('exit', () => retire(slot, 'its worker ended'));
    return slot;
  };

  /** Times the task at the head; the clock starts anew with each reply. */
  const watch = (slot: Slot): void => {
    clearTimeout(slot.timer);
    const [head] = slot.given;
    if (head === undefined || !slot.isReady) return;
    slot.timer = setTimeout(() => {
      // This thread may have been busy itself: replies that lie ready are to be seen first.
      setImmediate(() =>
        setImmediate(() => {
          if (slot.given[0] === head) retire(slot, `it took more than ${taskMs} ms`, true);
        }),
      );
    }, taskMs);
  };

  /**
   * Ends a worker. When it is certain whose fault it was, that task fails. A crash may take replies with it,
   * so with several tasks given it is not certain: all start afresh, and from then on workers get one at a time.
   */
  const retire = (slot: Slot, why: string, isHead: boolean = false): void => {
    if (!slots.delete(slot)) return;
    clearTimeout(slot.timer);
    void slot.worker.terminate();
    if (!slot.isReady) isBroken = true;
    else if (isHead || slot.given.length === 1) slot.given.shift()?.answer({ kind: 'failed', why });
    else ahead = 1;
    queue.unshift(...slot.given.splice(0));
    dispatch();
  };

  const dispatch = (): void => {
    if (isBroken) for (const { answer } of queue.splice(0)) answer({ kind: 'unavailable' });
    // Before it is ready a worker gets nothing: should it die with its first task, that it was ready might be lost too.
    while (queue.length > 0) {
      const [slot] = [...slots].filter((one) => one.isReady).sort((a, b) => a.given.length - b.given.length);
      const isStarting = [...slots].some((one) => !one.isReady);
      if ((slot === undefined || slot.given.length > 0) && slots.size < size && !isStarting) start();
      if (slot === undefined || slot.given.length >= ahead) return;
      const waiting = queue.shift()!;
      slot.given.push(waiting);
      slot.worker.postMessage(waiting.task);
      if (slot.given.length === 1) watch(slot);
    }
  };

  return {
    hasRoom: () =>
      !isBroken && queue.length + [...slots].reduce((sum, slot) => sum + slot.given.length, 0) < size * ahead,
    run: (task) =>
      new Promise((answer) => {
        queue.push({ task, answer });
        dispatch();
      }),
    close: async () => {
      isBroken = true;
      const ending = [...slots].map((slot) => {
        clearTimeout(slot.timer);
        return slot.worker.terminate();
      });
      const left = [...slots].flatMap((slot) => slot.given);
      slots.clear();
      for (const { answer } of [...left, ...queue.splice(0)])
        answer({ kind: 'failed', why: 'the scan was stopped' });
      await Promise.all(ending);
    },
  };
}

function answerOf(reply: Exclude<Reply, { readonly ready: true }>): Answer {
  if ('encoded' in reply) return { kind: 'done', encoded: reply.encoded };
  return 'why' in reply ? { kind: 'failed', why: reply.why } : { kind: 'unavailable' };
}
