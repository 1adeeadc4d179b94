import { PRIORITIES } from '../../model/finding.ts';
import type { Finding } from '../../model/finding.ts';
import type { Action, Reporter, Snapshot } from '../../model/result.ts';
import { advisoryUrl, decisionsOf, remedyOf } from '../common/advisory.ts';
import { nameOf, pathsOf } from '../common/paths.ts';
import { caveats, grouped } from '../common/words.ts';
import { code, link, plain, sentence } from './escape.ts';

/** For a pull-request comment or a job summary: verdict, actions, what was not checked, then the rest folded away. */
export const markdown: Reporter = {
  id: 'markdown',
  mediaType: 'text/markdown',
  report: (snapshot) => markdownReport(snapshot),
};

/** GitHub refuses comments over 65,536 characters; details beyond this are counted instead of listed. */
const MOST_CHARACTERS = 60_000;

export function markdownReport(snapshot: Snapshot, mostCharacters: number = MOST_CHARACTERS): string {
  const head = [heading(snapshot), ...actionLines(snapshot), ...caveatLines(snapshot)];
  const folded = [
    fold(
      'Findings, most urgent first',
      openFindings(snapshot).map((finding) => findingLines(finding)),
    ),
    fold('Decided', decidedLines(snapshot)),
    fold('Decisions that need a look', staleLines(snapshot)),
    fold('Could not be read, or worth knowing', problemLines(snapshot)),
  ];
  let text = `${head.join('\n\n')}\n`;
  for (const { title, items } of folded) {
    if (items.length === 0) continue;
    const open = `\n<details><summary>${title}: ${grouped(items.length)}</summary>\n\n`;
    const close = '\n</details>\n';
    let body = '';
    let shown = 0;
    for (const item of items) {
      if (text.length + open.length + body.length + item.length + 200 > mostCharacters) break;
      body += `${item}\n`;
      shown++;
    }
    if (shown < items.length)
      body += `- … and ${grouped(items.length - shown)} more: see the JSON or SARIF report\n`;
    text += open + body + close;
  }
  return text;
}

const VERDICTS = {
  pass: 'Assay: passes',
  block: 'Assay: blocks',
  unknown: 'Assay: could not be judged',
} as const;

