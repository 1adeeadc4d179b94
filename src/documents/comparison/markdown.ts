import type { ComparedTree, Comparison, ComponentChange, FindingChange } from '../../model/comparison.ts';
import { grouped } from '../common/words.ts';
import { code, plain } from '../markdown/escape.ts';
import { additions, findingWords, isDirect, label, notables, summaryWords } from './words.ts';

/** GitHub refuses comments over 65,536 characters; what is beyond this is counted instead of listed. */
const MOST_CHARACTERS = 60_000;

/** The comparison for a pull request: counts, what is out of the ordinary, direct changes; the rest folded away. Nothing new: one line. */
export function comparisonMarkdown(comparison: Comparison, mostCharacters: number = MOST_CHARACTERS): string {
  const { base, head, components, findings, problems } = comparison;
  const open = [
    `### Assay: what changes in what this depends on`,
    `${treeName(base)} → ${treeName(head)}: ${plain(summaryWords(comparison))}; ${plain(findingWords(comparison))}.`,
    ...list(
      '#### Look at this first',
      notables(comparison).map(({ words, items }) => `- **${plain(words)}**: ${codes(items, 10)}`),
    ),
    ...list('#### New findings', findings.filter(({ kind }) => kind !== 'disappeared').map(findingLine), 20),
    ...list('#### Direct', components.filter(isDirect).map(componentLine), 40),
    ...list(
      '#### Not read',
      problems
        .filter(({ lost }) => lost)
        .map(
          ({ side, at, message }) =>
            `- ${side === 'both' ? '' : `${side}: `}${code(at?.path ?? '')}: ${plain(message)}`,
        ),
      20,
    ),
  ].join('\n\n');
  const folded: readonly (readonly [string, readonly string[]])[] = [
    ['Transitive', transitive(components)],
    ['Findings that are gone', findings.filter(({ kind }) => kind === 'disappeared').map(findingLine)],
  ];
  let text = `${open}\n`;
  for (const [title, items] of folded) {
    if (items.length === 0) continue;
    let body = '';
    let shown = 0;
    for (const item of items) {
      if (text.length + body.length + item.length + 300 > mostCharacters) break;
      body += `${item}\n`;
      shown++;
    }
    if (shown < items.length) body += `- … and ${grouped(items.length - shown)} more: see the JSON report\n`;
    text += `\n<details><summary>${title}: ${grouped(items.length)}</summary>\n\n${body}\n</details>\n`;
  }
  return text;
}

function list(title: string, items: readonly string[], most = Infinity): string[] {
  if (items.length === 0) return [];
  const more =
    items.length > most ? [`- … and ${grouped(items.length - most)} more: see the JSON report`] : [];
  return [[title, '', ...items.slice(0, most), ...more].join('\n')];
}

function treeName({ name, commit }: ComparedTree): string {
  if (commit === undefined) return code(name);
  return commit.startsWith(name) ? code(commit.slice(0, 12)) : `${code(name)} (${commit.slice(0, 12)})`;
}

function codes(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).map(code).join(', ');
  return items.length > most ? `${shown} and ${grouped(items.length - most)} more` : shown;
}

function componentLine(change: ComponentChange): string {
  const { kind, before, after, at } = change;
  const ranges = (after ?? before)!.ranges.map(code).join(' or ');
  const where = at.map(({ path }) => path);
  return `- ${kind}: ${code(label(change))}${ranges === '' ? '' : `, declared ${ranges}`} in ${codes([...new Set(where)], 3)}`;
}

function transitive(components: readonly ComponentChange[]): string[] {
  const others = components
    .filter((change) => !isDirect(change) && change.kind !== 'added')
    .map((change) => `- ${change.kind}: ${code(label(change))}`);
  const added = additions(components)
    .filter(({ top, below }) => !isDirect(top) || below.length > 0)
    .map(({ top, below }) => {
      const by = isDirect(top) || top.path.length < 2 ? '' : `, asked for by ${code(top.path.at(-2)!)}`;
      return `- ${isDirect(top) ? 'with' : 'added:'} ${code(label(top))}${by}${below.length === 0 ? '' : `: ${isDirect(top) ? '' : 'with '}${codes(below.map(label), 20)}`}`;
    });
  return [...added, ...others];
}

function findingLine({
  kind,
  priority,
  subject,
  before,
  after,
  ids,
  rule,
  title,
  because,
}: FindingChange): string {
  const versions = (kind === 'disappeared' ? before : after).join(', ');
  const about = subject === 'repository' ? '' : ` ${code(`${subject} ${versions}`)}`;
  const word = kind === 'worse' ? 'worse, ' : because === 'decided' ? 'decided, ' : '';
  return `- **${word}${priority === 'unknown' ? 'unscored' : priority}**${about}: ${plain(title)} (${plain(ids[0] ?? rule)})`;
}
