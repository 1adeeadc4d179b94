import type { LicenceKind, LicencePhrases } from './recognise-phrases.ts';
import { LICENCE_PHRASES } from './recognise-phrases.ts';

/** A licence that a text holds. */
export interface RecognisedLicence {
  /** SPDX; a GNU licence's bare text is `GPL-3.0` (the text does not say "only" or "or later"), a notice says which. */
  readonly id: string;
  readonly kind: LicenceKind;
  /** The text only points to the licence. */
  readonly notice: boolean;
}

export interface RecognisedText {
  /** In order of appearance: the first is what the file is about. Empty: none that we know. */
  readonly licences: readonly RecognisedLicence[];
  /** The text is much longer than the licences in it: it says more than they do. */
  readonly more: boolean;
}

/** Above any text of several licences; longer ones are looked at up to here. */
const MAX_LENGTH = 512 * 1024;
/** How much longer than the bare licence a text with copyright lines and headings may be. */
const ROOM = 1.25;
const ROOM_WORDS = 60;

/**
 * Recognises licences by sentences that only they have, whatever the layout, line breaks, case and punctuation.
 * A licence that we do not know, or whose sentences were altered, is not recognised: that is not the same as none.
 */
export function recogniseLicences(text: string): RecognisedText {
  const words = wordsOf(text);
  const found: { readonly at: number; readonly phrases: LicencePhrases }[] = [];
  for (const phrases of LICENCE_PHRASES) {
    const at = placeOf(words, phrases);
    if (at !== -1) found.push({ at, phrases });
  }
  // A notice beside the text of the same licence adds nothing.
  const whole = new Set(
    found.flatMap(({ phrases }) => (phrases.notice === true ? [] : [family(phrases.id)])),
  );
  const kept = found
    .filter(({ phrases }) => phrases.notice !== true || !whole.has(family(phrases.id)))
    .sort((a, b) => a.at - b.at || b.phrases.all.length - a.phrases.all.length);
  const licences = new Map<string, RecognisedLicence>();
  for (const { phrases } of kept)
    if (!licences.has(phrases.id))
      licences.set(phrases.id, { id: phrases.id, kind: phrases.kind, notice: phrases.notice === true });
  const expected = kept.reduce<number | undefined>(
    (sum, { phrases }) =>
      sum === undefined || phrases.words === undefined ? undefined : sum + phrases.words,
    0,
  );
  return {
    licences: [...licences.values()],
    more: expected !== undefined && kept.length > 0 && countWords(words) > expected * ROOM + ROOM_WORDS,
  };
}

/** Lower-case words with one space between and at both ends; everything else is a space. `licence` is spelt `license`. */
export function wordsOf(text: string): string {
  const plain = text.slice(0, MAX_LENGTH).toLowerCase().replaceAll('licence', 'license');
  return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

/** Where the first phrase stands, -1 when a phrase is missing or one that must not be there is. */
function placeOf(words: string, { all, none = [] }: LicencePhrases): number {
  let first = -1;
  for (const phrase of all) {
    const places = (typeof phrase === 'string' ? [phrase] : phrase)
      .map((one) => words.indexOf(` ${one} `))
      .filter((at) => at !== -1);
    if (places.length === 0) return -1;
    if (first === -1) first = Math.min(...places);
  }
  return none.some((phrase) => words.includes(` ${phrase} `)) ? -1 : first;
}

/** `GPL-3.0-or-later` → `GPL-3.0`. */
export function family(id: string): string {
  return id.replace(/-(?:only|or-later)$/, '');
}

function countWords(words: string): number {
  let count = 0;
  for (let i = 0; i < words.length; i++) if (words.charCodeAt(i) === 32) count++;
  return Math.max(0, count - 1);
}
