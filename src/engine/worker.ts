import { parentPort } from 'node:worker_threads';
import { extractors } from '../analysis/ecosystems/index.ts';
import { encodeExtraction } from './extraction-codec.ts';
import type { Reply } from './pool.ts';
import { extract, type Task } from './run-extractor.ts';

// The worker's side of the pool: one reply a task, in order. It gets text and gives text; it reads nothing itself.
const byId = new Map(extractors.map((extractor) => [extractor.id, extractor]));

function reply(task: Task): Reply {
  const extractor = byId.get(task.extractor);
  if (extractor === undefined) return { unknown: true };
  try {
    return { encoded: encodeExtraction(extract(extractor, task)) };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: Task) => parentPort!.postMessage(reply(task)));
parentPort?.postMessage({ ready: true } satisfies Reply);
