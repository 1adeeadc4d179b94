import type { Advisory } from '../../model/advisory.ts';
import type { Finding } from '../../model/finding.ts';
import type { DecisionReport, Snapshot } from '../../model/result.ts';
import { advisoryUrl, decisionsOf, highestScore, remedyOf } from '../common/advisory.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { nameOf, pathsOf } from '../common/paths.ts';
import { anchorOf } from './actions.ts';
import type { Section } from './page.ts';
import {
  badge,
  cell,
  componentName,
  filterForm,
  keyword,
  linkOut,
  linkTo,
  longTable,
  named,
  paragraph,
  priorityWord,
  sentence,
} from './pieces.ts';
import { URGENCY, many } from './verdict.ts';

/** Every finding with its evidence, most urgent first. `whys` are the components that the page explains. */
export function findingsSection(snapshot: Snapshot, whys: ReadonlySet<number>): Section {
  const { findings, inventory } = snapshot;
  const decisions = decisionsOf(snapshot);
  const ecosystems = new Set<string>();
  const uses = new Set<string>();
  const rows = findings.map((finding) => {
    const component = finding.component === undefined ? undefined : inventory.components[finding.component];
    const ecosystem = component?.ecosystem ?? 'repository';
    ecosystems.add(ecosystem);
    const use = useOf(finding);
    uses.add(use);
    return findingRow(finding, snapshot, {
      ecosystem,
      use,
      decision: finding.decision === undefined ? undefined : (decisions.get(finding.decision) ?? 'unknown'),
      explained: finding.component !== undefined && whys.has(finding.component),
    });
  });
  const levels = URGENCY.filter((level) => findings.some(({ priority }) => priority === level));
  const states = [...new Set(findings.map(({ decision }) => (decision === undefined ? 'open' : 'decided')))];
  return {
    id: 'findings',
    short: 'Findings',
    heading: 'Findings',
    body:
      findings.length === 0
        ? paragraph('Nothing known to be wrong in what could be checked.')
        : joined([
            filterForm('findings-list', 'Findings', [
              { name: 'p', label: 'Urgency', values: levels.map((level) => [level, priorityWord(level)]) },
              { name: 's', label: 'Used in', values: [...uses].sort().map((use) => [keyword(use), use]) },
              {
                name: 'e',
                label: 'Ecosystem',
                values: [...ecosystems].sort().map((one) => [keyword(one), one]),
              },
              { name: 'o', label: 'State', values: states.map((state) => [state, state]) },
            ]),
            longTable({
              id: 'findings-list',
              caption: 'Findings, most urgent first',
              columns: ['Urgency', 'Component', 'What is known', 'Used in', 'Fixed in'],
              widths: ['g0', 'g1', 'g2', 'g3', 'g4'],
              rows,
            }),
          ]),
  };
}

interface RowFacts {
  readonly ecosystem: string;
  readonly use: string;
  readonly decision: DecisionReport['decision'] | 'unknown' | undefined;
  readonly explained: boolean;
}

function findingRow(finding: Finding, { inventory }: Snapshot, facts: RowFacts): Markup {
  const component = finding.component === undefined ? undefined : inventory.components[finding.component];
  const name = component === undefined ? words('the repository') : componentName(component);
  const decided = facts.decision !== undefined;
  return tag(
    'tr',
    {
      id: anchorOf(finding.fingerprint),
      'data-p': finding.priority,
      'data-s': keyword(facts.use),
      'data-e': keyword(facts.ecosystem),
      'data-o': decided ? 'decided' : 'open',
    },
    cell(joined([badge(finding.priority), decided ? words(' decided') : undefined])),
    tag(
      'th',
      { scope: 'row' },
      facts.explained ? linkTo(`w-${finding.component!}`, name) : name,
      ...(finding.kind === 'malware' ? [words(' malicious')] : []),
    ),
    tag('td', { class: 'w' }, knowledge(finding), evidence(finding, facts)),
    cell(words(`${facts.use}${directness(finding)}`)),
    cell(words(finding.fixed.length === 0 ? '' : finding.fixed.slice(0, 3).join(', '))),
  );
}

function knowledge(finding: Finding): Markup {
  const [id] = finding.ids;
  return joined(
    [
      id === undefined ? tag('code', {}, words(finding.rule)) : linkOut(id, advisoryUrl(finding)),
      sentence(titleOf(finding)),
    ],
    ' ',
  );
}

