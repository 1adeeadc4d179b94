import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { Problem } from '../../../model/problem.ts';
import type { MadeRule, Spent } from './pattern-rule.ts';

/** What a file of rules gives. */
export interface UserRules {
  readonly rules: readonly DisclosureRule[];
  readonly problems: readonly Problem[];
  /** Whether the built-in rules stand beside them. */
  readonly usesDefaults: boolean;
  /** Ids of rules that are switched off, as they are called here. */
  readonly disabled: readonly string[];
  /** Applies what the file lets through everywhere to a rule that does not come from it. */
  readonly restrict: (rule: DisclosureRule) => DisclosureRule;
  /** What each of the rules has cost, in their order. */
  readonly spent: readonly Spent[];
  /** After a scan: rules that had to be stopped. */
  readonly stopped: () => readonly Problem[];
}

export const NO_USER_RULES: UserRules = {
  rules: [],
  problems: [],
  usesDefaults: true,
  disabled: [],
  restrict: (rule) => rule,
  spent: [],
  stopped: () => [],
};

/** Sorts what was made into rules and the problems of those that were refused. */
export function gather(
  made: readonly { readonly id: string; readonly line: number; readonly made: MadeRule }[],
  path: string,
): Pick<UserRules, 'rules' | 'problems' | 'spent' | 'stopped'> {
  const rules: DisclosureRule[] = [];
  const problems: Problem[] = [];
  const stops: (() => Problem | undefined)[] = [];
  const spent: Spent[] = [];
  const seen = new Set<string>();
  for (const { id, line, made: one } of made) {
    const at = line > 0 ? { path, line } : { path };
    if ('reason' in one)
      problems.push({
        code: 'rules/refused',
        message: `the rule ${id} is not used: ${one.reason}`,
        at,
        lost: true,
      });
    else if (seen.has(id))
      problems.push({
        code: 'rules/twice',
        message: `two rules are called ${id}; the first is used`,
        at,
        lost: true,
      });
    else {
      rules.push(one.rule);
      stops.push(one.stopped);
      spent.push(one.spent);
    }
    seen.add(id);
  }
  return { rules, problems, spent, stopped: () => stops.flatMap((stop) => stop() ?? []) };
}
