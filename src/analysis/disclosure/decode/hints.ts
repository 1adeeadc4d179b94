import type { Region } from './around.ts';
import { BASE85_FORMS, PATCH_FORM, base85Behind, patchedAt } from './base85.ts';
import { CODE_FORMS, characterCodesAt } from './character-codes.ts';
import { WORD_FORMS, encodedWordsAround } from './encoded-words.ts';
import type { FormSearch } from './form-search.ts';
import { searchForms } from './form-search.ts';
import { TAG_FORMS, fullWidthAround, inFullWidth, tagsAround } from './odd-letters.ts';
import { PACKED_FORMS, packedBehind } from './packed-behind.ts';
import { EVENT_FORMS, recordedFrom } from './recording.ts';
import { LIST_FORMS, stringListAt } from './string-list.ts';
import { BACKWARD_FORMS, ROT13_FORMS, backwardsAround, rot13Around } from './turned.ts';
import { UU_FORMS, uudecodedAt } from './uuencode.ts';

/** How a text was written that words beside it tell. */
export type HintedHow =
  | 'list of strings'
  | 'character codes'
  | 'written backwards'
  | 'ROT13'
  | 'uuencode'
  | 'git binary patch'
  | 'base85'
  | 'encoded words'
  | 'recorded terminal'
  | 'invisible letters'
  | 'full-width letters'
  | 'typed over'
  | 'base64';

/** Fixed text that shows how what stands beside it is written: it is the same for whoever looks at a file and at a history. */
export interface Hint {
  readonly how: HintedHow;
  /** Bytes, four at least; letters are found in either case. */
  readonly forms: readonly string[];
  /** What is written around, behind or before the form at `at`. `undefined`: it is no such thing after all. No bytes: nothing up to its end is. */
  readonly reveal: (bytes: Uint8Array, at: number, from: number, to: number) => Region | undefined;
}

/** Marks of tokens in full width: their letters are three bytes each, so that a few are enough. */
const WIDE_MARKS = ['ghp', 'gho', 'ghs', 'git', 'glp', 'npm', 'xox', 'AIz', 'AKI', 'sk_', 'sk-', 'pyp'];

export const HINTS: readonly Hint[] = [
  { how: 'list of strings', forms: LIST_FORMS, reveal: stringListAt },
  { how: 'character codes', forms: CODE_FORMS, reveal: characterCodesAt },
  { how: 'written backwards', forms: BACKWARD_FORMS, reveal: backwardsAround },
  { how: 'ROT13', forms: ROT13_FORMS, reveal: rot13Around },
  { how: 'uuencode', forms: UU_FORMS, reveal: uudecodedAt },
  { how: 'git binary patch', forms: [PATCH_FORM], reveal: patchedAt },
  { how: 'base85', forms: BASE85_FORMS, reveal: base85Behind },
  { how: 'encoded words', forms: WORD_FORMS, reveal: encodedWordsAround },
  { how: 'recorded terminal', forms: EVENT_FORMS, reveal: recordedFrom },
  { how: 'invisible letters', forms: TAG_FORMS, reveal: tagsAround },
  { how: 'full-width letters', forms: WIDE_MARKS.map(inFullWidth), reveal: fullWidthAround },
  { how: 'base64', forms: PACKED_FORMS, reveal: packedBehind },
];

/** A text that was written so, where it stands. */
export interface Hinted extends Region {
  readonly how: HintedHow;
}

let search: FormSearch | undefined;
const BY_FORM: readonly Hint[] = HINTS.flatMap((hint) => hint.forms.map(() => hint));

/** All of them in a text, in its order, those of one kind not over each other. Linear. */
export function* hintedRuns(bytes: Uint8Array): Generator<Hinted, void, undefined> {
  const find = (search ??= searchForms(HINTS.flatMap(({ forms }) => forms)));
  const ends = new Map<HintedHow, number>();
  for (let found = find(bytes, 0, bytes.length); found !== undefined;) {
    const { at } = found;
    const { how, reveal } = BY_FORM[found.form]!;
    if (at >= (ends.get(how) ?? 0)) {
      const region = reveal(bytes, at, 0, bytes.length);
      if (region !== undefined) {
        ends.set(how, region.end);
        if (region.bytes.length > 0) yield { how, ...region };
      }
    }
    found = find(bytes, at + 1, bytes.length);
  }
}
