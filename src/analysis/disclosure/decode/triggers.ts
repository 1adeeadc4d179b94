import type { Sieve } from '../../../model/disclosure.ts';
import type { Base64Form, Region } from './around.ts';
import { base64Around, base64Forms, hexAround } from './around.ts';
import { DEFLATED_FORMS, deflatedBehind } from './deflated.ts';
import { dumpAround } from './dump.ts';
import { unescapedAround } from './escapes.ts';
import { HINTED } from './hint-triggers.ts';
import type { HintedHow } from './hints.ts';
import { BROKEN, joinedAround } from './joined.ts';
import { LISTED_FORMS, lineListBehind } from './line-list.ts';
import { POINTER_FORM, pointerAt } from './lfs-pointer.ts';
import {
  NAMED_IN_ADDRESSES,
  NAMED_IN_BASE64,
  NAMED_IN_ESCAPES,
  NAMED_IN_HEX,
  NAMED_IN_LINES,
} from './names-encoded.ts';
import { rtfBehind } from './rtf.ts';
import { mailBehind, mailBehindSign } from './quoted-printable.ts';
import { listAround, rarely, wide } from './rarer-triggers.ts';
import { byteList } from './runs.ts';
import { TAKEN_BACK_FORMS, typedOverAround } from './typed-over.ts';
import { ASCII85_FORM, ascii85At } from './base85.ts';
import { digits, followedBy, setOf, units } from './sieves-of.ts';

