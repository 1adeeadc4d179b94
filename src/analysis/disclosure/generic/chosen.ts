import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { lookOf } from '../rules/form/placeholders.ts';
import { isReference } from '../rules/form/references.ts';
import { assignmentAt, assignsTo, givesTo, type Assignment } from './assignment.ts';
import { tierOf } from './drawn.ts';
import { senseOf } from './key.ts';
import { surpriseOf } from './token.ts';
import { fits, isOpenByForm } from './value.ts';

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
  advice: 'Change the password where it is used, then read it from the environment or a vault instead.',
};

const MOST = 128;

const isGivenWord: Gate = assignsTo(LEAST, false);
const isArgument: Gate = assignsTo(LEAST, true);

/** The name, in quotes, is the first argument of a call. */
function opensCall(bytes: Uint8Array, start: number, from: number): boolean {
  let i = start - 1;
  while (i >= from && start - i < 40 && bytes[i] !== 0x22 && bytes[i] !== 0x27 && bytes[i]! > 0x20) i--;
  return i > from && bytes[i - 1] === 0x28;
}

function findChosen({ text, start, end }: Window): readonly Find[] {
  const given = assignmentAt(text, start, end);
  if (given === undefined) return [];
  const sense = senseOf(given.key);
  const named = sense.isPassword || (sense.strength === 3 && /secret|cred/i.test(given.key));
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
  if (
    isReference(value) ||
    isWordOfItsName(value, given.key) ||
    isNameOfSecret(value) ||
    isCode(value, given.quoted) ||
    isJoinedOrPattern(value) ||
    // The first part of what is put together: `"sk_" + drawn()`.
    (given.quoted && /^\\?["'`]\s{0,4}\+/.test(text.slice(given.end, given.end + 8))) ||
    isOpenByForm(value)
  )
    return [];
  const look = lookOf(value);
  // What looks drawn is another rule's.
  if (look === 'made-up' || (fits(value) && tierOf(value, sense, given.quoted) !== undefined)) return [];
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  const strong =
    kinds >= 3 &&
    value.length >= 8 &&
    !/\s/.test(value) &&
    look === 'random' &&
    // `Palavra-passe`: a word for it, in some language.
    !/^[A-Za-z]+(?:[-_ ][A-Za-z]+)*$/.test(value) &&
    !isJoinedWords(value, sense.isPassword);
  const reasons = [
    `given to "${given.key}"`,
    strong ? 'mixes letters, digits and signs as passwords have to' : 'a word, as people choose them',
  ];
  return [{ start: given.start, end: given.end, tier: strong ? 'likely' : 'possible', reasons }];
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
      (/[\w$]\(\s*["'`]$/.test(before) || /\(\s*["'`][^"'`]{1,60}["'`]\s*,\s*["'`]$/.test(before))
    );
  }
  return quoted
    ? couldBeChosen(value)
    : isWholeValue(text, given, value) ||
        isInConnection(text, given, value) ||
        isInAddress(text, given, value) ||
        isInSentence(text, given, value) ||
        isOfAHost(text, given, value);
}

/** A string that is no sentence, label or message. */
function couldBeChosen(value: string): boolean {
  if (/^[A-Z][a-z]+$/.test(value) || /[\x80-\xff]/.test(value)) return false;
  if (/\s\S*\s/.test(value) || /^\s|\s$|[.!?:]\s|[.:]$/.test(value)) return false;
  return (
    !/password|passwd|passphrase|pwd|should|enter|invalid|required|incorrect|forgot|reset/i.test(value) ||
    /\d/.test(value) ||
    OF_AN_ACCOUNT.test(value)
  );
}

/** `rootpasswd`, `adminPassword`: what people give to an account when they are asked for something. */
const OF_AN_ACCOUNT =
  /^(?:admin|root|user|db|mysql|postgres|mongo|redis|guest|super)[_-]?(?:password|passwd|pwd)$/i;

/** A value without quotes, of a line of configuration and not of code: the name begins the line, the value ends it. */
function isWholeValue(text: string, { key, start, end, by }: Assignment, value: string): boolean {
  if (by === 'tag') return /^(?:\]\]>)?<\//.test(text.slice(end, end + 5)) && couldBeChosen(value);
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(Math.max(line, start - 200), start);
  if (!/^\s*(?:-\s+|export\s+|ENV\s+|set\s+|#\s*)?["']?[\w.-]+["']?\s*[:=]\s*$/.test(before)) return false;
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

/** `password = "password"`, `userPassword: "user-password"`, `SECRET=secret`: the name of a field. */
function isWordOfItsName(value: string, key: string): boolean {
  const bare = (word: string): string => word.toLowerCase().replaceAll(/[^a-z]/g, '');
  const [own, name] = [bare(value), bare(key)];
  if (TYPES.has(own)) return true;
  const exact = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (exact(value) === exact(key)) return true;
  if (/\d/.test(value) && own.length > 0) return false;
  // `MONGO_ADMIN_PASSWORD: admin`: the account's name is its password.
  if (ACCOUNTS.has(own)) return false;
  return own === '' ? /^\D*$/.test(value) : name.includes(own) || own.includes(name);
}

const ACCOUNTS = new Set(
  'admin root guest postgres mysql mongo rabbitmq elastic tomcat administrator'.split(' '),
);

/**
 * Words with signs between them that routes, rules and modules are written with: `users/$1/password`, `min:5|required_with:other`,
 * `@models/UserCredential.class`; under a name that does not say password also with those of names: `oauth2-proxy`, `database-002`.
 * That its pairs of letters are usual tells them from secrets that programs make up in groups (`hudkeq-tobvi9-qyrbix`).
 */
function isJoinedWords(value: string, isPassword: boolean): boolean {
  if (!/^@?[A-Za-z0-9]+(?:[-_.:/|,]{1,2}[$:]?[A-Za-z0-9]+)+$/.test(value) || surpriseOf(value) >= USUAL)
    return false;
  const pieces = value.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const written = pieces.filter((piece) => /^[A-Za-z]{3,}$/.test(piece)).length;
  if (!isPassword && (value === value.toLowerCase() || written > 3)) return written > 0;
  return written > 1 && /[/|:]/.test(value) && !pieces.some((piece) => /^\d{3,}$/.test(piece));
}

/** Bits a pair: of names in code 4 to 5.4, of made-up syllables 6.4 and more. */
const USUAL = 5.6;

/** A secret's name in a store, not the secret: `s3_cache_aws_access_key_id`, `ccd-citizen-2-pwd`, `myApiKeySecret@2` (with its version). */
function isNameOfSecret(value: string): boolean {
  const parts = value.split(/[_-]/);
  if (parts.length > 2 && parts.every((part) => /^(?:[a-z]+\d{0,2}|\d{1,2})$/.test(part)))
    return NAMES_SECRET.test(parts.at(-1)!);
  return /^[A-Za-z]{6,}(?:Key|Secret|Token|Password)@\d{1,3}$/.test(value);
}

const NAMES_SECRET = /^(?:key|keys|secret|secrets|token|password|passwd|pwd|pass|credentials?|id|name)$/;

const TYPES = new Set(
  'string str text bytes byte char varchar boolean bool number integer optional required unset disabled enabled prompt stdin file vault keyring keychain inherit default always never auto basic digest plain hidden input field label utf ascii latin base hex sha md aes rsa hmac bcrypt argon plaintext'.split(
    ' ',
  ),
);

/** Code between two strings (`"+name+"`), and a pattern that describes values: neither is one. */
const isJoinedOrPattern = (value: string): boolean =>
  /^\s*\+|["'`]\s*\+|\+\s*["'`]|\[\^?(?:a-z|A-Z|0-9)|\\?[\])]\{\d|\(\?[:=!<]/.test(value);

/** A path, an address, a call, a constant's name, a pattern or rule, a hash of a password; without quotes also any expression. */
const isCode = (value: string, quoted: boolean): boolean =>
  /^[./~]|:\/\/|^(?:@?[A-Za-z_]\w*|\d+)(?:(?:\.|\?\.|::)[A-Za-z_]\w*)+$|^@[\w-]+\/[\w./-]+$|\w\([^)]*\)$|=>|^[#.][\w-]+$|^\$(?:2[aby]|argon2|pbkdf2|[156])\$|^(?:pbkdf2|bcrypt|argon2|scrypt)_?\w*\$|^\w+\|\w|^\w+=\w|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[Xx](?:-[A-Z][a-z]+)+$|^[A-Z]\w*(?::[A-Za-z]\w*)+$|^[A-Z]\w*(?:Controller|Action|Handler)@\w+$|\\[dwsb](?:[+*?{)\]|$]|\\)|\\[xu0]|^[\w.-]+\/[\w./-]*\.\w{2,4}(?:#|$)/.test(
    value,
  ) ||
  (!quoted && /^\w+[?!]\.[A-Za-z_]|^[A-Z]\w*(?:::[A-Z]\w*)+\.|^\w+\[|\w\(|[{[(]$|^[-@%\\]/.test(value));
