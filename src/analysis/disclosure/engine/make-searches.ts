import type { DisclosureRule, Sieve } from '../../../model/disclosure.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Trigger } from '../decode/triggers.ts';
import type { Automaton } from '../kernel/automaton.ts';
import { buildAutomata } from '../kernel/automaton.ts';
import type { SearchTables } from '../kernel/search-tables.ts';
import { searchTables } from '../kernel/search-tables.ts';

/** A search for the keywords of rules and the forms of triggers, and who watches them. */
export interface MadeSearch {
  readonly automaton: Automaton;
  readonly tables: SearchTables;
  readonly keywords: readonly string[];
  /** For each keyword, in the order of the rules: an index of a rule, or below zero -1 minus that of a trigger. */
  readonly watchers: readonly (readonly number[])[];
}

interface Watcher {
  readonly number: number;
  /** All of one of these lists; one that is empty lets everything through. */
  readonly sieves: readonly (readonly Sieve[])[];
}

/**
 * Searches for those of the rules that `numbers` says, and for triggers.
 * Throws AssayError `disclosure/rule` for a rule without a keyword, or with one that is too short to be searched for.
 */
export function makeSearches(
  rules: readonly DisclosureRule[],
  numbers: readonly number[],
  triggers: readonly Trigger[],
): readonly MadeSearch[] {
  const watchers = new Map<string, Watcher[]>();
  const watch = (keyword: string, watcher: Watcher): void => {
    const own = watchers.get(keyword) ?? [];
    own.push(watcher);
    watchers.set(keyword, own);
  };
  for (const number of numbers) {
    const rule = rules[number]!;
    if (rule.keywords.length === 0) throw unusable(rule, 'it has no keyword');
    for (const written of new Set(rule.keywords)) {
      const keyword = lower(written);
      if (keyword.length < (rule.gate === undefined ? 2 : 1))
        throw unusable(rule, `its keyword ${JSON.stringify(keyword)} is too short`);
      watch(keyword, { number, sieves: rule.sieve?.(keyword) ?? [[]] });
    }
  }
  for (const [i, trigger] of triggers.entries()) {
    const keyword = lower(trigger.form);
    const own = watchers.get(keyword) ?? [];
    const same = own.findIndex(({ number }) => number < 0 && isSame(triggers[-1 - number]!, trigger));
    const known = own[same];
    if (known === undefined) watch(keyword, { number: -1 - i, sieves: [trigger.sieves] });
    else own[same] = { ...known, sieves: [...known.sieves, trigger.sieves] };
  }
  const keywords = [...watchers.keys()].toSorted();
  return buildAutomata(keywords).map(({ first, automaton }, i, all) => {
    const own = keywords.slice(first, all[i + 1]?.first ?? keywords.length);
    const lists = own.map((keyword) => watchers.get(keyword)!);
    const sieved = lists.map((list, pattern) =>
      list.flatMap(({ sieves }) => sieves.map((one) => ({ length: own[pattern]!.length, sieves: one }))),
    );
    return {
      automaton,
      tables: searchTables(automaton, (pattern) => sieved[pattern]!),
      keywords: own,
      watchers: lists.map((list) => list.map(({ number }) => number)),
    };
  });
}

/** Whoever finds the one decodes what the other would. */
function isSame(one: Trigger, other: Trigger): boolean {
  return one.how === other.how && one.reveal === other.reveal;
}

/** ASCII letters only: other code units stand for bytes. */
function lower(keyword: string): string {
  return keyword.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export function unusable(rule: DisclosureRule, why: string): AssayError {
  return new AssayError('disclosure/rule', `the rule ${JSON.stringify(rule.id)} cannot be used: ${why}`);
}
