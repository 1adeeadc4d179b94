import type { DisclosureRule, Gate, Sieve } from '../../../model/disclosure.ts';
import type { Trigger } from '../decode/triggers.ts';
import { triggersOf } from '../decode/triggers.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Automaton } from '../kernel/automaton.ts';
import { buildAutomata } from '../kernel/automaton.ts';

/** One rule's interest in one keyword. */
export interface Watch {
  /** Index into `RuleSet.rules`. */
  readonly rule: number;
  readonly keyword: string;
  /** All of one of these lists; one that is empty lets everything through. */
  readonly sieves: readonly (readonly Sieve[])[];
  readonly gate: Gate | undefined;
  /** It is no rule's keyword, but shows encoded text. */
  readonly trigger?: Trigger;
}

/** Rules, made ready: what is searched for, and whom to ask when it is found. */
export interface RuleSet {
  readonly rules: readonly DisclosureRule[];
  readonly searches: readonly {
    readonly automaton: Automaton;
    /** For each pattern of the automaton, who watches it; in the order of the rules. */
    readonly watches: readonly (readonly Watch[])[];
  }[];
}

/**
 * With `encoded`, also what shows encoded text is searched for (decode/triggers.ts).
 * Throws AssayError `disclosure/rule` for a rule that can never be asked (no keyword), would be asked everywhere (a keyword of
 * one byte without a gate), or has the id of another. Two that look for the same thing (of one title), one in lines and one in
 * text, may share an id: a secret that both find is one.
 */
export function prepareRules(
  rules: readonly DisclosureRule[],
  options: { readonly encoded?: boolean } = {},
): RuleSet {
  const watches = new Map<string, Watch[]>();
  const ids = new Map<string, DisclosureRule>();
  for (const [number, rule] of rules.entries()) {
    const other = ids.get(rule.id);
    if (other !== undefined && (other.title !== rule.title || other.scope === rule.scope))
      throw unusable(rule, 'its id is taken by another rule');
    ids.set(rule.id, rule);
    if (rule.keywords.length === 0) throw unusable(rule, 'it has no keyword');
    for (const written of new Set(rule.keywords)) {
      const keyword = lower(written);
      if (keyword.length < (rule.gate === undefined ? 2 : 1))
        throw unusable(rule, `its keyword ${JSON.stringify(keyword)} is too short`);
      const own = watches.get(keyword) ?? [];
      own.push({ rule: number, keyword, sieves: rule.sieve?.(keyword) ?? [[]], gate: rule.gate });
      watches.set(keyword, own);
    }
  }
  if (options.encoded === true)
    for (const trigger of triggersOf(rules.flatMap(({ marks }) => marks ?? []))) {
      const keyword = lower(trigger.form);
      const own = watches.get(keyword) ?? [];
      own.push({ rule: -1, keyword, sieves: [trigger.sieves], gate: undefined, trigger });
      watches.set(keyword, own);
    }
  const keywords = [...watches.keys()].toSorted();
  return {
    rules,
    searches: buildAutomata(keywords).map(({ first, automaton }, i, all) => ({
      automaton,
      watches: keywords
        .slice(first, all[i + 1]?.first ?? keywords.length)
        .map((keyword) => watches.get(keyword)!),
    })),
  };
}

/** ASCII letters only: other code units stand for bytes. */
function lower(keyword: string): string {
  return keyword.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function unusable(rule: DisclosureRule, why: string): AssayError {
  return new AssayError('disclosure/rule', `the rule ${JSON.stringify(rule.id)} cannot be used: ${why}`);
}
