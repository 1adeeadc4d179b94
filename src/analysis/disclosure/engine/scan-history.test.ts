import { expect, test } from 'vitest';
import { idOf, makeDelta, makePack, memoryStore } from '../history/testing/memory-store.ts';
import { drawn, numbers, startedKernel } from '../kernel/testing/started.ts';
import { allRules } from '../all-rules.ts';
import { prepareRules } from './rule-set.ts';
import { scanHistory } from './scan-history.ts';

const scanned = (...store: Parameters<typeof memoryStore>) =>
  scanHistory({
    ...startedKernel(),
    draw: drawn,
    store: memoryStore(...store),
    rules: prepareRules(allRules),
    latin1: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString('latin1'),
  });

const found = (scan: ReturnType<typeof scanned>) =>
  scan.groups.map(({ rule, objects }) => `${rule.id} ${objects.join(' ')}`);

test('text that spans lines is looked at again in later versions that change it, and only in these', () => {
  const lines = Array.from({ length: 20 }, (_, i) => Buffer.alloc(48, i * 37 + 11).toString('base64'));
  const key = (end: string): string =>
    [`${'-'.repeat(5)}BEGIN RSA PRIVATE KEY-----`, ...lines, end, ''].join('\n');
  const half = key('');
  const whole = key(`${'-'.repeat(5)}END RSA PRIVATE KEY-----`);
  const far = 'x'.repeat(64) + '\n';
  const pack = makePack([
    { kind: 'blob', bytes: Buffer.from(half) },
    {
      kind: 'ofs-delta',
      base: 0,
      id: idOf('blob', Buffer.from(whole)),
      bytes: makeDelta(half.length, [0, half.length - 2], whole.slice(half.length - 2)),
    },
    {
      kind: 'ofs-delta',
      base: 1,
      id: idOf('blob', Buffer.from(far + whole)),
      bytes: makeDelta(whole.length, far, [0, whole.length]),
    },
  ]);
  const scan = scanned([pack]);
  expect(scan.problems).toEqual([]);
  expect(found(scan)).toEqual(
    found(
      scanned([
        makePack([half, whole, far + whole].map((text) => ({ kind: 'blob', bytes: Buffer.from(text) }))),
      ]),
    ),
  );
});

test('a line that a version copies to several places begins a key at each of them, and in versions behind it', () => {
  const body = (seed: number): string => {
    const next = numbers(seed);
    const line = (): string => Buffer.from(Array.from({ length: 48 }, () => next(256))).toString('base64');
    return Array.from({ length: 20 }, () => `${line()}\n`).join('');
  };
  const begin = `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY-----\n`;
  const end = `${'-'.repeat(5)}END RSA PRIVATE KEY-----\n`;
  const key = (seed: number): string => begin + body(seed) + end;
  const inserted = (text: string): string[] => text.match(/[^]{1,100}/g) ?? [];
  const one = key(1);
  const two = key(2) + key(3);
  const three = key(2) + key(4);
  const first = [0, begin.length] as const;
  const last = [one.length - end.length, end.length] as const;
  const copied = begin.length + body(2).length + end.length + begin.length;
  const pack = makePack([
    { kind: 'blob', bytes: Buffer.from(one) },
    {
      kind: 'ofs-delta',
      base: 0,
      id: idOf('blob', Buffer.from(two)),
      bytes: makeDelta(one.length, first, ...inserted(body(2)), last, first, ...inserted(body(3)), last),
    },
    {
      kind: 'ofs-delta',
      base: 1,
      id: idOf('blob', Buffer.from(three)),
      bytes: makeDelta(two.length, [0, copied], ...inserted(body(4)), [two.length - end.length, end.length]),
    },
  ]);
  const secrets = (scan: ReturnType<typeof scanned>): string[] =>
    scan.groups.map(({ rule, secret }) => `${rule.id} ${secret}`).toSorted();
  const plain = scanned([
    makePack([one, two, three].map((text) => ({ kind: 'blob', bytes: Buffer.from(text) }))),
  ]);
  expect(secrets(plain)).toHaveLength(4);
  expect(secrets(scanned([pack]))).toEqual(secrets(plain));
});

test('a commit that is a delta of another is read whole', () => {
  const first = `tree ${'a'.repeat(40)}\nauthor A <a@b.invalid> 0 +0000\ncommitter A <a@b.invalid> 7 +0000\n\none\n`;
  const pack = makePack([
    { kind: 'commit', bytes: Buffer.from(first) },
    {
      kind: 'ofs-delta',
      base: 0,
      id: idOf('commit', Buffer.from(first.replace('one', 'two'))),
      bytes: makeDelta(first.length, [0, first.length - 4], 'two\n'),
    },
  ]);
  const { commits, problems } = scanned([pack]);
  expect(problems).toEqual([]);
  expect([0, 1].map((i) => commits.committedAt.at(i))).toEqual([7, 7]);
});

test('lines that come again and again are searched once, and what is in some of them is found in every file that has them', () => {
  const plain = Array.from({ length: 60 }, (_, i) => `this is line ${i} of some file that has many\n`);
  const secret = `token = "ghp_${'x1Y2z3A4'.repeat(4)}abcd"\n`;
  const filler = Buffer.alloc(1_100_000, 'line\n');
  const texts: string[] = [];
  const objects = Array.from({ length: 8 }, (_, round) => {
    const base = `${round}\n`;
    const lines = plain.filter((_line, i) => (i + round) % 3 > 0);
    lines.splice(round, 0, secret);
    const text = base + lines.join('');
    texts.push(text);
    return [
      { kind: 'blob', bytes: Buffer.from(base) },
      {
        kind: 'ofs-delta',
        base: 3 * round,
        id: idOf('blob', Buffer.from(text)),
        bytes: makeDelta(base.length, [0, base.length], ...lines),
      },
      { kind: 'blob', bytes: Buffer.concat([filler, Buffer.from(base)]) },
    ] as const;
  });
  const scan = scanned([makePack(objects.flat())]);
  expect(scan.groups.map(({ rule, objects: all, starts }) => [rule.id, all.length, starts])).toEqual([
    ['github-pat', 8, texts.map((text) => text.indexOf('ghp_'))],
  ]);
  expect([scan.counts.blob, scan.bytes]).toEqual([
    24,
    texts.reduce((sum, text) => sum + text.length, 8 * (filler.length + 2)),
  ]);
});
