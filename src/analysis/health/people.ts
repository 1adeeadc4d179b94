import type { CloneFacts, CommitFact } from '../../model/adoption.ts';
import { isBot } from './bots.ts';
import { compareText } from './figures.ts';
import { readMailmap } from './mailmap.ts';
import { mailDomain, organisationOf } from './organisations.ts';

/** Somebody who wrote commits, under all the names and addresses that are theirs. */
export interface Person {
  /** As the mailmap or most recently git has it. */
  readonly name: string;
  /** Seconds since 1970 of the first commit in all history. */
  readonly firstAt: number;
}

/** The people of a clone: who of `CloneFacts.authors` is who. */
export interface Crowd {
  readonly people: readonly Person[];
  /** Author → person, -1 for automation. */
  readonly personOf: Int32Array;
  /** Author → organisation's domain, `undefined` where the address says nothing. */
  readonly organisationOf: readonly (string | undefined)[];
}

/** Addresses that many share, so that they tell nobody apart. */
const SHARED_MAIL =
  /^(?:$|none|root|user|you|noreply|no-reply|unknown|git|github|admin|ubuntu|vagrant)(?:@|$)/;
const SHARED_NAME = /^(?:|unknown|root|user|your name|admin|ubuntu|vagrant|none|author|developer|test|name)$/;

/**
 * Merges authors that are one person: the same after `.mailmap`, the same address (a forge's made-up address with and without
 * its number too), or the same name. Two people of one name in one project become one, which makes figures worse, never better.
 */
export function crowdOf(clone: Pick<CloneFacts, 'authors' | 'authorsFirstAt'>, mailmap: string): Crowd {
  const map = readMailmap(mailmap);
  const mapped = clone.authors.map(map);
  const parent = Int32Array.from(mapped.keys());
  const find = (of: number): number => {
    let at = of;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const first = new Map<string, number>();
  const join = (key: string, author: number): void => {
    const other = first.get(key);
    if (other === undefined) first.set(key, author);
    else parent[find(author)] = find(other);
  };
  mapped.forEach(({ name, email }, author) => {
    // A person whom a bot's address is mapped to is still no reason to take the bot for a person.
    if (isBot(clone.authors[author]!.name, clone.authors[author]!.email)) return;
    const mail = plainMail(email);
    const called = name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
    if (!SHARED_MAIL.test(mail)) join(`mail ${mail}`, author);
    if (!SHARED_NAME.test(called)) join(`name ${called}`, author);
  });

  const personOf = new Int32Array(mapped.length).fill(-1);
  const numbers = new Map<number, number>();
  const people: { name: string; firstAt: number }[] = [];
  mapped.forEach(({ name }, author) => {
    if (isBot(clone.authors[author]!.name, clone.authors[author]!.email)) return;
    const root = find(author);
    let number = numbers.get(root);
    if (number === undefined) {
      number = people.length;
      numbers.set(root, number);
      people.push({ name, firstAt: Infinity });
    }
    personOf[author] = number;
    people[number]!.firstAt = Math.min(people[number]!.firstAt, clone.authorsFirstAt[author]!);
    // Authors come newest commit first, so the first name is the one in use; a login gives way to a full name.
    if (!people[number]!.name.includes(' ') && name.includes(' ')) people[number]!.name = name;
  });
  const domains = mapped.map(({ email }) => mailDomain(email));
  const organisations = organisationOf(domains.filter((domain) => domain !== undefined));
  return {
    people,
    personOf,
    organisationOf: domains.map((domain) => (domain === undefined ? undefined : organisations.get(domain))),
  };
}

/** `123+login@users.noreply.host` → `login@users.noreply.host`; lower case. */
function plainMail(email: string): string {
  const mail = email.toLowerCase();
  return /@users\.noreply\./.test(mail) ? mail.replace(/^\d+\+/, '') : mail;
}

/** Commits of people in (`from`, `to`]: merges and automation left out. */
export function humanCommits(
  clone: Pick<CloneFacts, 'commits'>,
  crowd: Crowd,
  from: number,
  to: number,
): readonly CommitFact[] {
  return clone.commits.filter(
    ({ committedAt, parents, author }) =>
      committedAt > from && committedAt <= to && parents.length < 2 && crowd.personOf[author] !== -1,
  );
}

/** How many commits each key has, most first; ties by key, so that the order hangs on nothing else. */
export function tally<K extends string | number>(
  keys: Iterable<K>,
): readonly (readonly [key: K, count: number])[] {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(String(a[0]), String(b[0])));
}
