import { Worker } from 'node:worker_threads';

/** What a reader in a thread of its own answers to the one task that it gets, or why it does not. */
export type Answer<Part> =
  | { readonly part: Part }
  /** It ended, of itself or for want of memory: nothing of what it did is there. */
  | { readonly why: string };

/** Threads that work on one task together with the caller's. */
export interface Readers<Task, Part> {
  /** How many there are, beside the caller's. */
  readonly count: number;
  /** Hands the task to each, with its number from 1 on. */
  give(task: (reader: number) => Task): void;
  /** One answer a reader, in their order; when all have answered. Never rejects. */
  answers(): Promise<readonly Answer<Part>[]>;
  /** Ends them, whatever they do. */
  end(): void;
}

/** Starts `count` threads of a script at once, so that they load while the caller makes the task ready. `workerData`: what they get at once. */
export function startReaders<Task, Part>(
  script: URL,
  count: number,
  workerData?: unknown,
): Readers<Task, Part> {
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData }));
  const answers = workers.map(
    (worker) =>
      new Promise<Answer<Part>>((resolve) => {
        worker.once('message', (answer: Answer<Part>) => resolve(answer));
        worker.once('error', (error) =>
          resolve({ why: error instanceof Error ? error.message : String(error) }),
        );
        worker.once('messageerror', (error) => resolve({ why: error.message }));
        worker.once('exit', () => resolve({ why: 'it ended' }));
      }),
  );
  return {
    count,
    give: (task) => workers.forEach((worker, i) => worker.postMessage(task(i + 1))),
    answers: () => Promise.all(answers),
    end: () => {
      for (const worker of workers) void worker.terminate();
    },
  };
}
