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
  readonly trigger?: Trigger;
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
  const watchOf = (keyword: string, number: number): Watch =>
    number < 0
      ? { rule: -1, keyword, gate: undefined, trigger: triggers()[-1 - number]! }
      : { rule: number, keyword, gate: rules[number]!.gate };
  const ofPattern = (pattern: number): readonly Watch[] =>
    (byPattern[pattern] ??= watchers(pattern).map((number) => watchOf(keywords[pattern]!, number)));
  return {
    tables,
    watchesAt: (state) => (byState[state - tables.accept] ??= patternsAt(state).flatMap(ofPattern)),
  };
}
