import { missingFields } from '../../analysis/decisions/complete.ts';
import type { YamlMap, YamlNode } from '../../analysis/text/yaml.ts';
import { isNull, readYaml } from '../../analysis/text/yaml.ts';
import type { Decision, VexJustification, VexStatus } from '../../model/decision.ts';
import { VEX_JUSTIFICATIONS, VEX_STATUSES } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import { instantOf } from './dates.ts';
import type { DecisionFile, DecisionFormat } from './format.ts';
import { isEmptyScope } from './format.ts';

/**
 * Our own record, `.assay/decisions.yaml`: a list to which entries are only ever added at the end.
 *
 * ```yaml
 * - id: 2026-11-21-lodash-3f2a9c
 *   status: not_affected
 *   justification: vulnerable_code_not_in_execute_path
 *   about: { advisories: [CVE-2021-23337], component: pkg:npm/lodash }
 *   reason: "only _.get is used"
 *   by: "Jo Example <jo@example.invalid>"
 *   expires: 2027-05-20
 *   at: 2026-11-21T09:00:00Z
 * ```
 *
 * `about` also takes `versions`, `namePattern`, `path`, `manifest`, `scope` and `ecosystem`; an entry may name another in `supersedes`.
 * `expires` is the first day on which it no longer holds. A field that is not known makes the entry unreadable: it may be a condition.
 */
export const assay: DecisionFormat = {
  id: 'assay',
  title: 'Assay decisions',
  files: ['.assay/decisions.yaml'],
  claims: (path) => path === '.assay/decisions.yaml' || path.endsWith('/.assay/decisions.yaml'),
  read: ({ path, text }) => readDecisions(text, path),
  /** The fields in the order in which they are written. */
  entryOf: (decision) => writtenFields(decision),
};

const ABOUT = ['component', 'versions', 'namePattern', 'path', 'manifest', 'scope', 'ecosystem'] as const;
const ABOUT_FIELDS: ReadonlySet<string> = new Set(['advisories', ...ABOUT]);
const FIELDS: ReadonlySet<string> = new Set(
  'id about status justification at reason by expires supersedes'.split(' '),
);

/**
 * The fields of an entry. What two entries hardly share (`id`, `about`, `at`) stands first, in the middle and last, with at most three
 * lines between: git takes equal lines at the edge of a conflict, and more than three in a row inside, out of it, and would mix
 * two entries that were added side by side.
 */
export function writtenFields({
  id,
  about: { advisories, ...rest },
  status,
  justification,
  at,
  reason,
  by,
  expires,
  supersedes,
}: Decision): Readonly<Record<string, unknown>> {
  return {
    id,
    ...(supersedes === undefined ? {} : { supersedes }),
    status,
    ...(justification === undefined ? {} : { justification }),
    about: {
      ...(advisories.length === 0 ? {} : { advisories }),
      ...Object.fromEntries(ABOUT.flatMap((key) => (rest[key] === undefined ? [] : [[key, rest[key]]]))),
    },
    reason,
    by,
    ...(expires === undefined ? {} : { expires }),
    at,
  };
}

function readDecisions(text: string, path: string): DecisionFile {
  const { documents, problems: faults } = readYaml(text, path);
  const problems: Problem[] = [...faults];
  const [root] = documents;
  if (documents.slice(1).some((document) => !isNull(document)))
    problems.push(
      fault(
        'decision/several-documents',
        'only the first YAML document of the file was read',
        path,
        undefined,
      ),
    );
  if (root === undefined || isNull(root)) return { decisions: [], kept: [], problems };
  if (root.kind !== 'sequence') {
    problems.push(
      fault('file/unexpected-shape', `expected a list of decisions, found a ${root.kind}`, path, root.line),
    );
    return { decisions: [], kept: [], problems };
  }
  const decisions: Decision[] = [];
  const seen = new Set<string>();
  for (const { line, value } of root.items) {
    const decision = readEntry(value, path, line, problems);
    if (decision === undefined) continue;
    if (seen.has(decision.id)) {
      problems.push({
        ...fault(
          'decision/duplicate-id',
          `the id ${decision.id} is given twice; the first one counts`,
          path,
          line,
        ),
      });
      continue;
    }
    seen.add(decision.id);
    decisions.push(decision);
  }
  return { decisions, kept: [], problems };
}

