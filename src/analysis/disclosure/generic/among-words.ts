import type { Assignment } from './assignment.ts';
import { looksDrawn } from './weak.ts';

/*
 * Values without quotes that are one word of several: of a command (`DB_PASSWORD=… ./run`, `java -Dpassword=…`, `helm --set auth.password=…`),
 * of a string of pairs (`"host=db user=app password=… dbname=d"`), of a list (`mount -o username=a,password=…`), of a form's fields.
 */

/** Bytes before a name, on its line, that are looked at. */
const BEFORE = 200;
/** Options whose value is a pair, or several. */
const TAKES_PAIRS =
  /(?:^|\s)(?:-e|--env|--build-arg|--set(?:-string)?|--extra-vars|--?var|--from-literal|-o)(?:[ =]["'`]?|["'`])(?:[\w.-]{1,60}=[^\s"'`,]{0,80}[ ,]){0,8}$/;
/** Other pairs in the same string, or in the same list. */
const PAIRS_BEFORE = /["'`](?:[\w.-]{1,40}=[^\s"'`]{0,120} {1,4}){1,12}$/;
const PAIR_BEHIND = /^ {1,4}[A-Za-z][\w.-]{0,40}=[^\s=]/;
const LIST_BEFORE =
  /(?:^|[\s"'`=])[\w.-]{1,40}=[^\s"'`,=()]{0,80},(?:[\w.-]{1,40}=[^\s"'`,=()]{0,80},){0,8}$/;
const LIST_BEHIND = /^,[A-Za-z][\w.-]{0,40}=/;
/** Begins a word, and ends one. */
const BREAK = /[\s"'`]/;

/**
 * Whether a value is such a word. What nothing else tells from code has to mix letters, digits and signs as passwords do; among pairs, and
 * behind an option, it may be anything.
 */
export function isAmongWords(
  text: string,
  { key, start, end, by, quoted }: Assignment,
  value: string,
): boolean {
  const first = start - key.length - 1;
  if (by !== 'equals' || quoted || first < 0 || text[start - 1] !== '=' || !text.startsWith(key, first))
    return false;
  const line = text.lastIndexOf('\n', first - 1) + 1;
  const before = text.slice(Math.max(line, first - BEFORE), first);
  const behind = text.slice(end, end + 60);
  const inList = (before.endsWith(',') && LIST_BEFORE.test(before)) || LIST_BEHIND.test(behind);
  const begins =
    before === '' ||
    BREAK.test(before.at(-1)!) ||
    (inList && before.endsWith(',')) ||
    /[^&]&$/.test(before) ||
    /(?:^|\s)--?[A-Za-z][\w-]{1,30}=$/.test(before);
  const ends =
    behind === '' ||
    BREAK.test(behind[0]!) ||
    behind[0] === '\\' ||
    behind[0] === '&' ||
    LIST_BEHIND.test(behind);
  if (!begins || !ends) return false;
  if (isMixed(value, key) || TAKES_PAIRS.test(before)) return true;
  return (
    /\d/.test(value) &&
    (inList || PAIRS_BEFORE.test(before) || (/["'`]$/.test(before) && PAIR_BEHIND.test(behind)))
  );
}

/** Digits, and letters of both kinds or a sign; what could be the name of a variable looks drawn, or is given to one of an environment. */
const isMixed = (value: string, key: string): boolean =>
  value.length >= 8 &&
  /\d/.test(value) &&
  /[A-Za-z]/.test(value) &&
  ((/[a-z]/.test(value) && /[A-Z]/.test(value)) || /[!@#%^&*+?~-]/.test(value)) &&
  !/^[\w.]+\(|^\w+(?:\.\w+)+$/.test(value) &&
  (!/^[A-Za-z_]\w*$/.test(value) || key === key.toUpperCase() || looksDrawn(value));