/** Something that stands in encoded text, and shows where it is. All are looked for at once, with the keywords of the rules. */
export interface Trigger {
  readonly how:
    | 'base64'
    | 'base32'
    | 'hex'
    | 'hex dump'
    | 'numbers'
    | 'percent'
    | 'escapes'
    | 'character references'
    | 'joined text'
    | 'list of lines'
    | 'quoted-printable'
    | 'rtf'
    | 'UTF-16 strings'
    | 'git LFS pointer'
    | HintedHow;
  /** Bytes; letters are found in either case. */
  readonly form: string;
  /** What must be true of the bytes beside it, all of it. */
  readonly sieves: readonly Sieve[];
  /**
   * Decodes what stands around the form at `start`, within `from`…`to`; `undefined` when it is no encoded text after all. `noise`: as a
   * region of this kind told that was revealed before.
   */
  readonly reveal: (
    bytes: Uint8Array,
    start: number,
    from: number,
    to: number,
    noise?: number,
  ) => Region | undefined;
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
/** How base64 of PNG, gzip, zip, PDF, bzip2, zstd and xz starts; of gzip also in base64 twice, as Helm keeps releases. */
const STARTS: readonly string[] = [
  'iVBORw0',
  'H4sIA',
  'UEsDB',
  'JVBERi',
  'QlpoO',
  'KLUv/',
  '/Td6WF',
  'SDRzSUF',
];
/** How base64 of zlib starts, by its two usual levels: only three characters, so that more is asked of what is around them. */
const ZLIB_STARTS: readonly string[] = ['eJw', 'eJx', 'eJy', 'eJz', 'eNo', 'eNp', 'eNq', 'eNr'];
/** Marks that are looked for in rarer encodings too: each costs dozens of patterns. */
const CHIEF: ReadonlySet<string> = new Set([
  'ghp_',
  'gho_',
  'ghs_',
  'github_pat_',
  'glpat-',
  'npm_',
  'pypi-AgEIcHlwaS5vcmc',
  'xoxb-',
  'xoxp-',
  'AIza',
  'sk_live_',
  'sk-ant-api03-',
  'sk-proj-',
  'dop_v1_',
  'shpat_',
]);
/** And words of credentials that have no mark of their own. */
const CHIEF_WORDS: readonly string[] = ['AKIA', 'PRIVATE KEY', 'password'];
/** Marks that stand everywhere: whether what is behind them is broken is not asked. */
const COMMON = /^(?:test|live|secret|api|sdk|key|access|: |Bearer)/;
/** Shorter text stands encoded in other text by chance. */
const LEAST = 4;
/** So much of a text is encoded, and so much of that is looked for: each byte more costs memory that is to be near. */
const MOST = 6;
const MOST_FORM = 7;

/**
 * What shows encoded text in a history, where decoding all that could be base64 would take longer than all else: fixed text of
 * credentials (`marks`) and words that stand beside them, as they look in base64 in its three alignments; fixed text in
 * hexadecimal digits, in base64 twice, and with its signs as percent escapes; four escapes of one kind in a row; one, with more of a
 * token behind it; words that are broken; dumps; mail. The chief marks and words also in base32, as bytes one by one, in UTF-16.
 */
export function triggersOf(marks: readonly string[]): readonly Trigger[] {
  const all = [...new Set(marks)].filter((mark) => mark.length >= LEAST);
  const chief = [...all.filter((mark) => CHIEF.has(mark)), ...CHIEF_WORDS];
  return [
    ...[...all, ...WORDS].flatMap((text) => base64Forms(text.slice(0, MOST)).map(base64)),
    ...WORDS.flatMap((text) => base64Forms(wide(text.slice(0, 4))).map(base64)),
    ...all.flatMap((text) =>
      base64Forms(base64Forms(text.slice(0, MOST))[0]!.form)
        .slice(0, 1)
        .map(base64),
    ),
    ...NAMED_IN_BASE64.flatMap((form) => base64Forms(form).map(base64)),
    ...STARTS.map((form) => base64({ form, skipped: 0, shift: 0 })),
    ...ZLIB_STARTS.map(zlibBase64),
    ...[...all, ...NAMED_IN_HEX].map(hex),
    GZIP_HEX,
    ...all.filter((text) => /[^0-9a-z]/i.test(text.slice(0, MOST))).map(partlyPercent),
    ...all.filter((text) => !COMMON.test(text)).map(broken),
    ...chief.flatMap(rarely),
    ...ROWS,
    ...NAMED,
    ...JOINS,
    ...DUMPS,
    ...MAIL,
    RTF,
    ...DEFLATED,
    ...LISTED,
    REGISTRY,
    ...HINTED,
    POINTER,
    ...TAKEN_BACK,
    ASCII85,
  ];
}

function escapesAround(how: 'percent' | 'escapes' | 'character references'): Trigger['reveal'] {
  return (bytes, start, from, to) => unescapedAround(bytes, how, start, from, to);
}

/** One function a kind: triggers of one form that decode in the same way are one. */
const ESCAPES_AROUND = {
  percent: escapesAround('percent'),
  escapes: escapesAround('escapes'),
  'character references': escapesAround('character references'),
};

const BASE64 = followedBy(/[\w+/-]/, 10);

function base64(whole: Base64Form): Trigger {
  const part = { ...whole, form: whole.form.slice(0, MOST_FORM) };
  return {
    how: 'base64',
    form: part.form,
    sieves: [BASE64],
    reveal: (bytes, start, from, to, noise) => base64Around(bytes, start, part, from, to, noise),
  };
}

function zlibBase64(form: string): Trigger {
  return {
    how: 'base64',
    form,
    sieves: [
      { side: 'before', run: new Uint8Array(256), least: 0, most: 0, follows: NO_BASE64 },
      followedBy(/[\w+/-]/, 32),
    ],
    reveal: (bytes, start, from, to) =>
      base64Around(bytes, start, { form, skipped: 0, shift: 0 }, Math.max(from, start), to),
  };
}

const NO_BASE64 = setOf(/[^\w+/-]/);

/** gzip: its sign and its method. */
const GZIP_HEX: Trigger = {
  how: 'hex',
  form: '1f8b080',
  sieves: [followedBy(/[\da-f]/i, 40)],
  reveal: (bytes, start, from, to) => hexAround(bytes, start, from, to, true),
};

function hex(text: string): Trigger {
  const form = units(text.slice(0, LEAST), (unit) => digits(unit, 16, 2));
  return {
    how: 'hex',
    form,
    sieves: [followedBy(/[\da-f]/i, 16)],
    reveal: (bytes, start, from, to, noise) => hexAround(bytes, start, from, to, false, noise),
  };
}

/** Encoders of URLs leave letters and digits alone. */
function partlyPercent(text: string): Trigger {
  const form = units(text.slice(0, MOST), (unit, one) =>
    /[0-9a-z]/i.test(one) ? one : `%${digits(unit, 16, 2)}`,
  );
  return { how: 'percent', form, sieves: [], reveal: ESCAPES_AROUND.percent };
}

/** One that breaks off behind the mark, or further on, and goes on behind what breaks it. */
function broken(text: string): Trigger {
  return {
    how: 'joined text',
    form: text,
    sieves: [{ side: 'after', run: BROKEN.run, least: 0, most: 80, follows: BROKEN.follows }],
    reveal: joinedAround,
  };
}

/** Two strings that code joins, with a good part of a token in the second. */
const JOINS: readonly Trigger[] = ['+', '.'].flatMap((sign) =>
  ['"', "'"].flatMap((quote) =>
    [`${quote}${sign}${quote}`, `${quote} ${sign} ${quote}`].map((form): Trigger => ({
      how: 'joined text',
      form,
      sieves: [{ side: 'after', run: BROKEN.run, least: 10, most: 10 }],
      reveal: joinedAround,
    })),
  ),
);

/** The first line of a dump. */
const DUMPS: readonly Trigger[] = ['00000000: ', '00000000  ', '0000000 '].map((form) => ({
  how: 'hex dump',
  form,
  sieves: [followedBy(/[\da-f]/i, 2)],
  reveal: dumpAround,
}));

/** Mail that says how it is written; and words with `=` behind them, where it does not. */
const MAIL: readonly Trigger[] = [
  { how: 'quoted-printable', form: 'quoted-printable', sieves: [], reveal: mailBehind },
  ...['password=3d', 'token=3d', 'secret=3d', 'passwd=3d', 'key=3d'].map((form): Trigger => ({
    how: 'quoted-printable',
    form,
    sieves: [],
    reveal: mailBehindSign,
  })),
];

const RTF: Trigger = {
  how: 'rtf',
  form: '{\\rtf1',
  sieves: [],
  reveal: rtfBehind,
};

const DEFLATED: readonly Trigger[] = DEFLATED_FORMS.map((form) => ({
  how: 'base64',
  form,
  sieves: [],
  reveal: deflatedBehind,
}));

/** Cells and outputs of notebooks; and other lists, of which a line ends with a name. */
const LISTED: readonly Trigger[] = [...LISTED_FORMS, ...NAMED_IN_LINES].map((form) => ({
  how: 'list of lines',
  form,
  sieves: [],
  reveal: lineListBehind,
}));

/** `"Name"=hex(1):67,00,68,00,…` in the registry of Windows. */
const REGISTRY: Trigger = {
  how: 'hex',
  form: '=hex(',
  sieves: [],
  reveal: (bytes, start, _from, to) => {
    const list = byteList(bytes, start + 8, to, true);
    return list && { bytes: list.bytes, start, end: list.end };
  },
};

/** Letters that were taken back in what a terminal showed. */
const TAKEN_BACK: readonly Trigger[] = TAKEN_BACK_FORMS.map((form) => ({
  how: 'typed over',
  form,
  sieves: [],
  reveal: typedOverAround,
}));

const ASCII85: Trigger = {
  how: 'base85',
  form: ASCII85_FORM,
  sieves: [followedBy(/[!-u]/, 20)],
  reveal: ascii85At,
};

const POINTER: Trigger = {
  how: 'git LFS pointer',
  form: POINTER_FORM,
  sieves: [],
  reveal: pointerAt,
};

/** Four escapes of a kind one behind another; or one, and what a token is made of. */
const ROWS: readonly Trigger[] = [
  row('escapes', ['\\u00'], /[\da-f\\u]/i, 20),
  row('escapes', ['\\x'], /[\da-f\\x]/i, 14),
  row('escapes', ['\\0', '\\1'], /[0-7\\]/, 14),
  row('character references', ['&#'], /[\da-fx;&#]/i, 18),
  row('escapes', ['\\u00', '\\x'], /[\w+/.-]/, 18),
  row(
    'character references',
    ['&#95;', '&#x5f;', '&lowbar;', '&#45;', '&quot;:&quot;', '=&quot;'],
    /[\w+/.-]/,
    16,
  ),
  row('percent', ['%2', '%3', '%4', '%5', '%6', '%7'], /[\da-f%]/i, 10),
  ['0x', '0X'].map((form) => ({
    how: 'hex' as const,
    form,
    sieves: [followedBy(/[\da-fx, \t]/i, 40)],
    reveal: listAround,
  })),
].flat();

function row(
  how: 'percent' | 'escapes' | 'character references',
  forms: readonly string[],
  goesOn: RegExp,
  least: number,
): Trigger[] {
  const sieves = [followedBy(goesOn, least)];
  return forms.map((form) => ({ how, form, sieves, reveal: ESCAPES_AROUND[how] }));
}

const VALUE = followedBy(/[^\s"'<>]/, 4);
/** The rest of a name, behind `&amp;`. */
const BEHIND_REFERENCE: Sieve = {
  side: 'before',
  run: setOf(/[\w.-]/),
  least: 0,
  most: 24,
  follows: setOf(/;/),
};

/** What leads from a name to its value, escaped, or the name and the first of it. */
const NAMED: readonly Trigger[] = [
  ...NAMED_IN_ESCAPES.map(([how, form]): Trigger => ({
    how,
    form,
    sieves: [VALUE],
    reveal: ESCAPES_AROUND[how],
  })),
  ...NAMED_IN_ADDRESSES.map((form): Trigger => ({
    how: 'character references',
    form,
    sieves: [BEHIND_REFERENCE, VALUE],
    reveal: ESCAPES_AROUND['character references'],
  })),
];
