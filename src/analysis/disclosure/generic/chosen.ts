import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { decodeBase64 } from '../rules/checks/base64.ts';
import { lookOf } from '../rules/form/placeholders.ts';
import { isReference } from '../rules/form/references.ts';
import { isAmongWords } from './among-words.ts';
import { assignmentAt, assignsTo, givesTo, type Assignment } from './assignment.ts';
import { isStandIn, tierOf } from './drawn.ts';
import { findInLine } from './in-line.ts';
import { senseOf } from './key.ts';
import { ldifValueAt, type EncodedValue } from './ldif.ts';
import { isJoinedWords, isName, isNameOfSecret, isWordOfItsName } from './names.ts';
import { givenOtherwise, type Otherwise } from './otherwise.ts';
import { returnedAt } from './returned.ts';
import { fits, isOpenByForm, writtenInHex } from './value.ts';
import { settleChosen, settleCopied } from './developers.ts';
import { CHOSEN, FALLBACK, MOST_CHOSEN, reasonsOfChosen } from './weak.ts';

const LEAST = 4;
const GIVEN = givesTo(LEAST);

/** Passwords and short secrets that somebody made up and wrote down. */
export const chosenPassword: DisclosureRule = {
  id: 'password-literal',
  title: 'Password in plain text',
  kind: 'password',
  keywords: ['pass', 'pwd', 'secret', 'credential'],
  sieve: () => GIVEN,
  gate: (bytes, start, end, from, to) =>
    isGivenWord(bytes, start, end, from, to) ||
    (opensCall(bytes, start, from) && isArgument(bytes, start, end, from, to)),
  find: findChosen,
  settle: settleChosen,
  settleAmong: settleCopied,
  advice: 'Change the password where it is used, then read it from the environment or a vault instead.',
};

const MOST = 128;

const isGivenWord: Gate = assignsTo(LEAST, false);
const isArgument: Gate = assignsTo(LEAST, true);

/** The name, in quotes, is the first argument of a call, or of a pair: `{ "name", "value" }`. */
function opensCall(bytes: Uint8Array, start: number, from: number): boolean {
  let i = start - 1;
  while (i >= from && start - i < 64 && bytes[i] !== 0x22 && bytes[i] !== 0x27 && bytes[i]! > 0x20) i--;
  if (i <= from) return false;
  return bytes[i - 1] === 0x28 || bytes[i - 1] === 0x7b || (bytes[i - 1] === 0x20 && bytes[i - 2] === 0x7b);
}

function findChosen(window: Window): readonly Find[] {
  const { text, start, end } = window;
  const given = assignmentAt(text, start, end);
  const returned = returnedAt(text, start, end);
  const encoded = ldifValueAt(text, start, end);
  if (encoded !== undefined) return findEncoded(encoded);
  return [
    ...(given === undefined ? [] : judgeChosen(window, given)),
    ...givenOtherwise(text, start, end).flatMap((other) => ofLess(judgeChosen(window, other), text, other)),
    ...(returned === undefined ? [] : withDigit(judgeChosen(window, returned), text)),
  ];
}

