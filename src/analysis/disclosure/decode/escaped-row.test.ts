import { expect, test } from 'vitest';
import { bytesOf, characters as charactersOf } from './characters.ts';
import { rowOfBytes } from './escaped-row.ts';
import { unescapedAround, unescapedLines } from './escapes.ts';

const characters = (bytes: Uint8Array): string => charactersOf(bytes, 0, bytes.length);
const hex = (text: string): string =>
  Array.from(bytesOf(text), (unit) => `\\x${unit.toString(16).padStart(2, '0')}`).join('');
const NOISE = '\\x00\\xff'.repeat(40);

test('a row of bytes is passed over up to where text may begin', () => {
  const behind = (text: string): string => {
    const bytes = bytesOf(text);
    return text.slice(rowOfBytes(bytes, 0, 0, bytes.length));
  };
  expect(behind(`${NOISE}" + 1`)).toBe('" + 1');
  expect(behind(`${'\\000\\377'.repeat(40)}" + 1`)).toBe('" + 1');
  const words = hex('password=hunter23');
  expect(behind(`${NOISE}${words}${NOISE}`)).toBe(`${words}${NOISE}`);
  expect(behind(`${NOISE}\\x67\\x68p_x`)).toBe('\\x67\\x68p_x');
  // Too short, and what may belong to what is before it.
  expect(behind('\\x00'.repeat(31))).toBe('\\x00'.repeat(31));
  expect(behind(`\\x68\\x75\\x6e\\x74${NOISE}`)).toBe(`\\x68\\x75\\x6e\\x74${NOISE}`);
  expect(behind('')).toBe('');
  expect(behind('\\x')).toBe('\\x');
});

test('a megabyte of bytes in a string is not resolved, and what is beside it is', () => {
  const noise = '\\x00\\xff\\x41'.repeat(100_000);
  const text = `a = "\\x61\\x62c", b = "${noise}", c = "\\x64\\x65f"`;
  const lines = [...unescapedLines(bytesOf(text))];
  expect(lines.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(20_000);
  const all = lines.map(({ bytes }) => characters(bytes)).join('\n');
  expect(all).toContain('a = "abc"');
  expect(all).toContain('c = "def"');
});

test('in a history a row is passed over from any of its bytes', () => {
  const bytes = bytesOf(`"${NOISE}"`);
  expect(unescapedAround(bytes, 'escapes', 9, 0, bytes.length)).toEqual({
    bytes: new Uint8Array(0),
    start: 9,
    end: bytes.length - 1,
  });
});

test('time is linear in rows that are nearly long enough', () => {
  const start = process.threadCpuUsage();
  for (const one of [`${'\\x00'.repeat(31)} `, `${'\\x00'.repeat(16)}${'\\x41'.repeat(15)}`, '\\x00\\x41'])
    for (const line of unescapedLines(bytesOf(one.repeat(Math.floor(1_000_000 / one.length)))))
      expect(line.end).toBeGreaterThan(line.start);
  expect(process.threadCpuUsage(start).user / 1000).toBeLessThan(5000);
});
