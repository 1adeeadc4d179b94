import { expect, test } from 'vitest';
import { startReaders } from './readers.ts';

const script = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';\n${code}`)}`,
  );

test('each reader gets its task with its number, and answers come in their order', async () => {
  const readers = startReaders<string, string>(
    script(
      `parentPort.once('message', (task) => setTimeout(() => parentPort.postMessage({ part: task + workerData }), task === 'a1' ? 50 : 0));`,
    ),
    3,
    '!',
  );
  readers.give((reader) => `a${reader}`);
  expect(await readers.answers()).toEqual([{ part: 'a1!' }, { part: 'a2!' }, { part: 'a3!' }]);
  readers.end();
});

test.for([
  ['throws', `throw new Error('broken')`, 'broken'],
  ['throws when told', `parentPort.once('message', () => { throw new Error('broken') })`, 'broken'],
  ['ends', `process.exit(3)`, 'it ended'],
] as const)('a reader that %s answers why', async ([, code, why]) => {
  const readers = startReaders<string, string>(script(code), 1);
  readers.give(() => 'task');
  expect(await readers.answers()).toEqual([{ why }]);
  readers.end();
});
