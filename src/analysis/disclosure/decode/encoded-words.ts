import { decodeBase64 } from '../rules/checks/base64.ts';
import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { bytesOf, characters, readFrom } from './characters.ts';
import { fromQuotedPrintable } from './quoted-printable.ts';

/** What stands in the midst of words of a mail's header that are encoded (RFC 2047): `=?utf-8?Q?token_=5F?=`. In small letters. */
export const WORD_FORMS: readonly string[] = ['q', 'b'].flatMap((how) =>
  // Behind the ends of names of character sets: UTF-8, ISO-8859-1, Windows-1252, US-ASCII, KOI8-R, ISO-2022-JP.
  ['8', '1', '2', '5', '0', 'i', 'r', 'p'].map((last) => `${last}?${how}?`),
);

const MOST = 1 << 20;
const WORD = /=\?[\w-]{2,40}(?:\*[\w-]{1,16})?\?([qQbB])\?([^?\s]{0,200})\?=/y;
const FOLD = /\r?\n[ \t]{1,8}|[ \t]{1,8}/y;

/** The words from the one around `at` on, put together: their ends say nothing. */
export function encodedWordsAround(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
): Region | undefined {
  let start = at;
  while (start > from && at - start < 60 && bytes[start] !== 0x3d) start--;
  if (bytes[start] !== 0x3d || bytes[start + 1] !== 0x3f) return undefined;
  const { words, end } = readFrom(bytes, start, to, MOST, wordsOf);
  if (words.length >= 8) return { bytes: bytesOf(words), start, end: start + end };
  return start + end > at ? passedOver(at, start + end) : undefined;
}

function wordsOf(text: string): { readonly words: string; readonly end: number; readonly isCut: boolean } {
  let words = '';
  let end = 0;
  let next = 0;
  for (; ; next = FOLD.lastIndex) {
    WORD.lastIndex = next;
    const match = WORD.exec(text);
    if (match === null) break;
    end = WORD.lastIndex;
    const [, how, encoded] = match;
    words +=
      how === 'q' || how === 'Q'
        ? textOf(fromQuotedPrintable(bytesOf(encoded!.replaceAll('_', ' '))))
        : (decodeBase64(encoded!) ?? '');
    FOLD.lastIndex = end;
    if (!FOLD.test(text)) return { words, end, isCut: false };
  }
  BEGUN.lastIndex = next;
  return { words, end, isCut: BEGUN.test(text) };
}

/** A word that begins, and has no end here. */
const BEGUN = /=\?[\w-]{0,40}(?:\*[\w-]{0,16})?(?:\?(?:[qQbB](?:\?(?:[^?\s]{0,200}\??)?)?)?)?$/y;
const textOf = (bytes: Uint8Array): string => characters(bytes, 0, bytes.length);
