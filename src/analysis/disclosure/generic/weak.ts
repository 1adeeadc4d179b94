import { surpriseOf } from './token.ts';

/** What a password is made of that everybody tries first, whatever stands around it. */
const TRIED =
  /passwo|passwd|contrase|motdepasse|wachtwoord|kennwort|passwort|changeme|changethis|changeit|(?:super|top|not)(?:so)?secret|mysecret|development|localdev|donotuse|letmein|qwerty|trustno1|iloveyou/;
/** Words that make one with no more than a few digits and signs behind them: `Admin@123`, `test1234!`. */
const TRIED_ALONE =
  /admin|administrator|root|test|user|demo|guest|welcome|default|local|docker|secret|super|master|hello|postgres|mysql|oracle|mongo|redis|sql|harbor|jenkins|gitlab|nexus|sonar|grafana|minio|rabbit|elastic|kibana|zabbix|tomcat|keycloak|vagrant|ansible|nacos|wordpress|drupal|joomla|laravel|pass|pwd|new|my|customer|support|manager|staff|student|teacher|employee|client|member|owner|editor|insecure|sample|develop|developer|development|dev/g;
/** Words that people take for one, as they come to mind: days, months, seasons, what examples are about. */
const ORDINARY_WORDS =
  /secure|contoso|northwind|lorem|ipsum|company|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|august|september|october|november|december|summer|winter|autumn|spring|sunshine|football|monkey|dragon|princess|flower|orange|banana|apple|coffee|cheese|london|world|happy|lucky|magic/g;
/** Keys that lie beside each other: `1qaz2wsx`, `asdASD`, `qwe123`. */
const KEYBOARD =
  /[1-4]?(?:qaz|wsx|edc|rfv)|qwe(?:rty?)?|asd(?:fgh?)?|zxc(?:vbn?)?|1q2w(?:3e(?:4r)?)?|q1w2(?:e3(?:r4)?)?|ewq|dsa|cxz|abc(?:def?)?/g;
/** Characters beside such words, and of digits and signs alone. */
const FEW = 5;
const FEW_SIGNS = 8;

/** Letters that digits and signs stand for: `P@ssw0rd`. */
const READ_AS: ReadonlyMap<string, string> = new Map(
  ['4a', '@a', '0o', '3e', '1i', '!i', '5s', '$s', '7t'].map((pair) => [pair[0]!, pair[1]!]),
);

/** Said of a find whose value is such a one. */
export const WEAK = 'made of words that everybody tries first';

/** Whether a password is one of those that lists begin with, as examples and databases of developers have: `P@ssw0rd1!`. */
export function isTriedFirst(value: string): boolean {
  const plain = value.toLowerCase();
  const read = Array.from(plain, (sign) => READ_AS.get(sign) ?? sign).join('');
  // `Pass@word`: the sign stands for nothing.
  if (TRIED.test(read) || TRIED.test(plain.replaceAll(/[^a-z0-9]/g, ''))) return true;
  return isMadeOf(plain, [TRIED_ALONE]) || isMadeOf(read, [TRIED_ALONE]);
}

/** Whether a password is a word that comes to everybody's mind, or keys beside each other, with little more than a number: `Monday01`, `1qaz2wsx!`. */
export function isOrdinary(value: string): boolean {
  return isMadeOf(value.toLowerCase(), [KEYBOARD, ORDINARY_WORDS, TRIED_ALONE]);
}

/** Whether a password is a name (in lower case) and such words, with little more than a number: `acmeshop@root123`. */
export const isNameAnd = (value: string, name: string): boolean => {
  const rest = value.toLowerCase().replace(name, '');
  return rest.length < value.length && (!/[a-z]/.test(rest) || isMadeOf(rest, [TRIED_ALONE, ORDINARY_WORDS]));
};

/** Of these words, with a few digits and signs beside them. */
function isMadeOf(plain: string, words: readonly RegExp[]): boolean {
  const rest = words.reduce((text, one) => text.replaceAll(one, ''), plain);
  return rest.length < plain.length && rest.length <= (/[a-z]/.test(rest) ? FEW : FEW_SIGNS);
}

/** What is said of a password that somebody may have chosen; nothing of one that looks drawn. */
export function reasonsOfChosen(value: string): readonly string[] {
  if (isTriedFirst(value)) return [WEAK];
  if (isOrdinary(value)) return [ORDINARY];
  return looksDrawn(value) ? [] : [CHOSEN];
}

/** Bits a pair. Of words with a number or a sign behind them 4 to 6, of what is drawn, or typed as if, 8 and more. */
const DRAWN = 7;

/** Whether a password may have been drawn: neither of usual pairs of letters nor one that everybody tries. */
export const looksDrawn = (value: string): boolean => surpriseOf(value) >= DRAWN && !isTriedFirst(value);

/** Said of a find whose value is one word and a number. */
export const ORDINARY = 'a word that comes to mind, with a number';

/** Said of a find whose value is made of usual pairs, so that it is worth less where developers start things for themselves. */
export const CHOSEN = 'of usual pairs of letters';
/** Said of what stands for a variable that is not set. */
export const FALLBACK = 'what it is where nobody sets it';
/** Characters of a password that somebody may have chosen, however it looks. */
export const MOST_CHOSEN = 12;