/** A value in base64 is judged by what it says, and is that: wherever else the same stands, in whatever way. */
function findEncoded({ key, start, end, value }: EncodedValue): readonly Find[] {
  if (!/^[ -~]+$/.test(value) || /["'`\\]|^\{[\w-]{2,20}\}/.test(value)) return [];
  const [find] = findInLine(chosenPassword, key, value, start);
  return find === undefined ? [] : [{ ...find, start, end, secret: value }];
}

/** What is used when nobody says otherwise is a default, and one of two strings a word, but for what has a digit. */
const ofLess = (finds: readonly Find[], text: string, { as }: Otherwise): readonly Find[] =>
  as === 'choice'
    ? withDigit(finds, text)
    : finds.map((find) => ({ ...find, reasons: [...find.reasons, FALLBACK] }));

const withDigit = (finds: readonly Find[], text: string): readonly Find[] =>
  finds.filter(({ start, end }) => /\d/.test(text.slice(start, end)));

function judgeChosen({ text, start }: Window, given: Assignment): readonly Find[] {
  const sense = senseOf(given.key);
  const named = sense.isPassword || (sense.strength === 3 && /secret|cred/i.test(given.key));
  // `pass: "…", fail: "…"`: what came of a test.
  if (/^pass$/i.test(given.key) && /^["'`],\s{0,2}["']?fail/.test(text.slice(given.end, given.end + 10)))
    return [];
  // A file's name is what it says of itself, not what it is given: `'secrets.md': …`.
  if (/\.(?:json|ya?ml|txt)$/.test(given.key)) return [];
  // The last part of a route, and what serves it: `get('/password', 'Users@password')`.
  if (
    given.by === 'call' &&
    /["'`]\/(?:[\w{}:.-]{1,40}\/){0,8}[\w.-]{0,40}$/.test(text.slice(Math.max(0, start - 400), start))
  )
    return [];
  if (!named || sense.against > 0 || !isWellGiven(text, given, sense.isPassword)) return [];
  const value = text.slice(given.start, given.end);
  if (value.length < LEAST || value.length > MOST) return [];
  const written = writtenInHex(value);
  if (written !== undefined) {
    if (isReference(written) || lookOf(written) === 'made-up') return [];
    const reasons = [`given to "${given.key}"`, 'words in hexadecimal digits'];
    return [{ start: given.start, end: given.end, tier: 'possible', reasons }];
  }
  if (
    isReference(value) ||
    isWordOfItsName(value, given.key) ||
    isNameOfSecret(value) ||
    isCode(value, given.quoted || (/\d/.test(value) && isInConnection(text, given, value))) ||
    isJoinedOrPattern(value) ||
    // The first part of what is put together: `"sk_" + drawn()`.
    (given.quoted && /^\\?["'`]\s{0,4}\+/.test(text.slice(given.end, given.end + 8))) ||
    isOpenByForm(value) ||
    (fits(value) && value.endsWith('=') && isStandIn(value))
  )
    return [];
  const look = lookOf(value);
  // `isNew ? 'SetPassword' : 'EnterPassword'`, `indexOf("ice-pwd:"`: no name that is given something.
  if (isOtherwise(text, start, given) || endsString(text, start, given) || isOfMany(text, given)) return [];
  if (look === 'made-up' || (isOfDrawn(value) && tierOf(value, sense, given.quoted) !== undefined)) return [];
  const own = behindId(value);
  if (own === undefined) return [];
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(own)).length;
  const strong =
    kinds >= 3 &&
    own.length >= 8 &&
    !isWordInBase64(own) &&
    !/\s/.test(own) &&
    look === 'random' &&
    !isName(own) &&
    // `Palavra-passe`: a word for it, in some language.
    !/^[A-Za-z]+(?:[-_ ][A-Za-z]+)*$/.test(own) &&
    !isJoinedWords(own, sense.isPassword);
  if (strong && isSaid(text, start, given)) return [];
  const chosen = strong ? reasonsOfChosen(own) : [];
  const reasons = [
    `given to "${given.key}"`,
    strong ? 'mixes letters, digits and signs as passwords have to' : 'a word, as people choose them',
    ...chosen,
    ...(strong && isFallback(text, start, given, value) ? [FALLBACK] : []),
    ...(strong && (chosen.includes(CHOSEN) || value.length < MOST_CHOSEN) && isHere(text, start)
      ? [HERE]
      : []),
  ];
  if (strong && ONE_BLOCK.test(value)) reasons.push(ENCRYPTED);
  const tier = strong && !reasons.includes(HERE) && !reasons.includes(ENCRYPTED) ? 'likely' : 'possible';
  return [{ start: given.start, end: given.end, tier, reasons }];
}

/** What looks drawn is another rule's, which sees so many characters without `=`. */
const isOfDrawn = (value: string): boolean => fits(value) && /[^=]{16}/.test(value);

/**
 * What stands behind the id of an account, a tenant or a vault: `3f1c…-…/value`. The value itself where there is no id; `undefined` when
 * what is behind it is a word, or a path of words.
 */
function behindId(value: string): string | undefined {
  const own = value.replace(BEGINS_WITH_ID, '');
  return own.length < value.length && (isReference(own) || /^[A-Za-z_-]*(?:\/[\w.-]*)*$/.test(own))
    ? undefined
    : own;
}

const BEGINS_WITH_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[/:|,;.]/i;

/** `dGVzdA==` is `test`. */
const isWordInBase64 = (value: string): boolean =>
  value.length % 4 === 0 &&
  (value.endsWith('=') ? /^[a-z]+\d{0,3}\s?$/i : /^(?:[a-z]{6,}|[a-z]{5,}\d{1,3})$/).test(
    // UTF-16 too, as Windows encodes: `YQBkAG0AaQBuAA==`.
    (decodeBase64(value) ?? '').replaceAll('\0', ''),
  );

/** Eight bytes in base64: settings that are encrypted word by word (DES, Blowfish) have them. */
const ONE_BLOCK = /^[A-Za-z0-9+/]{11}=$/;
const ENCRYPTED = 'as long as one block of a cipher';

const HERE = 'of a server on the same machine';
/** `Server=localhost;…;Password=`, `//127.0.0.1/db?password=`: behind the address of this machine, or as Windows names one that somebody works on. */
const isHere = (text: string, start: number): boolean =>
  /(?:(?:server|host|source|address)\s?=\s?(?:tcp:)?|\/\/)(?:localhost|127\.0\.0\.1|\(local\)|\.|(?:desktop|laptop)-\w{5,10})[\s,;:\\/][^\n]{0,200}$/i.test(
    text.slice(Math.max(0, start - 260), start),
  );

/** The name is a string that a condition gives, and the value what it gives otherwise. */
const isOtherwise = (text: string, start: number, { by }: Assignment): boolean =>
  by === 'colon' && /\?\s{0,4}["'`][\w.-]{0,40}$/.test(text.slice(Math.max(0, start - 50), start));

/** The name is the last word of a sentence in quotes, and the value what it is called: `'This is a common password' => 'common_top_10'`. */
const isSaid = (text: string, start: number, { key, start: from, quoted }: Assignment): boolean =>
  quoted &&
  !/\s/.test(key) &&
  /["'`][A-Za-z][\w,'-]{0,20}(?: [\w,'-]{1,20}){2,12} [\w-]{0,20}$/.test(
    text.slice(Math.max(0, start - 160), start),
  ) &&
  /^[\w-]*(["'`])\s{0,8}(?:=>?|:)/.test(text.slice(start, from));

/** `Nwd='Foo',Pwd='Foo$Bar',Qwd='…'`: variables of a program that was made small, which are called by turns. */
const isOfMany = (text: string, { key, end, quoted }: Assignment): boolean =>
  quoted && key.length <= 3 && /^["'][,;][A-Za-z]\w{0,2}=/.test(text.slice(end, end + 6));

/** The quote that seems to open the value closes a string that the name stands in. */
function endsString(text: string, start: number, { start: from, quoted }: Assignment): boolean {
  const quote = text[from - 1];
  if (!quoted || quote === '`' || !/[=:]$/.test(text.slice(Math.max(0, from - 2), from - 1))) return false;
  const before = /(?:[(,=+[{:&|]\s?|return )(["'])[\w=.-]{0,40}$/.exec(
    text.slice(Math.max(0, start - 50), start),
  );
  // Of a name in quotes of its own the string has ended.
  return before?.[1] === quote && /^[\w.-]*[=:]$/.test(text.slice(start, from - 1));
}

/** The way of giving makes it a value, and not a word of prose, a parameter, the next of a list. */
function isWellGiven(text: string, given: Assignment, isPassword: boolean): boolean {
  const { key, start, end, by, quoted } = given;
  const value = text.slice(start, end);
  if (by === 'space')
    return (
      (key.startsWith('--') ||
        OF_AN_IMAGE.test(text.slice(Math.max(0, start - key.length - 24), start - key.length - 1))) &&
      !/^[-<[{$"'|>]/.test(value) &&
      /\d/.test(value)
    );
  if (by === 'call') {
    // `.password("…")`, `put("password", "…")`; not `t("secret")`, nor a list of words.
    const before = text.slice(Math.max(0, start - 120), start);
    return (
      isPassword &&
      couldBeChosen(value) &&
      (isOfPair(before, value, text.slice(end, end + 6)) ||
        /[\w$]\(\s*["'`]$/.test(before) ||
        /\(\s*["'`][^"'`]{1,60}["'`]\s*,\s*["'`]$/.test(before))
    );
  }
  return quoted
    ? couldBeChosen(value)
    : isWholeValue(text, given, value) ||
        isInConnection(text, given, value) ||
        isInAddress(text, given, value) ||
        isInSentence(text, given, value) ||
        isOfAHost(text, given, value) ||
        isDefault(text, given, value) ||
        (couldBeChosen(value) && isAmongWords(text, given, value));
}

/** `{ "Store:CertificatePassword", "Alongside-Query3-Cozy" }`: a pair of a dictionary; where words may stand side by side, of one with a digit. */
const isOfPair = (before: string, value: string, after: string): boolean =>
  value.length >= 8 &&
  /\d/.test(value) &&
  /\{ ?["'][\w:.-]{0,60}["'],\s{0,4}["']$/.test(before) &&
  /^["']\s{0,4}\}/.test(after);

/** What a variable is when nobody says: `${DB_PASSWORD:-value}` of shells and Compose, `${DB_PASSWORD:value}` of Spring. */
const isDefault = (text: string, { key, start, end, by }: Assignment, value: string): boolean =>
  by === 'colon' &&
  text[end] === '}' &&
  couldBeChosen(value) &&
  /\$\{[\w.-]{0,60}:-?$/.test(text.slice(Math.max(0, start - key.length - 70), start));

/** `${DB_PASSWORD:-value}`, `env('DB_PASSWORD', 'value')`, `GetValue("DefaultPassword", "value")`: for whom sets nothing. */
const isFallback = (text: string, start: number, given: Assignment, value: string): boolean =>
  (!given.quoted && isDefault(text, given, value)) ||
  (given.by === 'call' &&
    /(?:^|[^\w$])(?!set|put|add)[\w$]*(?:env|get|fetch|config|setting|conf|lookup|property|option|default)\w*\(\s{0,4}["'`][\w.:-]{0,60}$/i.test(
      text.slice(Math.max(0, start - 120), start),
    ));

/** A string that is no sentence, label or message. */
function couldBeChosen(value: string): boolean {
  if (/^[A-Z][a-z]+$/.test(value) || (/[\x80-\xff]/.test(value) && !MIXED.test(value))) return false;
  if (/\s\S*\s/.test(value) || /^\s|\s$|[.!?:]\s|[.:]$/.test(value)) return false;
  return (
    !/password|passwd|passphrase|pwd|should|enter|invalid|required|incorrect|forgot|reset/i.test(value) ||
    /\d/.test(value) ||
    OF_AN_ACCOUNT.test(value)
  );
}

/** Letters of both kinds, a digit and a sign: no word of a language, whatever else is in it. */
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@[-`{-~])\S{8,}$/;

/** `rootpasswd`, `adminPassword`: what people give to an account when they are asked for something. */
const OF_AN_ACCOUNT =
  /^(?:admin|root|user|db|mysql|postgres|mongo|redis|guest|super)[_-]?(?:password|passwd|pwd)$/i;

/** A value without quotes, of a line of configuration and not of code: the name begins the line, the value ends it. */
function isWholeValue(text: string, { key, start, end, by }: Assignment, value: string): boolean {
  if (by === 'tag') return /^(?:\]\]>)?<\//.test(text.slice(end, end + 5)) && couldBeChosen(value);
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(Math.max(line, start - 200), start);
  if (
    !/^\s*(?:(?:-\s+|export\s+|ENV\s+|set\s+|#\s*)?["']?[\w.-]+["']?\s*[:=]|(?:set -\w{1,3}|setenv) [\w.-]+)\s*$/.test(
      before,
    )
  )
    return false;
  if (!/^[ \t]*(?:\r?$|\r?\n|#)/.test(text.slice(end, end + 80))) return false;
  if (/^[\w-]+$/.test(value) && !/\d/.test(value)) {
    // Only letters: a variable, a type or a word of a setting, but where configuration is sure.
    return by === 'equals'
      ? key === key.toUpperCase() && !/\s/.test(before.trimStart())
      : /^[a-z]{6,}$/.test(value);
  }
  return couldBeChosen(value);
}

/** `ENV DB_PASSWORD …` of a Dockerfile. */
const OF_AN_IMAGE = /(?:^|\n)\s{0,8}ENV $/;

/** Said to who reads, and not to a program: `Admin e-mail: a@b.example. Admin password: 1pasSw!rd</p>`. Letters, a digit and a sign of no name. */
function isInSentence(text: string, { start, end, by }: Assignment, value: string): boolean {
  return (
    by === 'colon' &&
    value.length >= 8 &&
    /^[A-Za-z0-9].*[!@#$%^&*?+~]/.test(value) &&
    /\d/.test(value) &&
    !/@[\w-]+\.\w|\?$/.test(value) &&
    couldBeChosen(value) &&
    /[a-z]{2} (?:password|passwd|passphrase|pwd)\s?:\s{0,4}$/i.test(
      text.slice(Math.max(0, start - 40), start),
    ) &&
    /^(?:<\/|\*\*|[ \t]*(?:\r?\n|$))/.test(text.slice(end, end + 80))
  );
}

/** A part of the query of an address: `jdbc:postgresql://db/app?user=app&password=…`. */
function isInAddress(text: string, { key, start, by }: Assignment, value: string): boolean {
  return (
    by === 'equals' &&
    couldBeChosen(value) &&
    /[a-z]:\/\/[^\s"'<>]{1,240}[?&;]$/i.test(
      text.slice(Math.max(0, start - key.length - 250), start - key.length - 1),
    )
  );
}

/** One of the variables behind a host, as inventories have them: `web1 ansible_host=h ansible_password=…`. */
function isOfAHost(text: string, { key, start, end, by }: Assignment, value: string): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return (
    by === 'equals' &&
    couldBeChosen(value) &&
    /^(?:\s|$)/.test(text.slice(end, end + 1)) &&
    /^[\w.[\]:-]{1,120}(?:[ \t]{1,8}\w{1,60}=\S{1,120}){1,12}[ \t]{1,8}$/.test(
      text.slice(Math.max(line, start - 400), start - key.length - 1),
    )
  );
}

/** A part of a connection string: `Server=db;Uid=app;Pwd=…;`. */
function isInConnection(text: string, { key, start, end, by }: Assignment, value: string): boolean {
  if (by !== 'equals' || !couldBeChosen(value)) return false;
  const before = text.slice(Math.max(0, start - key.length - 24), start);
  const begins = /;\s{0,4}[\w. -]{1,40}\s?=\s?$/.test(before);
  return (
    (begins && /^(?:[;"'`]|\r?$|\r?\n)/.test(text.slice(end, end + 2))) ||
    (text[end] === ';' && /[;"'`][\w.-]{1,40}\s?=\s?$/.test(before))
  );
}

/** Code between two strings (`"+name+"`), and a pattern that describes values: neither is one. */
const isJoinedOrPattern = (value: string): boolean =>
  /^\s*\+|["'`]\s*\+|\+\s*["'`]|\[\^?(?:a-z|A-Z|0-9)|\\?[\])]\{\d|\(\?[:=!<]/.test(value);

/** A path, an address, a call, a constant's name, a pattern or rule, a hash of a password; without quotes also any expression. */
const isCode = (value: string, quoted: boolean): boolean =>
  /^[./~]|:\/\/|^(?:@?[A-Za-z_]\w*|\d+)(?:(?:\.|\?\.|::)[A-Za-z_]\w*)+$|^@[\w-]+\/[\w./-]+$|\w\([^)]*\)$|=>|^[#.][\w-]+$|(?:^|:)\$(?:2[aby]|argon2|pbkdf2|apr1|[156])\$|^(?:pbkdf2|bcrypt|argon2|scrypt)_?\w*\$|^\w+\|\w|^\w+=\w|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[Xx](?:-[A-Z][a-z]+)+$|^[A-Z]\w*(?::[A-Za-z]\w*)+$|^[A-Z]\w*(?:Controller|Action|Handler)@\w+$|\\[dwsb](?:[+*?{)\]|$]|\\)|\\[xu0]|^[\w.-]+\/[\w./-]*\.\w{2,4}(?:#|$)/.test(
    value,
  ) ||
  // `neo4j:$instance_id`, `$"{faker.Pick("a")} …`, `md5$pass`: a variable, a call, a hash of which one word is left.
  /(?:^|[^\w$])\$[a-z][a-z_]{3,}(?:\W|$)|^\{[A-Za-z_][\w.]*\(|^(?:md5|sha\d*|crypt)\$[a-z]{1,12}$/.test(
    value,
  ) ||
  // `GOOGLE_APPLICATION_CREDENTIALS="C:\path\to\file"`
  /^[A-Za-z]:\\\w/.test(value) ||
  // `"password = ").append(…`, `mixedCase,letters,numbers`: the rest of a call, a list of rules.
  /^\)[.,;]|^[A-Za-z_]+(?:,[A-Za-z_]+){2,}$/.test(value) ||
  // `otp_secret: "Optional[str]"`
  /^[A-Z][A-Za-z]*\[[A-Za-z][\w, .|[\]]*\]$/.test(value) ||
  // `request.Passkeys?`, of which the rest is on the next line.
  (!quoted && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+[?!]$/.test(value)) ||
  (!quoted && /^\w+[?!]\.[A-Za-z_]|^[A-Z]\w*(?:::[A-Z]\w*)+\.|^\w+\[|\w\(|[{[(]$|^[-@%\\]/.test(value));
