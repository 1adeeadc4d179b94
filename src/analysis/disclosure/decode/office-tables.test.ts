import { expect, test } from 'vitest';
import { officeTables } from './office-tables.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (rows: Uint8Array | undefined): string | undefined => rows && new TextDecoder().decode(rows);

test('rows of Word and OpenDocument are lines, what an editor split is put together, references are resolved', () => {
  const cell = (...runs: string[]): string =>
    `<w:tc><w:tcPr/><w:p>${runs.map((run) => `<w:r><w:t>${run}</w:t></w:r>`).join('')}</w:p></w:tc>`;
  const table = `<w:tbl><w:tr>${cell('User')}${cell('Pass', 'word')}</w:tr><w:tr>${cell('ada')}${cell('a&amp;', 'b1|c')}</w:tr></w:tbl>`;
  expect(
    words(officeTables().of('word/document.xml', bytes(`<w:p>before</w:p>${table}<w:p>behind</w:p>`))),
  ).toBe('| User | Password |\n| ada | a&b1 c |\n');
  const own =
    '<table:table-row><table:table-cell><text:p>token</text:p><text:p>of it</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>';
  expect(words(officeTables().of('content.xml', bytes(own)))).toBe('| token of it |  | x |\n');
});

test('cells of a sheet are in their columns, with the strings of the workbook, whichever part comes first', () => {
  const sheet =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
    '<row r="2"><c r="A2"><v>7</v></c><c r="C2" t="s"><f>A1</f><v>2</v></c></row>' +
    '<row r="3"><c r="AB3" t="inlineStr"><is><t>far</t></is></c></row>';
  const strings =
    '<sst><si><t>User</t></si><si><r><t>Pass</t></r><r><t>word</t></r></si><si><t>x1</t><rPh><t>y</t></rPh></si></sst>';
  const expected = `| User |  | Password |\n| 7 |  | x1 |\n|${'  |'.repeat(27)} far |\n`;
  for (const order of [0, 1]) {
    const tables = officeTables();
    const parts = [
      ['xl/worksheets/sheet1.xml', sheet],
      ['xl/sharedStrings.xml', strings],
    ] as const;
    for (const [name, text] of order === 0 ? parts : parts.toReversed())
      expect(tables.of(name, bytes(text))).toBeUndefined();
    expect(tables.atEnd().map(({ name, rows }) => [name, words(rows)])).toEqual([[parts[0][0], expected]]);
  }
});

test('tables without the name of a secret, other parts and broken ones give nothing', () => {
  const row = (a: string, b: string): string =>
    `<w:tr><w:tc><w:t>${a}</w:t></w:tc><w:tc><w:t>${b}</w:t></w:tc></w:tr>`;
  expect(officeTables().of('word/document.xml', bytes(row('User', 'Town')))).toBeUndefined();
  expect(officeTables().of('word/styles.xml', bytes(row('User', 'password')))).toBeUndefined();
  expect(officeTables().of('word/document.xml', bytes('<w:tr><w:tc><w:t>password'))).toBeUndefined();
  expect(
    words(officeTables().of('word/document.xml', bytes(`</w:tr></w:tc>${row('password', 'x')}<w:tr>`))),
  ).toBe('| password | x |\n');
});

test('sheets that are too large to be kept together are left out, and it is said', () => {
  const tables = officeTables();
  tables.of('xl/worksheets/sheet1.xml', bytes('<row><c t="inlineStr"><is><t>token</t></is></c></row>'));
  expect(tables.isMore()).toBe(false);
  tables.of('xl/worksheets/sheet2.xml', new Uint8Array(64 * 1024 * 1024));
  expect([tables.isMore(), tables.atEnd().map(({ name }) => name)]).toEqual([
    true,
    ['xl/worksheets/sheet1.xml'],
  ]);
});

test('hostile tables take time by their size, and no more rows are made than is said', () => {
  const head = '<row><c><v>password</v></c></row>';
  const sheet = (body: string, strings?: string): ReturnType<typeof officeTables> => {
    const tables = officeTables();
    if (strings !== undefined) tables.of('xl/sharedStrings.xml', bytes(strings));
    tables.of('xl/worksheets/sheet1.xml', bytes(head + body));
    return tables;
  };
  for (const body of [
    '<row><c><f>'.repeat(100_000),
    '<row'.repeat(100_000),
    `<${'a'.repeat(2000)}`.repeat(500),
  ])
    expect(words(sheet(body).atEnd()[0]?.rows)).toBe('| password |\n');
  const cells = '<row><c t="s"><v>0</v></c></row>';
  for (const unended of ['<si>', '<si><rPh>', '<si/'].map((one) => one.repeat(200_000)))
    expect(words(sheet(cells, unended).atEnd()[0]?.rows)).toBe('| password |\n|  |\n');
  const long = sheet(cells, `<si><t>${'x'.repeat(100_000)}</t></si>`);
  expect(words(long.atEnd()[0]?.rows)).toBe(`| password |\n| ${'x'.repeat(1024)} |\n`);
  expect(long.isMore()).toBe(false);
  const far = sheet('<row><c r="IV1"/></row>'.repeat(30_000));
  expect(far.atEnd()[0]!.rows.length).toBeLessThanOrEqual(16 * 1024 * 1024);
  expect(far.isMore()).toBe(true);
});
