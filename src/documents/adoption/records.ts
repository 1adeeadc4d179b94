import type { YamlMap, YamlNode } from '../../analysis/text/yaml.ts';
import { isNull, readYaml } from '../../analysis/text/yaml.ts';
import type { AdoptionDecision, AdoptionRecord, CardVerdict } from '../../model/adoption.ts';
import { ADOPTION_DECISIONS } from '../../model/adoption.ts';
import type { Problem } from '../../model/problem.ts';
import { sha256 } from '../common/digest.ts';
import { flow } from '../decisions/append.ts';

/** Where adoption decisions live, relative to the root of a project. */
export const ADOPTIONS_PATH = '.assay/adoptions.yaml';

const HEADER = `# What was decided about taking components, by whom, why, what else was looked at, and when to look again.
# Add at the end (\`assay adopt --record\`), change nothing above. On a merge conflict keep both sides.
`;

export interface AdoptionFile {
  readonly records: readonly AdoptionRecord[];
  readonly problems: readonly Problem[];
}

/** Reads the records in their order. An entry that cannot be read is a problem, and the others are read all the same. */
export function readAdoptions(text: string, path: string = ADOPTIONS_PATH): AdoptionFile {
  const { documents, problems: faults } = readYaml(text, path);
  const problems: Problem[] = [...faults];
  const [root] = documents;
  if (root === undefined || isNull(root)) return { records: [], problems };
  if (root.kind !== 'sequence') {
    problems.push(
      fault('file/unexpected-shape', `expected a list of records, found a ${root.kind}`, path, root.line),
    );
    return { records: [], problems };
  }
  const records: AdoptionRecord[] = [];
  for (const { value, line } of root.items) {
    const record = recordOf(value, path, line, problems);
    if (record !== undefined) records.push(record);
  }
  return { records, problems };
}

/**
 * The text of an adoptions file with one more record at its end; everything before stays byte for byte. `problem` instead when
 * the file as it is cannot be read, or the record would not be read back as it was given.
 */
export function appendAdoption(
  text: string,
  record: AdoptionRecord,
):
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: Problem } {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' ? HEADER.replaceAll('\n', newline) : text.endsWith('\n') ? text : text + newline;
  const whole = `${start}${newline}${entryText(record).replaceAll('\n', newline)}`;
  const before = readAdoptions(text);
  const after = readAdoptions(whole);
  const expected = JSON.stringify([...before.records, record]);
  if (before.problems.length > 0 || after.problems.length > 0 || JSON.stringify(after.records) !== expected)
    return {
      problem: {
        code: 'adopt/cannot-append',
        message:
          after.problems[0]?.message ??
          'an entry at the end of this file would not be read as one more record',
        at: { path: ADOPTIONS_PATH },
        hint: 'the file must be a block list (`- id: …`) and nothing after it',
      },
    };
  return { text: whole };
}

/** An id that sorts by day and says what it is about. */
export function adoptionId({
  component,
  decision,
  reason,
  by,
  at,
  review,
}: Omit<AdoptionRecord, 'id'>): string {
  const slug = component
    .replace(/^pkg:[^/]+\//, '')
    .replace(/(.)@[^@/]*$/, '$1')
    .toLowerCase()
    .replace(/%40|[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(-40);
  const digest = sha256(JSON.stringify([component, decision, reason, by, at, review]));
  return `${at.slice(0, 10)}-${slug}-${digest.slice(0, 6)}`;
}

/** Records whose day to look again has come, and that no later record of the same component replaces. `today`: YYYY-MM-DD. */
export function dueRecords(records: readonly AdoptionRecord[], today: string): ReadonlySet<string> {
  const latest = new Map<string, AdoptionRecord>();
  for (const record of records) latest.set(nameOf(record.component), record);
  return new Set([...latest.values()].filter(({ review }) => review <= today).map(({ id }) => id));
}

/** Ids of records that a later one of the same component replaces. */
export function replacedRecords(records: readonly AdoptionRecord[]): ReadonlySet<string> {
  const latest = new Map(records.map((record) => [nameOf(record.component), record.id]));
  return new Set(
    records.filter(({ component, id }) => latest.get(nameOf(component)) !== id).map(({ id }) => id),
  );
}

const nameOf = (component: string): string => component.replace(/(.)@[^@/]*$/, '$1');

/** What two entries hardly share stands first and last, so that git keeps entries that were added side by side apart. */
function entryText(record: AdoptionRecord): string {
  const { id, component, decision, reason, alternatives, by, at, review, cards, asOf, commit } = record;
  const lines = [
    `- id: ${flow(id)}`,
    `  component: ${flow(component)}`,
    `  decision: ${decision}`,
    `  reason: ${flow(reason)}`,
    `  alternatives: ${flow(alternatives)}`,
    '  cards:',
    ...cards.map((card) => `    ${card.id}: { verdict: ${card.verdict}, says: ${flow(card.says)} }`),
    `  as-of: ${flow(asOf)}`,
    ...(commit === undefined ? [] : [`  commit: ${flow(commit)}`]),
    `  by: ${flow(by)}`,
    `  review: ${review}`,
    `  at: ${flow(at)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const VERDICTS: ReadonlySet<string> = new Set(['good', 'watch', 'weak', 'unknown']);

function recordOf(
  node: YamlNode,
  path: string,
  line: number,
  problems: Problem[],
): AdoptionRecord | undefined {
  const refuse = (message: string): undefined => {
    problems.push(fault('adopt/record-not-read', message, path, line));
    return undefined;
  };
  if (node.kind !== 'map') return refuse(`expected a record, found a ${node.kind}`);
  const text = (key: string): string => scalarOf(node, key) ?? '';
  const decision = text('decision');
  const missing = ['id', 'component', 'reason', 'by', 'at', 'review', 'as-of'].filter(
    (key) => text(key) === '',
  );
  if (missing.length > 0) return refuse(`the record has no ${missing.join(', no ')}`);
  if (!isDecision(decision))
    return refuse(
      `decision: expected ${ADOPTION_DECISIONS.join(', ')}; found ${JSON.stringify(decision.slice(0, 60))}`,
    );
  if (!/^\d{4}-\d\d-\d\d$/.test(text('review'))) return refuse('review: expected a day, YYYY-MM-DD');
  const alternatives = node.entries.get('alternatives')?.value;
  const commit = text('commit');
  return {
    id: text('id'),
    component: text('component'),
    decision,
    reason: text('reason'),
    alternatives:
      alternatives?.kind === 'sequence'
        ? alternatives.items.flatMap(({ value }) => (value.kind === 'scalar' ? [value.text] : []))
        : [],
    by: text('by'),
    at: text('at'),
    review: text('review'),
    cards: cardsOf(node.entries.get('cards')?.value),
    asOf: text('as-of'),
    ...(commit === '' ? {} : { commit }),
  };
}

function cardsOf(node: YamlNode | undefined): AdoptionRecord['cards'] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([id, { value }]) => {
    const verdict = value.kind === 'map' ? scalarOf(value, 'verdict') : undefined;
    if (value.kind !== 'map' || verdict === undefined || !isVerdict(verdict)) return [];
    return [{ id, verdict, says: scalarOf(value, 'says') ?? '' }];
  });
}

function scalarOf(map: YamlMap, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}

const isDecision = (text: string): text is AdoptionDecision =>
  (ADOPTION_DECISIONS as readonly string[]).includes(text);
const isVerdict = (text: string): text is CardVerdict => VERDICTS.has(text);

const fault = (code: string, message: string, path: string, line: number): Problem => ({
  code,
  message,
  at: { path, line },
  lost: true,
});
