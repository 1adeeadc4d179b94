import { expect, test } from 'vitest';
import { idOf, makeDelta, makePack, memoryStore } from '../history/testing/memory-store.ts';
import { startedKernel } from '../kernel/testing/started.ts';
import { allRules } from '../all-rules.ts';
import { prepareRules } from './rule-set.ts';
import { scanHistory } from './scan-history.ts';

const scanned = (...store: Parameters<typeof memoryStore>) =>
  scanHistory({
    ...startedKernel(),
    store: memoryStore(...store),
    rules: prepareRules(allRules),
    latin1: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString('latin1'),
  });

test('a later version of a text that spans lines, which cannot be read whole, is a loss', () => {
  const first = `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY-----\nold\n`;
  const second = `${first}new\n`;
  const id = idOf('blob', Buffer.from(second));
  const pack = makePack([
    { kind: 'blob', bytes: Buffer.from(first) },
    { kind: 'ofs-delta', base: 0, id, bytes: makeDelta(first.length, [0, first.length], 'new\n') },
  ]);
  expect(scanned([pack]).problems).toMatchObject([
    { code: 'git/unread-object', message: expect.stringContaining(id.slice(0, 12)), lost: true },
  ]);
  const whole = { id, kind: 'blob', bytes: Buffer.from(second) } as const;
  expect(scanned([pack], [], () => whole).problems).toEqual([]);
});

test('so is a commit that is the delta of another', () => {
  const first = `tree ${'a'.repeat(40)}\nauthor A <a@b.invalid> 0 +0000\n\none\n`;
  const second = first.replace('one', 'two');
  const id = idOf('commit', Buffer.from(second));
  const pack = makePack([
    { kind: 'commit', bytes: Buffer.from(first) },
    {
      kind: 'ofs-delta',
      base: 0,
      id,
      bytes: makeDelta(first.length, [0, first.length - 4], 'two\n'),
    },
  ]);
  expect(scanned([pack]).problems).toMatchObject([{ code: 'git/unread-object', lost: true }]);
});