function readEntry(node: YamlNode, path: string, line: number, problems: Problem[]): Decision | undefined {
  if (node.kind !== 'map') {
    problems.push(fault('decision/unexpected-shape', `expected a mapping, found a ${node.kind}`, path, line));
    return undefined;
  }
  const before = problems.length;
  const refuse = (message: string, at: number = line): void => {
    problems.push(fault('decision/not-read', message, path, at));
  };
  const textIn = (map: YamlMap, key: string): string => {
    const entry = map.entries.get(key);
    if (entry === undefined || isNull(entry.value)) return '';
    if (entry.value.kind === 'scalar') return entry.value.text;
    refuse(`${key}: expected text, found a ${entry.value.kind}`, entry.line);
    return '';
  };
  const text = (key: string): string => textIn(node, key);
  const refuseUnknown = (map: YamlMap, known: ReadonlySet<string>, where: string): void => {
    for (const [key, entry] of map.entries)
      if (!known.has(key))
        refuse(
          `${JSON.stringify(key.slice(0, 60))} is no field of ${where}; it may be a condition, so the entry is not applied`,
          entry.line,
        );
  };
  refuseUnknown(node, FIELDS, 'a decision');
  const selector = node.entries.get('about')?.value;
  const about: Record<string, unknown> & { advisories: readonly string[] } = { advisories: [] };
  if (selector?.kind === 'map') {
    refuseUnknown(selector, ABOUT_FIELDS, '`about`');
    const advisories = listOf(selector.entries.get('advisories')?.value);
    if (advisories === undefined) refuse('advisories: expected a list of ids');
    about.advisories = advisories ?? [];
    for (const key of ABOUT) {
      const value = textIn(selector, key);
      if (value !== '') about[key] = value;
    }
  } else if (selector !== undefined && !isNull(selector))
    refuse(`about: expected a mapping, found a ${selector.kind}`);
  const id = text('id');
  if (id === '') refuse('it has no id');
  if (isEmptyScope(about)) refuse('it is about nothing: name advisories or a component');
  const status = text('status');
  if (!isStatus(status))
    refuse(`status: expected ${VEX_STATUSES.join(', ')}; found ${JSON.stringify(status.slice(0, 60))}`);
  const justification = text('justification');
  if (justification !== '' && !isJustification(justification))
    refuse(
      `justification: expected ${VEX_JUSTIFICATIONS.join(', ')}; found ${JSON.stringify(justification.slice(0, 60))}`,
    );
  const at = dateIn(text('at'), 'at', refuse);
  const expires = dateIn(text('expires'), 'expires', refuse);
  if (problems.length > before || !isStatus(status)) return undefined;
  const decision: Decision = {
    id,
    about,
    status,
    ...(isJustification(justification) ? { justification } : {}),
    reason: text('reason').trim(),
    by: text('by').trim(),
    at: at ?? '',
    ...(expires === undefined ? {} : { expires }),
    ...(text('supersedes') === '' ? {} : { supersedes: text('supersedes') }),
    source: { path, line, format: 'assay' },
  };
  const missing = missingFields(decision);
  if (missing.length > 0)
    problems.push({
      code: 'decision/incomplete',
      message: `${id} has no ${missing.join(', no ')}; it covers nothing until it has`,
      at: { path, line },
      hint: 'add the entry again with `assay decide`, and name this one in `supersedes`',
    });
  return decision;
}

function listOf(node: YamlNode | undefined): readonly string[] | undefined {
  if (node === undefined || isNull(node)) return [];
  if (node.kind === 'scalar') return [node.text];
  if (node.kind !== 'sequence') return undefined;
  const texts = node.items.flatMap(({ value }) =>
    value.kind === 'scalar' && value.text !== '' ? [value.text] : [],
  );
  return texts.length === node.items.length ? texts : undefined;
}

function dateIn(text: string, field: string, refuse: (message: string) => void): string | undefined {
  if (text === '') return undefined;
  const instant = instantOf(text);
  if (instant === undefined)
    refuse(`${field}: ${JSON.stringify(text.slice(0, 60))} is no date; write 2026-11-21`);
  return instant;
}

const isStatus = (text: string): text is VexStatus => (VEX_STATUSES as readonly string[]).includes(text);
const isJustification = (text: string): text is VexJustification =>
  (VEX_JUSTIFICATIONS as readonly string[]).includes(text);

/** A decision that cannot be read leaves its findings open, which is safe; that it cannot be read is still a loss. */
const fault = (code: string, message: string, path: string, line: number | undefined): Problem => ({
  code,
  message,
  at: line === undefined ? { path } : { path, line },
  lost: true,
});
