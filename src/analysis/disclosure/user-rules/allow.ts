import type { DisclosureRule, Find, Place, Window } from '../../../model/disclosure.ts';

/** What is let through although a rule found it. Regular expressions are over bytes, flag `g`, as `compilePattern` makes them. */
export interface AllowList {
  /** `any`: one of its criteria is enough; `all`: every one that it has must hold. */
  readonly condition: 'any' | 'all';
  /** Of the file's path. */
  readonly paths: readonly RegExp[];
  readonly regexes: readonly RegExp[];
  /** What the regexes look at. */
  readonly target: 'secret' | 'match' | 'line';
  /** In lower case; within the secret. */
  readonly stopwords: readonly string[];
}

/** A find that is let through where a path is one of these. Kept with the find until the place is known. */
interface PendingFind extends Find {
  readonly letThroughIn?: readonly RegExp[];
}

/** Applies what can be applied before the place is known. `undefined` when the find is let through. */
export function allowInText(
  find: Find,
  lists: readonly AllowList[],
  window: Window,
  match: string,
): Find | undefined {
  const secret = window.text.slice(find.start, find.end);
  const pending: RegExp[] = [...((find as PendingFind).letThroughIn ?? [])];
  for (const list of lists) {
    const held = criteriaOf(list, secret, match, () => lineOf(window, find));
    if (list.condition === 'any' ? held.includes(true) : held.length > 0 && !held.includes(false)) {
      if (list.condition === 'any' || list.paths.length === 0) return undefined;
      pending.push(...list.paths);
    } else if (list.condition === 'any' || held.length === 0) pending.push(...list.paths);
  }
  return pending.length === 0 ? find : ({ ...find, letThroughIn: pending } as PendingFind);
}

function criteriaOf(list: AllowList, secret: string, match: string, line: () => string): readonly boolean[] {
  const held: boolean[] = [];
  if (list.regexes.length > 0) {
    const text = list.target === 'secret' ? secret : list.target === 'match' ? match : line();
    held.push(list.regexes.some((regex) => matches(regex, text)));
  }
  if (list.stopwords.length > 0) {
    const folded = foldBytes(secret);
    held.push(list.stopwords.some((word) => folded.includes(word)));
  }
  return held;
}

/** Applies what the path says. */
export function allowInPlace(find: Find, place: Place): Find | undefined {
  const { path } = place;
  const regexes = (find as PendingFind).letThroughIn ?? [];
  return path !== undefined && regexes.some((regex) => matches(regex, bytesOf(path))) ? undefined : find;
}

/** A rule that lets through what the lists say: the lists of a whole file, over rules that come from elsewhere. */
export function withAllowLists(rule: DisclosureRule, lists: readonly AllowList[]): DisclosureRule {
  if (lists.length === 0) return rule;
  return {
    ...rule,
    find: (window) =>
      rule.find(window).flatMap((find) => {
        const kept = allowInText(find, lists, window, window.text.slice(find.start, find.end));
        return kept === undefined ? [] : [kept];
      }),
    settle: (find, place) => {
      const kept = allowInPlace(find, place);
      return kept === undefined || rule.settle === undefined ? kept : rule.settle(kept, place);
    },
  };
}

export function matches(regex: RegExp, text: string): boolean {
  regex.lastIndex = 0;
  return regex.test(text);
}

/** UTF-8 in latin1, as text is searched. */
export const bytesOf = (text: string): string =>
  /^[\0-\x7f]*$/.test(text)
    ? text
    : Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

/** Small letters of ASCII; other bytes are parts of letters, and stay. */
export const foldBytes = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function lineOf({ text }: Window, find: Find): string {
  const start = text.lastIndexOf('\n', find.start - 1) + 1;
  const end = text.indexOf('\n', find.end);
  return text.slice(start, end === -1 ? text.length : end);
}
