import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { parseToml } from '../../text/toml.ts';
import type { AllowList } from '../user-rules/allow.ts';
import { bytesOf, foldBytes, withAllowLists } from '../user-rules/allow.ts';
import { compilePattern } from '../user-rules/compile.ts';
import { counterpartsOf } from './counterparts.ts';
import { patternRule } from '../user-rules/pattern-rule.ts';
import type { UserRules } from '../user-rules/rules.ts';
import { gather } from '../user-rules/rules.ts';

const ADVICE = 'Revoke it where it was issued, then take it out of the repository.';

/**
 * Reads rules in the format of gitleaks (`.gitleaks.toml`: https://github.com/gitleaks/gitleaks#configuration), up to version 8.30:
 * `[[rules]]` with regex, path, keywords, entropy, secretGroup and their allowlists, the file's own allowlists, and `[extend]`.
 * Patterns keep their meaning, and are run on the keyword's line or block, not on the whole file. What is not understood is a problem.
 */
export function readGitleaksRules(text: string, path: string): UserRules {
  const { value, problems: faults, lineOf } = parseToml(text, path);
  const problems: Problem[] = [...faults];
  const root = value ?? {};
  const extend = objectAt(root, 'extend');
  if (extend !== undefined && (stringAt(extend, 'path') ?? stringAt(extend, 'url')) !== undefined)
    problems.push({
      code: 'rules/extend',
      message: 'the rules that this file extends by a path or address are not read',
      at: { path, line: lineOf('extend') },
      hint: 'give that file as well',
      lost: true,
    });
  const say = (message: string, line: number): void => {
    problems.push({
      code: 'rules/allow-list',
      message,
      at: line > 0 ? { path, line } : { path },
      lost: true,
    });
  };
  const shared = tablesAt(root, 'allowlist', 'allowlists').map(({ table, keys }) => ({
    list: allowListOf(table, lineOf(...keys), say),
    targets: new Set(arrayAt(table, 'targetRules').filter((id) => typeof id === 'string')),
  }));
  const everywhere = shared.flatMap(({ list, targets }) => (targets.size === 0 ? [list] : []));
  const made = arrayAt(root, 'rules').flatMap((one, index) => {
    if (!isObject(one)) return [];
    const line = lineOf('rules', index);
    const id = stringAt(one, 'id') ?? `rule-${index + 1}`;
    const own = tablesAt(one, 'allowlist', 'allowlists').map(({ table }) => allowListOf(table, line, say));
    const aimed = shared.flatMap(({ list, targets }) =>
      targets.size === 0 || targets.has(id) ? [list] : [],
    );
    return [{ id, line, made: patternRule(specOf(one, id, [...own, ...aimed])) }];
  });
  const gathered = gather(made, path);
  return {
    rules: gathered.rules.map((rule) => (rule.id === GENERIC ? { ...rule, kind: 'generic-secret' } : rule)),
    problems: [...problems, ...gathered.problems],
    usesDefaults: extend?.['useDefault'] === true || arrayAt(root, 'rules').length === 0,
    disabled: arrayAt(extend, 'disabledRules').flatMap((id) =>
      typeof id === 'string' ? counterpartsOf(id) : [],
    ),
    restrict: (rule) =>
      withAllowLists(rule, [
        ...everywhere,
        ...shared.flatMap(({ list, targets }) => (aims(targets, rule.id) ? [list] : [])),
      ]),
    spent: gathered.spent,
    stopped: gathered.stopped,
  };
}

/** The one rule of gitleaks that gives way to every other: where one of these says what it is, that is told. */
const GENERIC = 'generic-api-key';

/** Whether a list is for a rule of ours: its targets are called as gitleaks calls them. */
const aims = (targets: ReadonlySet<unknown>, id: string): boolean =>
  [...targets].some((target) => typeof target === 'string' && counterpartsOf(target).includes(id));

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function specOf(
  rule: JsonObject,
  id: string,
  allow: readonly AllowList[],
): Parameters<typeof patternRule>[0] {
  const [pattern, path, group, entropy] = [
    stringAt(rule, 'regex'),
    stringAt(rule, 'path'),
    rule['secretGroup'],
    rule['entropy'],
  ];
  return {
    id,
    title: stringAt(rule, 'description') ?? id,
    ...(pattern === undefined || pattern === '' ? {} : { pattern }),
    ...(path === undefined || path === '' ? {} : { path }),
    keywords: arrayAt(rule, 'keywords').filter((keyword): keyword is string => typeof keyword === 'string'),
    group: typeof group === 'number' ? group : 0,
    ...(typeof entropy === 'number' && entropy > 0 ? { entropy } : {}),
    tier: 'likely',
    advice: ADVICE,
    allow,
  };
}

/** The old form is one table, the new one a list of them. */
function tablesAt(
  parent: JsonObject,
  one: string,
  many: string,
): readonly { readonly table: JsonObject; readonly keys: readonly (string | number)[] }[] {
  const old = objectAt(parent, one);
  const list = arrayAt(parent, many).flatMap((table, index) =>
    isObject(table) ? [{ table, keys: [many, index] }] : [],
  );
  return old === undefined ? list : [{ table: old, keys: [one] }, ...list];
}

function allowListOf(
  table: JsonObject,
  line: number,
  say: (message: string, line: number) => void,
): AllowList {
  const compiled = (key: string): readonly RegExp[] =>
    arrayAt(table, key).flatMap((source) => {
      if (typeof source !== 'string') return [];
      const one = compilePattern(source);
      if (!one.isRefused) return [one.regex];
      say(`an allowed pattern is not used: ${one.reason}`, line);
      return [];
    });
  if (arrayAt(table, 'commits').length > 0)
    say('commits that are let through are not applied: a find has no single commit', line);
  const target = stringAt(table, 'regexTarget');
  const isBarred = arrayAt(table, 'commits').length > 0;
  const condition = stringAt(table, 'condition')?.toUpperCase();
  const isAll = condition === 'AND' || condition === '&&';
  // Without one of several criteria that all have to hold, the rest would let too much through.
  if (isAll && isBarred) return { condition: 'any', paths: [], regexes: [], target: 'secret', stopwords: [] };
  return {
    condition: isAll ? 'all' : 'any',
    paths: compiled('paths'),
    regexes: compiled('regexes'),
    target: target === 'match' || target === 'line' ? target : 'secret',
    stopwords: arrayAt(table, 'stopwords').flatMap((word) =>
      typeof word === 'string' ? [foldBytes(bytesOf(word))] : [],
    ),
  };
}
