import { parentPort } from 'node:worker_threads';
import type { Task } from '../run-extractor.ts';

// A worker for tests: what it does with a task is the task's text.
parentPort!.on('message', ({ file }: Task) => {
  if (file.text === 'crash') process.exit(3);
  if (file.text === 'throw') throw new Error('thrown');
  while (file.text === 'hang');
  if (file.text === 'refuse') parentPort!.postMessage({ why: 'refused' });
  else parentPort!.postMessage({ encoded: file.text });
});
parentPort!.postMessage({ ready: true });
