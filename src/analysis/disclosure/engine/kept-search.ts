import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { SearchTables } from '../kernel/search-tables.ts';

/** A search that was made for rules before (adapters/kernel/kept-searches.ts), and may be used for more or fewer of them. */
export interface KeptSearch {
  /** What it was made for, in this order. */
  readonly rules: readonly DisclosureRule[];
  /** Whether it also finds what shows encoded text. */
  readonly encoded: boolean;
  readonly tables: SearchTables;
  /** For each pattern by number. */
  readonly keywords: readonly string[];
  readonly watchers: (pattern: number) => readonly number[];
  readonly patternsAt: (state: number) => readonly number[];
}

/** Which rules of a run a kept search finds. */
export interface Covered {
  /** For each rule that it was made for its number in the run; `undefined` when it is not asked. */
  readonly numbers: readonly (number | undefined)[];
  /** Numbers of rules that it does not find. */
  readonly others: readonly number[];
}

/** A rule that a file only limits is searched for as before; another one of the same name is not. */
export function coveredBy(kept: KeptSearch, rules: readonly DisclosureRule[]): Covered {
  const places = new Map(kept.rules.map((rule, place) => [keyOf(rule), place]));
  const numbers: (number | undefined)[] = kept.rules.map(() => undefined);
  const others: number[] = [];
  for (const [number, rule] of rules.entries()) {
    const place = places.get(keyOf(rule));
    const twin = place === undefined ? undefined : kept.rules[place];
    if (place !== undefined && twin !== undefined && isSearchedAlike(rule, twin)) numbers[place] = number;
    else others.push(number);
  }
  return { numbers, others };
}

const keyOf = ({ id, scope }: DisclosureRule): string => `${id} ${scope ?? 'line'}`;

function isSearchedAlike(one: DisclosureRule, other: DisclosureRule): boolean {
  return (
    one === other ||
    (one.keywords === other.keywords &&
      one.sieve === other.sieve &&
      one.gate === other.gate &&
      one.marks === other.marks)
  );
}
