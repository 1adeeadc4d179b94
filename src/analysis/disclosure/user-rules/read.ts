import type { Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { Problem } from '../../../model/problem.ts';
import type { YamlMap, YamlNode } from '../../text/yaml.ts';
import { readYaml } from '../../text/yaml.ts';
import { shapeRules } from '../rules/form/shape-rules.ts';
import { piecesOf } from '../rules/form/shapes.ts';
import type { AllowList } from './allow.ts';
import { compilePattern } from './compile.ts';
import type { DenyList } from './deny-list.ts';
import type { MadeRule } from './pattern-rule.ts';
import { patternRule } from './pattern-rule.ts';
import type { UserRules } from './rules.ts';
import { gather } from './rules.ts';

/** What `.assay/secrets.yaml` says: rules, and words that must not get out. */
export interface SecretsFile extends UserRules {
  readonly denyLists: readonly DenyList[];
  /** Domains whose hosts only mean something inside. */
  readonly domains: readonly string[];
  /** Globs of paths whose secrets do not count; they are shown as covered. */
  readonly ignore: readonly string[];
}

const ADVICE = 'Revoke it where it was issued, then take it out of the repository.';

const LIST: ReadonlySet<string> = new Set(['title', 'words', 'hashed']);
const KEYS: ReadonlySet<string> = new Set(['rules', 'deny', 'disable', 'internal-domains', 'ignore']);
const FIELDS: ReadonlySet<string> = new Set(
  'id title pattern shape path keywords group entropy tier advice revoke-page allow'.split(' '),
);

/**
 * Reads our own rules.
 *
 * ```yaml
 * disable: [jwt]
 * rules:
 *   - id: acme-token
 *     title: Acme access token
 *     shape: 'acme_<hex 32>'          # or pattern: 'acme_([0-9a-f]{32})', in RE2's syntax
 *     keywords: [acme]                # only when no text of three bytes stands in every match
 *     path: '\.env$'
 *     tier: likely
 *     advice: Revoke it at https://acme.example.invalid/tokens
 *     allow: ['^acme_0+$']            # patterns of secrets that are none
 * deny:
 *   - title: project names
 *     words: [Project Nightjar]
 *     hashed: ['nig 2 16 9f86d081884c7d659a2feaa0c55ad015']
 * internal-domains: [corp.example]
 * ignore: ['test/vectors/**']
 * ```
 *
 * A field that is not known makes its rule unreadable: it may be a condition.
 */
export function readSecretsFile(text: string, path: string): SecretsFile {
  const problems: Problem[] = [];
  const { documents, problems: faults } = readYaml(text, path);
  const value = documents[0];
  problems.push(...faults);
  const root = value?.kind === 'map' ? value : undefined;
  const say = (message: string, line: number): void => {
    problems.push({ code: 'rules/not-read', message, at: { path, line }, lost: true });
  };
  if (value !== undefined && root === undefined) say(`expected a map of ${[...KEYS].join(', ')}`, 1);
  for (const [key, { line }] of root?.entries ?? [])
    if (!KEYS.has(key)) say(`${key} is no part of this file`, line);
    else if (!isList(root!, key)) say(`${key} is a list`, line);
  const made = itemsAt(root, 'rules').flatMap((node, index) => {
    if (node.kind !== 'map') {
      say('a rule is a map of fields', node.line);
      return [];
    }
    const unknown = [...node.entries.keys()].find((key) => !FIELDS.has(key));
    const id = textAt(node, 'id') ?? `rule-${index + 1}`;
    if (unknown === undefined) return [{ id, line: node.line, made: ruleOf(node, id) }];
    say(`the rule ${id} has a field that is not known: ${unknown}`, node.entries.get(unknown)!.line);
    return [];
  });
  const denyLists = itemsAt(root, 'deny').flatMap((node) => {
    const list = node.kind === 'map' ? denyListOf(node, path) : undefined;
    const unknown = node.kind === 'map' ? [...node.entries.keys()].find((key) => !LIST.has(key)) : undefined;
    if (list === undefined || unknown !== undefined)
      say(
        `a list of \`deny\` has title, words and hashed${unknown === undefined ? '' : `, no ${unknown}`}`,
        node.line,
      );
    return list ?? [];
  });
  const domains = textsAt(root, 'internal-domains').filter((domain, index) => {
    const isDomain = DOMAIN.test(domain);
    if (!isDomain)
      say(`entry ${index + 1} of internal-domains is no domain`, root!.entries.get('internal-domains')!.line);
    return isDomain;
  });
  const gathered = gather(made, path);
  return {
    ...gathered,
    problems: [...problems, ...gathered.problems],
    usesDefaults: true,
    disabled: textsAt(root, 'disable'),
    restrict: (rule) => rule,
    domains,
    ignore: textsAt(root, 'ignore'),
    denyLists,
  };
}

function ruleOf(node: YamlMap, id: string): MadeRule {
  const tier = textAt(node, 'tier') ?? 'likely';
  if (!isTier(tier)) return { reason: `no tier: ${tier} (there are ${TIERS.join(', ')})` };
  const title = textAt(node, 'title') ?? id;
  const advice = textAt(node, 'advice') ?? ADVICE;
  const revokePage = textAt(node, 'revoke-page');
  const shape = textAt(node, 'shape');
  const entropy = Number(textAt(node, 'entropy') ?? 0);
  const allow = textsAt(node, 'allow').map(compilePattern);
  const refused = allow.find((one) => one.isRefused);
  if (refused?.isRefused === true) return { reason: `what it allows: ${refused.reason}` };
  if (shape !== undefined) {
    if (['pattern', 'path', 'keywords', 'group', 'entropy', 'allow'].some((key) => node.entries.has(key)))
      return {
        reason: 'a shape says all: pattern, path, keywords, group, entropy and allow go with patterns only',
      };
    return shaped(id, title, shape, tier, {
      provider: title,
      advice,
      ...(revokePage === undefined ? {} : { revokePage }),
    });
  }
  const [pattern, path] = [textAt(node, 'pattern'), textAt(node, 'path')];
  const lists: readonly AllowList[] = [
    {
      condition: 'any',
      paths: [],
      regexes: allow.flatMap((one) => (one.isRefused ? [] : [one.regex])),
      target: 'secret',
      stopwords: [],
    },
  ];
  return patternRule({
    id,
    title,
    ...(pattern === undefined ? {} : { pattern }),
    ...(path === undefined ? {} : { path }),
    keywords: textsAt(node, 'keywords'),
    group: Number(textAt(node, 'group') ?? 0),
    ...(entropy > 0 ? { entropy } : {}),
    tier,
    advice,
    ...(revokePage === undefined ? {} : { revokePage }),
    allow: lists,
  });
}

function shaped(
  id: string,
  title: string,
  shape: string,
  tier: Tier,
  issuer: Parameters<typeof shapeRules>[0],
): MadeRule {
  try {
    const fixed = piecesOf(shape).find((piece) => piece.kind === 'fixed');
    if (fixed?.kind !== 'fixed' || fixed.text.length < 3)
      return { reason: 'its shape has no fixed text of three characters' };
    const [rule] = shapeRules(issuer, [[id, title, shape, { tier }]]);
    return rule === undefined
      ? { reason: 'its shape cannot be read' }
      : { rule, stopped: () => undefined, spent: { bytes: 0 } };
  } catch (error) {
    if (error instanceof RangeError) return { reason: error.message };
    throw error;
  }
}

const denyListOf = (node: YamlMap, path: string): DenyList => ({
  title: textAt(node, 'title') ?? 'deny-list',
  words: textsAt(node, 'words'),
  hashed: textsAt(node, 'hashed'),
  at: { path, line: node.line },
});

/** One text stands for a list of it, and nothing for an empty one; `rules` and `deny` are lists of maps. */
function isList(map: YamlMap, key: string): boolean {
  const value = map.entries.get(key)?.value;
  if (value?.kind === 'sequence')
    return key === 'rules' || key === 'deny' || value.items.every((item) => item.value.kind === 'scalar');
  return value?.kind === 'scalar' && (value.text === '' || (key !== 'rules' && key !== 'deny'));
}

const DOMAIN = /^\.?[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){0,10}$/i;

const isTier = (text: string): text is Tier => (TIERS as readonly string[]).includes(text);

function itemsAt(map: YamlMap | undefined, key: string): readonly YamlNode[] {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'sequence' ? value.items.map((item) => item.value) : [];
}

function textAt(map: YamlMap, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}

/** A list of texts, or one. */
function textsAt(map: YamlMap | undefined, key: string): readonly string[] {
  const value = map?.entries.get(key)?.value;
  if (value?.kind === 'scalar') return value.text === '' ? [] : [value.text];
  return itemsAt(map, key).flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
}
