import type { DisclosureKind, DisclosureRule } from '../../../model/disclosure.ts';
import type { RulesLeftOut } from '../../../model/disclosure-report.ts';
import type { Problem } from '../../../model/problem.ts';
import { organisationHosts } from '../addresses/hosts.ts';
import type { DenyList, Hmac } from './deny-list.ts';
import { denyListRules } from './deny-list.ts';
import type { Spent } from './pattern-rule.ts';
import type { UserRules } from './rules.ts';

/** A file of rules that was read, and what it is called in words. */
export interface RuleFile {
  readonly path: string;
  readonly says: UserRules & {
    readonly denyLists?: readonly DenyList[];
    readonly domains?: readonly string[];
  };
}

/** What the person who runs it wants. */
export interface RuleChoice {
  /** Only these kinds; absent: all. */
  readonly kinds?: ReadonlySet<DisclosureKind>;
  readonly disabled: readonly string[];
}

export interface ChosenRules {
  readonly rules: readonly DisclosureRule[];
  readonly leftOut: readonly RulesLeftOut[];
  readonly problems: readonly Problem[];
  /** Ids of the choice that no rule has. */
  readonly unknown: readonly string[];
  /** What each rule of the files has cost so far. */
  readonly spent: readonly Spent[];
  /** After a scan: rules that had to be stopped. */
  readonly stopped: () => readonly Problem[];
}

/** What a file of rules that replaces the built-in ones replaces: the rest is no matter of such files. */
const SECRETS: ReadonlySet<DisclosureKind> = new Set(['credential', 'generic-secret', 'password']);

/**
 * The rules of a run: built-in ones, then those of files, the first of which wins where two have one name. A rule of a file takes the place of
 * a built-in one of its name. What files switch off or take the place of is in `leftOut`: nothing is left out unsaid.
 */
export function chooseRules(
  builtIn: readonly DisclosureRule[],
  files: readonly RuleFile[],
  choice: RuleChoice,
  hmac: Hmac | undefined,
): ChosenRules {
  // The very list: what was made ready for it can be used.
  if (files.length === 0 && choice.kinds === undefined && choice.disabled.length === 0)
    return { rules: builtIn, leftOut: [], problems: [], unknown: [], spent: [], stopped: () => [] };
  const problems: Problem[] = files.flatMap(({ says }) => says.problems);
  const left = new Map<string, Set<string>>();
  const leave = (why: string, id: string): void => {
    left.set(why, (left.get(why) ?? new Set()).add(id));
  };
  const own = ownRules(files, problems);
  const named = new Map(own.map((one) => [one.rule.id, one]));
  const kept = builtIn.filter(({ id, kind }) => {
    const replacing = files.find(({ says }) => !says.usesDefaults);
    const twin = named.get(id);
    if (twin !== undefined) leave(`${twin.path} has a rule of its own by that name`, id);
    else if (replacing !== undefined && SECRETS.has(kind))
      leave(`${replacing.path} does not extend the built-in rules`, id);
    else return true;
    return false;
  });
  const all = [
    ...kept.map((rule) => ({ path: undefined, rule })),
    ...own,
    ...wordRules(files, hmac, problems).map((rule) => ({ path: undefined, rule })),
  ];
  const off = switchedOff(
    files,
    new Set([...all.map(({ rule }) => rule.id), ...builtIn.map(({ id }) => id)]),
    problems,
  );
  const chosen = all.filter(({ rule: { id, kind } }) => {
    const by = off.get(id);
    if (choice.kinds !== undefined && !choice.kinds.has(kind)) leave('other kinds were asked for', id);
    else if (choice.disabled.includes(id)) leave('--disable', id);
    else if (by !== undefined) leave(`${by} switches them off`, id);
    else return true;
    return false;
  });
  const ids = new Set([...all.map(({ rule }) => rule.id), ...builtIn.map(({ id }) => id)]);
  return {
    rules: chosen.map(({ path, rule }) =>
      files.reduce((one, file) => (file.path === path ? one : file.says.restrict(one)), rule),
    ),
    leftOut: Array.from(left, ([why, rules]) => ({ why, rules: [...rules].sort() })),
    problems,
    unknown: choice.disabled.filter((id) => !ids.has(id)),
    spent: files.flatMap(({ says }) => says.spent),
    stopped: () => files.flatMap(({ says }) => says.stopped()),
  };
}

interface OwnRule {
  readonly path: string;
  readonly rule: DisclosureRule;
}

function ownRules(files: readonly RuleFile[], problems: Problem[]): readonly OwnRule[] {
  const own = new Map<string, OwnRule>();
  for (const { path, says } of files)
    for (const written of says.rules) {
      const rule = { ...written, id: idOf(written.id) };
      const first = own.get(rule.id);
      const refuse = (code: string, message: string): void => {
        problems.push({ code, message, at: { path }, lost: true });
      };
      if (first !== undefined)
        refuse('rules/twice', `${first.path} has a rule ${rule.id} as well; that is used`);
      else if (!rule.keywords.every(isSearchable) || rule.keywords.length === 0)
        refuse(
          'rules/refused',
          `the rule ${rule.id} is not used: it has no keywords that can be searched for`,
        );
      else own.set(rule.id, { path, rule });
    }
  return [...own.values()];
}

/** An id is part of fingerprints, which stand in files of lines: small letters, digits, `.`, `_` and `-`. */
const idOf = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 100) || 'rule';

const isSearchable = (keyword: string): boolean => keyword.length > 1 && /^[\0-\xff]+$/.test(keyword);

/** Rules for words of organisations: their deny-lists and domains, of all files together. */
function wordRules(
  files: readonly RuleFile[],
  hmac: Hmac | undefined,
  problems: Problem[],
): readonly DisclosureRule[] {
  const lists = denyListRules(
    files.flatMap(({ says }) => says.denyLists ?? []),
    hmac,
  );
  problems.push(...lists.problems);
  const domains = [...new Set(files.flatMap(({ says }) => says.domains ?? []))];
  const rules = domains.length === 0 ? lists.rules : [...lists.rules, organisationHosts(domains)];
  // That a list names its words is no find.
  const paths = new Set(files.map(({ path }) => path));
  return rules.map((rule) => ({
    ...rule,
    settle: (find, { source, path }) =>
      source === 'file' && path !== undefined && paths.has(path) ? undefined : find,
  }));
}

/** Which file switches a rule off. Names that no rule has are a problem: perhaps another was meant. */
function switchedOff(
  files: readonly RuleFile[],
  ids: ReadonlySet<string>,
  problems: Problem[],
): ReadonlyMap<string, string> {
  const off = new Map<string, string>();
  for (const { path, says } of files) {
    const unknown = says.disabled.filter((id) => !ids.has(id));
    for (const id of says.disabled) if (!off.has(id)) off.set(id, path);
    if (unknown.length > 0)
      problems.push({
        code: 'rules/unknown',
        message: `${path} switches off what there is no rule for: ${unknown.join(', ')}`,
        at: { path },
        hint: 'assay secrets --list-rules names all',
      });
  }
  return off;
}