/** The component stands in its own column. */
function titleOf({ title, subject }: Finding): string {
  const name = subject === 'repository' ? '' : `${nameOf(subject)}: `;
  return name !== '' && title.startsWith(name) ? title.slice(name.length) : title;
}

function evidence(finding: Finding, { decision }: RowFacts): Markup {
  const score = highestScore(finding);
  const others = finding.ids.slice(1);
  const remedy = remedyOf(finding);
  return tag(
    'details',
    { class: 'ev' },
    tag('summary', {}, words('Evidence')),
    ...(decision === undefined ? [] : [paragraph(decisionWords(decision))]),
    ...(finding.reasons.length === 0
      ? []
      : [tag('p', {}, sentence(`Why this urgency: ${finding.reasons.map(({ text }) => text).join('; ')}.`))]),
    ...(remedy === undefined ? [] : [paragraph(remedy)]),
    ...pathsOf(finding).map(({ manifest, steps }) =>
      tag(
        'p',
        {},
        words('Path in '),
        tag('code', {}, words(manifest)),
        words(': '),
        joined(
          steps.map((step) => named(nameOf(step))),
          ' › ',
        ),
      ),
    ),
    places(finding),
    ...(score === undefined ? [] : [paragraph(`CVSS ${score.toFixed(1)}${vectors(finding.advisories)}`)]),
    ...(others.length === 0 ? [] : [tag('p', {}, words(`Also known as ${others.join(', ')}`))]),
    ...finding.advisories.map(recordWords),
  );
}

/** Places shown in full; the rest is counted, and named in the JSON report. */
const PLACES = 8;

function places({ occurrences }: Finding): Markup {
  const shown = occurrences
    .slice(0, PLACES)
    .map(({ at }) => tag('code', {}, words(at.line === undefined ? at.path : `${at.path}:${at.line}`)));
  const more = occurrences.length - shown.length;
  return tag(
    'p',
    {},
    words('In '),
    joined(shown, ', '),
    ...(more > 0 ? [words(` and ${many(more, 'more place')}, which the JSON report names`)] : []),
  );
}

function vectors(advisories: readonly Advisory[]): string {
  const all = new Set(advisories.flatMap(({ scores }) => scores.map(({ vector }) => vector)));
  return all.size === 0 ? '' : ` (${[...all].join(', ')})`;
}

function recordWords({ id, published, modified }: Advisory): Markup {
  const dates = [
    ...(published === undefined ? [] : [`published ${published.slice(0, 10)}`]),
    `modified ${modified.slice(0, 10)}`,
  ];
  return tag('p', { class: 'm' }, words(`Record ${id}, ${dates.join(', ')}`));
}

function decisionWords(decision: DecisionReport['decision'] | 'unknown'): string {
  if (decision === 'unknown') return 'Covered by a decision.';
  const { status, reason, by, expires } = decision;
  return `Decided: ${status.replaceAll('_', ' ')}: ${reason === '' ? 'no reason given' : reason}${by === '' ? '' : `, by ${by}`}${expires === undefined ? ', without an end' : `, until ${expires.slice(0, 10)}`}.`;
}

/** As the terminal says it, over all occurrences. */
function useOf(finding: Finding): string {
  if (finding.component === undefined) return 'repository';
  const scopes = new Set(finding.occurrences.flatMap((one) => one.scopes));
  if (scopes.has('prod') || scopes.has('peer')) return 'production';
  if (finding.occurrences.some((one) => one.scopes.length === 0)) return 'not known';
  return scopes.has('optional') ? 'optional' : 'development';
}

function directness(finding: Finding): string {
  if (finding.component === undefined) return '';
  const all = finding.occurrences.map(({ direct }) => direct);
  if (all.includes('yes')) return ', direct';
  return all.includes('unknown') ? ', direct or not: unknown' : '';
}

/** What the list of actions calls each finding. */
export function findingNames({ findings, inventory }: Snapshot): ReadonlyMap<string, string> {
  return new Map(
    findings.map((finding) => {
      const component = finding.component === undefined ? undefined : inventory.components[finding.component];
      const where = component === undefined ? '' : ` in ${component.name} ${component.version}`;
      return [finding.fingerprint, `${finding.ids[0] ?? finding.rule}${where}`];
    }),
  );
}
