import type { DisclosureRule, Find, Window } from '../../../model/disclosure.ts';
import { chosenPassword } from './chosen.ts';
import { findInLine } from './in-line.ts';
import { isName } from './names.ts';

/*
 * Passwords that a sentence tells who reads it: `the password is …`, `with the password "…"`, `**Password:** …`. A sentence says much else of
 * passwords, so that only what mixes letters, digits and signs as passwords have to is one.
 */

/** What stands before a password; the sign that it is between is behind it, or at its end. */
const BEFORE: readonly string[] = [
  'password is ',
  'passphrase is ',
  'pwd is ',
  'password `',
  'password "',
  "password '",
];
/** `**Password:** …`, `**Password**: …` */
const BOLD: readonly string[] = ['password:** ', 'password**: '];

/** Words that may come first: `the password is currently set to …`. */
const SET = /(?:(?:still|now|currently|always|just|simply|set|to|be|as) {1,2}){0,3}/iy;
const IN_MARKS = /(\*\*|["'`])([^\s"'`<>]{8,64})\1(?=[\s.,;:)!?*]|$)/y;
const IN_SENTENCE = /()([^\s"'`<>()[\]{}]{8,64}?)(?=[.,;:)]{0,2}(?:\s|$))/y;

function findTold({ text, start, end, keyword }: Window): readonly Find[] {
  // A name in a program, or of a variable: `user_password "…"`; and statements, which have a rule of their own.
  if (
    /[\w$.:@-]$|\b(?:by|encrypted|with|login|superuser) $/i.test(text.slice(Math.max(0, start - 12), start))
  )
    return [];
  const last = keyword.at(-1)!;
  const isMarked = last !== ' ';
  SET.lastIndex = isMarked ? end - 1 : end;
  if (!isMarked && !BOLD.includes(keyword)) SET.test(text);
  const from = isMarked ? end - 1 : Math.max(end, SET.lastIndex);
  const match = matchAt(IN_MARKS, text, from) ?? (isMarked ? null : matchAt(IN_SENTENCE, text, from));
  const value = match?.[2];
  if (value === undefined || !isMixed(value) || isName(value) || /^[\w+.-]+:\/\/|@\w+\.\w/.test(value))
    return [];
  const at = from + match![1]!.length;
  return findInLine(chosenPassword, 'password', value, at).filter(({ tier }) => tier === 'likely');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A digit, and a sign of no name or letters of both cases; not `MD5-hashed`, `IPv4Address`. */
const isMixed = (value: string): boolean =>
  /\d/.test(value) &&
  /[a-z]/i.test(value) &&
  (/[!@#$%^&*?+~]/.test(value) ||
    (/[a-z]/.test(value) && /[A-Z]/.test(value) && !JOINED.test(value) && !HUMPS.test(value)));
const JOINED = /^[A-Za-z]+\d*(?:[-_/.:]+[A-Za-z]+\d*)+$/;
const HUMPS = /^(?:[A-Z]+[a-z]*|[a-z]+)\d{0,3}(?:[A-Z][a-z]{2,}\d{0,3})*$/;

export const toldPassword: DisclosureRule = {
  id: 'told-password',
  title: 'Password that a sentence tells',
  kind: 'password',
  keywords: [...BEFORE, ...BOLD],
  find: findTold,
  settle: (find, place) => (chosenPassword.settle === undefined ? find : chosenPassword.settle(find, place)),
  settleAmong: (find, places) => chosenPassword.settleAmong?.(find, places) ?? find,
  advice: chosenPassword.advice,
};