function heading(snapshot: Snapshot): string {
  const { verdict, inventory } = snapshot;
  const open = openFindings(snapshot);
  const counts = PRIORITIES.map(
    (priority) => [priority, open.filter((finding) => finding.priority === priority).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([priority, count]) => `${grouped(count)} ${priority}`);
  const decided = snapshot.findings.length - open.length;
  const reasons = verdict.reasons.length === 0 ? '' : `\n\n${verdict.reasons.map(sentence).join('; ')}`;
  return [
    `### ${VERDICTS[verdict.effect]}${reasons}`,
    `${grouped(inventory.components.length)} components in ${grouped(inventory.manifests.length)} files; findings: ${counts.length === 0 ? 'none open' : counts.join(', ')}${decided === 0 ? '' : `; ${grouped(decided)} decided`}`,
  ].join('\n\n');
}

const openFindings = (snapshot: Snapshot): readonly Finding[] =>
  snapshot.findings.filter(({ decision }) => decision === undefined);

/** Actions shown in the open; the whole list is in the other formats, and the line says how many. */
const MOST_ACTIONS = 20;

function actionLines({ actions }: Snapshot): string[] {
  if (actions.length === 0) return [];
  const rows = actions.slice(0, MOST_ACTIONS).map(actionRow);
  const more = actions.length - rows.length;
  return [
    [
      '#### What to do first',
      '',
      '| | action | clears | why | command |',
      '|---|---|---|---|---|',
      ...rows,
      ...(more > 0 ? [`\n… and ${grouped(more)} more actions: see the JSON report`] : []),
    ].join('\n'),
  ];
}

function actionRow(action: Action): string {
  const where = action.manifests.map(code).join(', ');
  const via = action.via.length === 0 ? '' : `, through ${action.via.map(code).join(', ')}`;
  const left = action.leaves.length === 0 ? '' : ` (leaves ${grouped(action.leaves.length)})`;
  const cells = [
    action.priority,
    `**${plain(action.title)}**${action.dev ? ' (development only)' : ''} in ${where}${via}`,
    `${grouped(action.clears.length)}${left}`,
    sentence(action.because),
    [
      action.edit === undefined ? '' : plain(action.edit),
      action.command === undefined ? '' : code(action.command),
    ]
      .filter((step) => step !== '')
      .join(', then '),
  ];
  // A code span does not protect a `|` inside a table.
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function caveatLines(snapshot: Snapshot): string[] {
  return [
    ['#### What this rests on', '', ...caveats(snapshot).map((text) => `- ${sentence(text)}`)].join('\n'),
  ];
}

function fold(title: string, items: readonly string[]): { title: string; items: readonly string[] } {
  return { title, items };
}

function findingLines(finding: Finding): string {
  const names =
    finding.ids.length === 0 ? code(finding.rule) : link(finding.ids.join(', '), advisoryUrl(finding));
  const name = finding.subject === 'repository' ? '' : nameOf(finding.subject);
  const subject = name === '' || finding.title.includes(name) ? '' : ` ${code(name)}`;
  const remedy = remedyOf(finding);
  const places = finding.occurrences.map(({ at }) =>
    code(at.line === undefined ? at.path : `${at.path}:${at.line}`),
  );
  const lines = [
    `- **${finding.priority}**${subject}: ${plain(finding.title)} (${names})`,
    finding.reasons.length === 0
      ? undefined
      : `  - why: ${finding.reasons.map(({ text }) => sentence(text)).join('; ')}`,
    remedy === undefined ? undefined : `  - ${sentence(remedy)}`,
    ...pathsOf(finding).map(
      ({ manifest, steps }) =>
        `  - path in ${code(manifest)}: ${steps.map((step) => code(nameOf(step))).join(' › ')}`,
    ),
    places.length === 0
      ? undefined
      : `  - in ${places.slice(0, 5).join(', ')}${places.length > 5 ? ` and ${grouped(places.length - 5)} more places` : ''}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function decidedLines(snapshot: Snapshot): string[] {
  const decisions = decisionsOf(snapshot);
  return snapshot.findings
    .filter(({ decision }) => decision !== undefined)
    .map((finding) => {
      const decision = decisions.get(finding.decision!);
      const subject = finding.subject === 'repository' ? '' : ` ${code(nameOf(finding.subject))}`;
      const said =
        decision === undefined
          ? code(finding.decision!)
          : `${decision.status.replaceAll('_', ' ')}: ${decision.reason === '' ? 'no reason given' : plain(decision.reason)}${decision.by === '' ? '' : `, by ${plain(decision.by)}`}${decision.expires === undefined ? ', without an end' : `, until ${decision.expires.slice(0, 10)}`}`;
      return `- ${finding.priority}${subject} ${plain(finding.ids[0] ?? finding.rule)}: ${said}`;
    });
}

function staleLines(snapshot: Snapshot): string[] {
  return snapshot.decisions
    .filter(({ state }) => state !== 'used')
    .map(({ decision, state }) => {
      const at = `${decision.source.path}${decision.source.line === undefined ? '' : `:${decision.source.line}`}`;
      return `- ${state}: ${code(decision.id)} in ${code(at)}`;
    });
}

function problemLines({ problems }: Snapshot): string[] {
  return [...problems]
    .sort((a, b) => Number(b.lost ?? false) - Number(a.lost ?? false))
    .map(({ code: id, message, at, hint, lost }) => {
      const place =
        at === undefined ? '' : ` ${code(at.line === undefined ? at.path : `${at.path}:${at.line}`)}`;
      return `- ${lost === true ? '**not read**' : 'note'}${place}: ${sentence(message)} (${code(id)})${hint === undefined ? '' : `; ${sentence(hint)}`}`;
    });
}
