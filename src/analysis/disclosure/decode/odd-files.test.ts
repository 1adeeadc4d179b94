import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { randomText } from '../rules/testing/random.ts';
import { bunzip2 } from './bzip2.ts';
import { withoutPredictor } from './pdf-predictor.ts';
import { fromRtf } from './rtf.ts';
import { sqliteTexts } from './sqlite.ts';

const MOST = 1 << 26;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const packed = Buffer.from(
  'QlpoOTFBWSZTWf/e5W4AAARfgAAQQABAAhLphgCi4YwAIAAxQaNGgyA0MZoJoxqflTTyR9/JyF6GQqAk35srM7O6SdobF3JFOFCQ/97lbg==',
  'base64',
);
const unpacked = `GITHUB_TOKEN=nothing to see\n${'a'.repeat(52)}\n`;

test('bzip2: whole, one behind another, cut, too large, damaged', () => {
  expect(bunzip2(packed, MOST)).toEqual({
    bytes: Uint8Array.from(Buffer.from(unpacked)),
    end: packed.length,
  });
  expect(text(bunzip2(Buffer.concat([packed, packed]), MOST).bytes)).toBe(unpacked + unpacked);
  expect(bunzip2(packed.subarray(0, -20), MOST).fault).toBe('truncated');
  const cut = bunzip2(packed, 20);
  expect([text(cut.bytes), cut.fault]).toEqual([unpacked.slice(0, 20), 'too large']);
  for (let at = 0; at < packed.length; at++)
    for (const bit of [1, 16, 128]) {
      const changed = Buffer.from(packed);
      changed[at]! ^= bit;
      expect(bunzip2(changed, 5000).bytes.length).toBeLessThanOrEqual(5000);
    }
});

test('bzip2 gives what bzip2 was given', ({ skip }) => {
  const random = randomText(3);
  const files = [
    Buffer.from(random('base62', 300_000)),
    Buffer.alloc(1_000_000, 'ab'),
    Buffer.alloc(700_000, 'a'),
    Buffer.from(Array.from({ length: 3000 }, (_, i) => 'abc'.repeat(i % 7) + 'd'.repeat(i % 11)).join('')),
  ];
  for (const file of files)
    for (const level of ['-1', '-9']) {
      let made: Buffer;
      try {
        made = execFileSync('bzip2', [level], {
          input: file,
          maxBuffer: 1e8,
          stdio: ['pipe', 'pipe', 'ignore'],
        });
      } catch {
        return skip('no bzip2 here');
      }
      const { bytes, fault } = bunzip2(made, MOST);
      expect([fault, Buffer.from(bytes).equals(file)]).toEqual([undefined, true]);
    }
});

test('a document in Rich Text Format, without what parts its words', () => {
  const document = String.raw`{\rtf1\ansi{\fonttbl\f0\fswiss Helvetica;}\f0\pard token ghp_{\b abc}\i0 def\par \'67\'68p \u103?x \{a\\b\}\~c\_d}`;
  expect(text(fromRtf(Buffer.from(document)))).toContain('token ghp_abcdef\ngh');
  expect(text(fromRtf(Buffer.from(document)))).toContain('ghp gx {a\\b} c-d');
  expect(text(fromRtf(Buffer.from('{\\rtf1 a\\')))).toBe('a');
  expect(fromRtf(Buffer.from(`{\\rtf1 ${'\\b{'.repeat(100_000)}`)).length).toBe(0);
});

test('rows of a PDF that were filtered as those of PNG', () => {
  const rows = Array.from({ length: 6 }, (_, i) => Buffer.from(`row ${i} of some text`));
  for (const filter of [0, 1, 2, 3, 4]) {
    const filtered = rows.map((row, y) => {
      const up = rows[y - 1];
      const out = Buffer.from(row);
      for (let i = 0; i < row.length; i++) {
        const [left, above, corner] = [row[i - 1] ?? 0, up?.[i] ?? 0, (i > 0 ? up?.[i - 1] : 0) ?? 0];
        const p = left + above - corner;
        const [a, b, c] = [left, above, corner].map((one) => Math.abs(p - one));
        const paeth = a! <= b! && a! <= c! ? left : b! <= c! ? above : corner;
        out[i] = row[i]! - [0, left, above, (left + above) >> 1, paeth][filter]!;
      }
      return Buffer.concat([Buffer.from([filter]), out]);
    });
    const columns = rows[0]!.length;
    const dictionary = `<< /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns ${columns} >> >>`;
    expect(text(withoutPredictor(Buffer.concat(filtered), dictionary))).toBe(rows.join(''));
  }
  const plain = deflateSync('abc');
  expect(withoutPredictor(plain, '<< /Filter /FlateDecode >>')).toBe(plain);
  expect(withoutPredictor(Buffer.from('abc'), '/Predictor 12 /Columns 9999999').length).toBeLessThan(10);
});

test('a database of SQLite, by table and column; damaged ones', async ({ skip }) => {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (sqlite === undefined) return skip('no SQLite here');
  const database = new sqlite.DatabaseSync(':memory:');
  const long = 'long '.repeat(4000);
  database.exec(
    'PRAGMA page_size = 1024; CREATE TABLE "users" (id INTEGER PRIMARY KEY, "login" TEXT, api_token VARCHAR(40), n DECIMAL(4, 2), UNIQUE (login))',
  );
  const insert = database.prepare('INSERT INTO users (login, api_token, n) VALUES (?, ?, 2.5)');
  for (let i = 0; i < 300; i++) insert.run(`user${i}`, i === 250 ? `${long}end${i}` : `token-of-${i}`);
  database.exec("CREATE TABLE gone (a TEXT); INSERT INTO gone VALUES ('left over text'); DROP TABLE gone");
  const file = new Uint8Array(
    (database as unknown as { serialize?: () => Uint8Array }).serialize?.() ?? written(database),
  );
  const found = [...sqliteTexts(file, () => MOST)];
  const users = found.find(({ table }) => table === 'users')!;
  const lines = text(users.bytes).split('\n');
  expect(lines).toContain('login: user299');
  expect(lines).toContain('api_token: token-of-17');
  expect(lines).toContain(`api_token: ${long}end250`);
  expect(lines.filter((line) => line.startsWith('login: ')).length).toBe(300);
  expect([...sqliteTexts(file, () => 100)].every(({ bytes }) => bytes.length <= 100)).toBe(true);
  let seed = 7;
  for (let round = 0; round < 150; round++) {
    const changed = Uint8Array.from(file);
    for (let i = 0; i < 40; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      changed[seed % changed.length] = seed >>> 24;
    }
    let size = 0;
    for (const { bytes } of sqliteTexts(changed, () => MOST)) size += bytes.length;
    expect(size).toBeLessThan(file.length * 8);
  }
});

function written(database: { exec(sql: string): void }): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'assay-'));
  database.exec(`VACUUM INTO '${join(folder, 'a.db')}'`);
  const bytes = readFileSync(join(folder, 'a.db'));
  rmSync(folder, { recursive: true });
  return bytes;
}
