import type { DisclosureRule, Gate } from '../../../model/disclosure.ts';
import type { Trigger } from '../decode/triggers.ts';
import type { SearchTables } from '../kernel/search-tables.ts';

/** One rule's interest in one keyword. */
export interface Watch {
  /** Index into `RuleSet.rules`. */
  readonly rule: number;
  readonly keyword: string;
  readonly gate: Gate | undefined;
  /** It is no rule's keyword, but shows encoded text. */
  readonly trigger: Trigger | undefined;
  /** The rule looks beyond lines; it is asked about people or hosts. Here, for rules are objects of many shapes. */
  readonly isText: boolean;
  readonly isPassable: boolean;
}

/** What is searched for in one go, and who is to be asked when it is found. */
export interface RuleSearch {
  readonly tables: SearchTables;
  /** For a state in which keywords end, who watches them; in the order of keywords and rules. */
  readonly watchesAt: (state: number) => readonly Watch[];
}

/** Who watches a pattern, by number: an index of a rule, or below zero -1 minus that of a trigger. */
export type Watchers = (pattern: number) => readonly number[];

/** A search whose watches are made when something is found for the first time: most keywords never are. */
export function ruleSearch(
  tables: SearchTables,
  patternsAt: (state: number) => readonly number[],
  keywords: readonly string[],
  watchers: Watchers,
  rules: readonly DisclosureRule[],
  triggers: () => readonly Trigger[],
): RuleSearch {
  const byPattern: (readonly Watch[])[] = [];
  const byState: (readonly Watch[])[] = [];
  // All of one shape: who reads them in a loop is compiled for it.
  const watchOf = (keyword: string, number: number): Watch => {
    const rule = number < 0 ? undefined : rules[number]!;
    return {
      rule: Math.max(number, -1),
      keyword,
      gate: rule?.gate,
      trigger: rule === undefined ? triggers()[-1 - number]! : undefined,
      isText: rule?.scope === 'text',
      isPassable: rule?.kind === 'personal-data' || rule?.kind === 'internal-address',
    };
  };
  const ofPattern = (pattern: number): readonly Watch[] =>
    (byPattern[pattern] ??= watchers(pattern).map((number) => watchOf(keywords[pattern]!, number)));
  return {
    tables,
    watchesAt: (state) => (byState[state - tables.accept] ??= patternsAt(state).flatMap(ofPattern)),
  };
}
