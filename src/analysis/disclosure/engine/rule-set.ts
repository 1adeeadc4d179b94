import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { Trigger } from '../decode/triggers.ts';
import { triggersOf } from '../decode/triggers.ts';
import type { KeptSearch } from './kept-search.ts';
import { coveredBy } from './kept-search.ts';
import { makeSearches, unusable } from './make-searches.ts';
import type { RuleSearch } from './watches.ts';
import { ruleSearch } from './watches.ts';

/** Rules, made ready: what is searched for, and whom to ask when it is found. */
export interface RuleSet {
  readonly rules: readonly DisclosureRule[];
  readonly searches: readonly RuleSearch[];
}

/**
 * With `encoded`, also what shows encoded text is searched for (decode/triggers.ts). With `kept`, a search that was made for
 * built-in rules, only others are made ready here.
 * Throws AssayError `disclosure/rule` for a rule that can never be asked (no keyword), would be asked everywhere (a keyword of
 * one byte without a gate), or has the id of another. Two that look for the same thing (of one title), one in lines and one in
 * text, may share an id: a secret that both find is one.
 */
export function prepareRules(
  rules: readonly DisclosureRule[],
  options: { readonly encoded?: boolean; readonly kept?: KeptSearch | undefined } = {},
): RuleSet {
  const { encoded = false, kept } = options;
  if (kept?.encoded === encoded) {
    if (kept.rules === rules) return { rules, searches: [fromKept(kept, rules, (number) => number)] };
    const { numbers, others } = coveredBy(kept, rules);
    // Each search reads the text again, which a whole history is too long for; and what is encoded depends on all rules.
    if (!encoded || (others.length === 0 && !numbers.includes(undefined))) {
      checkIds(rules);
      return {
        rules,
        searches: [fromKept(kept, rules, (number) => numbers[number]), ...searchesFor(rules, others, [])],
      };
    }
  }
  checkIds(rules);
  return { rules, searches: searchesFor(rules, [...rules.keys()], encoded ? triggersFor(rules) : []) };
}

/** What shows encoded text with these rules' marks in it. */
export function triggersFor(rules: readonly DisclosureRule[]): readonly Trigger[] {
  return triggersOf(rules.flatMap(({ marks }) => marks ?? []));
}

function fromKept(
  kept: KeptSearch,
  rules: readonly DisclosureRule[],
  numberOf: (number: number) => number | undefined,
): RuleSearch {
  let triggers: readonly Trigger[] | undefined;
  return ruleSearch(
    kept.tables,
    kept.patternsAt,
    kept.keywords,
    (pattern) => kept.watchers(pattern).flatMap((number) => (number < 0 ? number : (numberOf(number) ?? []))),
    rules,
    () => (triggers ??= triggersFor(kept.rules)),
  );
}

function searchesFor(
  rules: readonly DisclosureRule[],
  numbers: readonly number[],
  triggers: readonly Trigger[],
): readonly RuleSearch[] {
  return makeSearches(rules, numbers, triggers).map(({ automaton, tables, keywords, watchers }) =>
    ruleSearch(
      tables,
      (state) => automaton.patternsAt(state),
      keywords,
      (pattern) => watchers[pattern]!,
      rules,
      () => triggers,
    ),
  );
}

function checkIds(rules: readonly DisclosureRule[]): void {
  const ids = new Map<string, DisclosureRule>();
  for (const rule of rules) {
    const other = ids.get(rule.id);
    if (other !== undefined && (other.title !== rule.title || other.scope === rule.scope))
      throw unusable(rule, 'its id is taken by another rule');
    ids.set(rule.id, rule);
  }
}
