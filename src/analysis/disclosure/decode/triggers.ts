import type { Sieve } from '../../../model/disclosure.ts';
import type { Base64Form, Region } from './around.ts';
import { base64Around, base64Forms, hexAround } from './around.ts';
import { unescapedAround } from './escapes.ts';
import { byteList } from './runs.ts';

/** Something that stands in encoded text, and shows where it is. All are looked for at once, with the keywords of the rules. */
export interface Trigger {
  readonly how: 'base64' | 'hex' | 'percent' | 'escapes' | 'character references';
  /** Bytes; letters are found in either case. */
  readonly form: string;
  /** What must be true of the bytes beside it, all of it. */
  readonly sieves: readonly Sieve[];
  /** Decodes what stands around the form at `start`, within `from`…`to`; `undefined` when it is no encoded text after all. */
  readonly reveal: (bytes: Uint8Array, start: number, from: number, to: number) => Region | undefined;
}

/** Words that stand where secrets do: encoded text with one of these is decoded, whatever else is in it. */
const WORDS: readonly string[] = [
  '"auth',
  'passw',
  'Passw',
  'PASSW',
  'token',
  'Token',
  'TOKEN',
  'secret',
  'Secret',
  'SECRET',
  'api_key',
  'apiKey',
  'API_KEY',
  'PRIVATE KEY',
  'https://',
  '://',
  'client_',
  'Authoriz',
  'access',
  'ACCESS',
];
/** How base64 of gzip, zip and PDF starts. */
const STARTS: readonly string[] = ['H4sIA', 'UEsDB', 'JVBERi'];
/** Shorter text stands encoded in other text by chance. */
const LEAST = 4;
/** So much of a text is encoded, and so much of that is looked for: each byte more costs memory that is to be near. */
const MOST = 6;
const MOST_FORM = 7;

/**
 * What shows encoded text in a history, where decoding all that could be base64 would take longer than all else: fixed text of
 * credentials (`marks`) and words that stand beside them, as they look in base64 in its three alignments; fixed text in
 * hexadecimal digits, in base64 twice, and with its signs as percent escapes; four escapes of one kind in a row.
 */
export function triggersOf(marks: readonly string[]): readonly Trigger[] {
  const all = [...new Set(marks)].filter((mark) => mark.length >= LEAST);
  return [
    ...[...all, ...WORDS].flatMap((text) => base64Forms(text.slice(0, MOST)).map(base64)),
    ...WORDS.flatMap((text) => base64Forms(wide(text.slice(0, 4))).map(base64)),
    ...all.flatMap((text) =>
      base64Forms(base64Forms(text.slice(0, MOST))[0]!.form)
        .slice(0, 1)
        .map(base64),
    ),
    ...STARTS.map((form) => base64({ form, skipped: 0, shift: 0 })),
    ...all.map(hex),
    ...all.filter((text) => /[^0-9a-z]/i.test(text.slice(0, MOST))).map(partlyPercent),
    ...ROWS,
  ];
}

function wide(text: string): string {
  return text.split('').join('\0');
}

const BASE64 = followedBy(/[\w+/-]/, 10);

function base64(whole: Base64Form): Trigger {
  const part = { ...whole, form: whole.form.slice(0, MOST_FORM) };
  return {
    how: 'base64',
    form: part.form,
    sieves: [BASE64],
    reveal: (bytes, start, from, to) => base64Around(bytes, start, part, from, to),
  };
}

function hex(text: string): Trigger {
  const form = units(text.slice(0, LEAST), (unit) => digits(unit, 16, 2));
  return { how: 'hex', form, sieves: [followedBy(/[\da-f]/i, 16)], reveal: hexAround };
}

/** Encoders of URLs leave letters and digits alone. */
function partlyPercent(text: string): Trigger {
  const form = units(text.slice(0, MOST), (unit, one) =>
    /[0-9a-z]/i.test(one) ? one : `%${digits(unit, 16, 2)}`,
  );
  return { how: 'percent', form, sieves: [], reveal: escapesAround('percent') };
}

/** Four escapes of a kind one behind another. */
const ROWS: readonly Trigger[] = [
  row('escapes', ['\\u00'], /[\da-f\\u]/i, 20),
  row('escapes', ['\\x'], /[\da-f\\x]/i, 14),
  row('escapes', ['\\0', '\\1'], /[0-7\\]/, 14),
  row('character references', ['&#'], /[\da-fx;&#]/i, 18),
  row('percent', ['%2', '%3', '%4', '%5', '%6', '%7'], /[\da-f%]/i, 10),
  ['0x', '0X'].map((form) => ({
    how: 'hex' as const,
    form,
    sieves: [followedBy(/[\da-fx, \t]/i, 40)],
    reveal: (bytes: Uint8Array, start: number, _from: number, to: number) => {
      const list = byteList(bytes, start, to);
      return list && { bytes: list.bytes, start, end: list.end };
    },
  })),
].flat();

function row(
  how: 'percent' | 'escapes' | 'character references',
  forms: readonly string[],
  goesOn: RegExp,
  least: number,
): Trigger[] {
  const sieves = [followedBy(goesOn, least)];
  return forms.map((form) => ({ how, form, sieves, reveal: escapesAround(how) }));
}

function escapesAround(how: 'percent' | 'escapes' | 'character references'): Trigger['reveal'] {
  return (bytes, start, from, to) => unescapedAround(bytes, how, start, from, to);
}

function followedBy(characters: RegExp, least: number): Sieve {
  const run = Uint8Array.from({ length: 256 }, (_, unit) =>
    characters.test(String.fromCharCode(unit)) ? 1 : 0,
  );
  return { side: 'after', run, least, most: least };
}

function units(text: string, as: (unit: number, one: string) => string): string {
  return text
    .split('')
    .map((one) => as(one.charCodeAt(0), one))
    .join('');
}

function digits(unit: number, base: number, length: number): string {
  return unit.toString(base).padStart(length, '0');
}
