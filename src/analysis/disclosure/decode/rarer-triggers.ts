import { characterListAround } from './characters-listed.ts';
import { joinedAround } from './joined.ts';
import { mailBehind } from './quoted-printable.ts';
import { base32Around, byteList } from './runs.ts';
import { digits, followedBy, units } from './sieves-of.ts';
import type { Trigger } from './triggers.ts';
import { typedOverAround } from './typed-over.ts';
import { wideAround } from './wide.ts';

/** So much of a text is encoded, and so much of that is looked for: each byte more costs memory that is to be near. */
const MOST = 6;
const MOST_FORM = 7;

/** How a mark of the chief ones, or a word, looks in the rarer encodings: each of them is dozens of patterns. */
export function rarely(text: string): readonly Trigger[] {
  return [
    ...base32(text),
    // What is decoded of a list begins there: keys begin with dashes.
    ...byteLists(text === 'PRIVATE KEY' ? '---' : text),
    ...characterLists(text),
    wideText(text),
    ...escapedUnderscore(text),
    ...partlyQuotedPrintable(text),
    ...struckTwice(text),
  ];
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** In each of the five places in groups of five bytes, the characters that depend on nothing else. */
function base32(text: string): Trigger[] {
  return [0, 1, 2, 3, 4].map((shift) => {
    let [held, bits, form] = [0, 0, ''];
    const skipped = Math.ceil((8 * shift) / 5);
    bits = 8 * shift - 5 * skipped;
    for (const one of text.slice(0, MOST)) {
      held = ((held << 8) | one.charCodeAt(0)) & 0xffff;
      bits += 8;
      for (; bits >= 5; bits -= 5) form += BASE32[(held >> (bits - 5)) & 31]!;
    }
    return {
      how: 'base32',
      form: form.slice(0, MOST_FORM),
      sieves: [followedBy(/[a-z2-7]/i, 24)],
      reveal: base32Around,
    };
  });
}

/** `67 68 70 5f`, `67:68:70:5f`, `103, 104, 112`, `103,104,112`. */
function byteLists(text: string): Trigger[] {
  const written = (base: 10 | 16, between: string): string =>
    text
      .slice(0, 3)
      .split('')
      .map((one) => digits(one.charCodeAt(0), base, base === 16 ? 2 : 1) + between)
      .join('');
  return [written(16, ' '), written(16, ':'), written(10, ', '), written(10, ',')].map((form, i) => ({
    how: i < 2 ? 'hex' : 'numbers',
    form,
    sieves: [],
    reveal: listAround,
  }));
}

/** `'g', 'h'`, and what is between the two in other layouts. */
function characterLists(text: string): Trigger[] {
  return [', ', ','].map((between) => ({
    how: 'joined text',
    form: text
      .slice(0, 3)
      .split('')
      .map((one) => `'${one}'`)
      .join(between),
    sieves: [],
    reveal: characterListAround,
  }));
}

/** `ghp\\_`, as Markdown and LaTeX write it. */
function escapedUnderscore(text: string): Trigger[] {
  if (!text.includes('_')) return [];
  const form = text.replaceAll('_', '\\_').slice(0, MOST_FORM);
  return [{ how: 'joined text', form, sieves: [], reveal: joinedAround }];
}

/** `ghp=5F`; `=5f` in the name of a setting says no more than that. */
function partlyQuotedPrintable(text: string): Trigger[] {
  const form = text.slice(0, MOST).replaceAll('_', '=5f');
  return form === text.slice(0, MOST)
    ? []
    : [{ how: 'quoted-printable', form, sieves: [], reveal: mailBehind }];
}

/** Each letter over itself, as a printer made bold ones. */
function struckTwice(text: string): Trigger[] {
  const form = units(text.slice(0, 3), (_, one) => `${one}\b${one}`).slice(0, MOST_FORM);
  return [{ how: 'typed over', form, sieves: [], reveal: typedOverAround }];
}

function wideText(text: string): Trigger {
  return { how: 'UTF-16 strings', form: wide(text.slice(0, 4)), sieves: [], reveal: wideAround };
}

/** Bytes one by one from `start` on. */
export const listAround: Trigger['reveal'] = (bytes, start, _from, to) => {
  const list = byteList(bytes, start, to);
  return list && { bytes: list.bytes, start, end: list.end };
};

/** A text of two bytes a character. */
export function wide(text: string): string {
  return text.split('').join('\0');
}
