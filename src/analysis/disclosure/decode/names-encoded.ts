import { base64Forms } from './around.ts';

/*
 * Passwords have no mark of their own that could be looked for encoded. What shows them are their names, and the signs between the
 * name and the value.
 */

type Escapes = 'percent' | 'escapes' | 'character references';

/** How a quote is written in each, that ends a name in JSON; the value is in such quotes too. */
const QUOTES: readonly (readonly [how: Escapes, quotes: readonly string[]])[] = [
  ['percent', ['%22', '%27']],
  ['escapes', ['\\u0022', '\\u0027', '\\x22', '\\x27', '\\042']],
  ['character references', ['&quot;', '&#34;', '&#034;', '&#x22;', '&#39;', '&#039;', '&#x27;', '&apos;']],
];
const COLONS: Readonly<Record<Escapes, readonly string[]>> = {
  percent: [':', '%3a', '%3a%20', ':%20', '%3a+'],
  escapes: [':', ': '],
  'character references': [':', ': '],
};

/** Ends of names of secrets. */
const NAMES = ['password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'key'];
/** Signs that give a name its value where it has no quotes, and that end a tag. */
const GIVES: readonly (readonly [how: Escapes, sign: string])[] = [
  ['percent', '%3d'],
  ['escapes', '\\u003d'],
  ['escapes', '\\x3d'],
  ['character references', '&gt;'],
  ['character references', '=&quot;'],
  ['character references', '=&#34;'],
  ['character references', '=&#39;'],
];

/** What stands before a value whose name is escaped, in small letters. */
export const NAMED_IN_ESCAPES: readonly (readonly [how: Escapes, form: string])[] = [
  ...QUOTES.flatMap(([how, quotes]) =>
    quotes.flatMap((quote) => COLONS[how].map((colon) => [how, `${quote}${colon}${quote}`] as const)),
  ),
  ...NAMES.flatMap((name) => GIVES.map(([how, sign]) => [how, `${name}${sign}`] as const)),
];

/** The same in a page, where a reference is soon before it: `&amp;db_password=` in an address. */
export const NAMED_IN_ADDRESSES: readonly string[] = NAMES.map((name) => `${name}=`);

/** The first four letters of each are looked for in hexadecimal digits. */
export const NAMED_IN_HEX: readonly string[] = [
  'pass',
  'PASS',
  'toke',
  'TOKE',
  'secr',
  'SECR',
  '_key',
  '_KEY',
  'PRIV',
];

const TWICE = ['password', 'secret', 'token"', 'api_key', 'API_KEY', 'PRIVATE'];
/** Names in base64, wherever in its groups they stand: what is looked for in base64 again. */
export const NAMED_IN_BASE64: readonly string[] = TWICE.flatMap((name) =>
  base64Forms(name).map(({ form }) => form.slice(0, 6)),
);

/** A name that ends a line in a list of lines: its value is in the next. */
export const NAMED_IN_LINES: readonly string[] = NAMES.map((name) => `${name}\\n",`);
