import type { Component } from '../../model/component.ts';
import type { Finding } from '../../model/finding.ts';
import type { Asker, Origins, ReportExtras, WhyHere } from '../../model/report.ts';
import type { Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { anchorOf } from './actions.ts';
import type { Section } from './page.ts';
import { badge, componentName, folded, linkTo, listed, named, paragraph } from './pieces.ts';
import { isOpen, many } from './verdict.ts';

/** Items of a column in the open; as many again and more are folded below, by name alone; the rest is counted. */
const SHOWN = 10;
const FOLDED = 24;

/** For each component with an open finding: direct dependency → who asks for it → the component. */
export function whySection(snapshot: Snapshot, { why }: ReportExtras): Section | undefined {
  if (why.length === 0) return undefined;
  const byComponent = new Map<number, Finding[]>();
  for (const finding of snapshot.findings) {
    if (finding.component === undefined || !isOpen(finding)) continue;
    const known = byComponent.get(finding.component);
    if (known === undefined) byComponent.set(finding.component, [finding]);
    else known.push(finding);
  }
  return {
    id: 'why',
    short: 'Why it is here',
    heading: 'Why each component with a finding is here',
    body: joined([
      paragraph('From the left: what the project asks for, who asks for the component, the component.', 'm'),
      joined(why.map((one) => whyBlock(one, snapshot, byComponent.get(one.component) ?? []))),
    ]),
  };
}

function whyBlock(why: WhyHere, snapshot: Snapshot, findings: readonly Finding[]): Markup {
  const component = snapshot.inventory.components[why.component]!;
  const worst = findings[0]?.priority;
  return tag(
    'details',
    {},
    tag(
      'summary',
      {},
      ...(worst === undefined ? [] : [badge(worst), words(' ')]),
      componentName(component),
      words(`: ${inShort(why, snapshot)}`),
    ),
    tag(
      'article',
      { id: `w-${why.component}`, 'aria-label': `${component.name} ${component.version}` },
      joined(why.origins.map((origins) => originsBlock(origins, why.component, snapshot, findings))),
    ),
  );
}

function inShort({ origins }: WhyHere, { inventory }: Snapshot): string {
  if (origins.some(({ direct }) => direct)) return 'the project asks for it itself';
  const through = new Set(origins.flatMap((one) => one.through));
  if (through.size === 0)
    return origins.some(({ edgesKnown }) => !edgesKnown)
      ? 'edges unknown: the file does not say who asks for it'
      : 'nothing that is needed leads to it';
  const all = [...new Set([...through].map((index) => inventory.components[index]!.name))];
  const names = all.slice(0, 2);
  const more = all.length - names.length;
  return `through ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function originsBlock(
  origins: Origins,
  component: number,
  snapshot: Snapshot,
  findings: readonly Finding[],
): Markup {
  const { components } = snapshot.inventory;
  const nameAt = (index: number): Markup => componentName(components[index]!);
  const where = tag(
    'p',
    { class: 'm s' },
    words('In '),
    joined(
      origins.manifests.slice(0, SHOWN).map((path) => tag('code', {}, words(path))),
      ', ',
    ),
    ...(origins.manifests.length > SHOWN
      ? [words(` and ${many(origins.manifests.length - SHOWN, 'more file')}`)]
      : []),
  );
  if (!origins.edgesKnown)
    return joined([where, paragraph('Edges unknown: the file does not say who asks for whom.')]);
  const left = origins.direct ? [...origins.through, component].sort((a, b) => a - b) : origins.through;
  return joined([
    where,
    tag(
      'div',
      { class: 'why' },
      column(
        'Direct dependency',
        left.map((index) => ({ component: index, ranges: [] })),
        'nothing that is needed leads to it',
        snapshot,
        component,
      ),
      column('Who asks for it', origins.askers, 'nobody', snapshot, component),
      tag(
        'div',
        {},
        tag('h3', {}, words('Component')),
        tag('p', {}, nameAt(component)),
        listed(findings.map(findingLink), SHOWN, 'findings', ''),
      ),
    ),
    origins.path.length > 2
      ? tag('p', { class: 's' }, words('A shortest way: '), joined(origins.path.map(nameAt), ' › '))
      : undefined,
  ]);
}

function column(
  heading: string,
  items: readonly Asker[],
  none: string,
  { inventory: { components } }: Snapshot,
  about: number,
): Markup {
  const rest = items.slice(SHOWN).map(({ component }) => plainName(components[component]));
  const beyond = rest.length - FOLDED;
  return tag(
    'div',
    {},
    tag('h3', {}, words(items.length > 1 ? `${heading} (${items.length})` : heading)),
    items.length === 0
      ? tag('p', {}, words(none))
      : tag(
          'ul',
          {},
          ...items.slice(0, SHOWN).map((item) =>
            tag(
              'li',
              {},
              askerWords(item, (index) => componentName(components[index]!)),
            ),
          ),
        ),
    ...(rest.length === 0
      ? []
      : [
          folded(
            words(`${rest.length} more`),
            tag('p', { class: 's' }, named(rest.slice(0, FOLDED).join(', '))),
            ...(beyond > 0
              ? [
                  paragraph(
                    `and ${beyond} more: \`assay why ${shellName(components[about]!.name)}\` names them`,
                    's',
                  ),
                ]
              : []),
          ),
        ]),
  );
}

const plainName = (component: Component | undefined): string =>
  component === undefined ? 'the project itself' : `${component.name} ${component.version}`.trim();

/** A name within our own sentence: what would end the code span, or mean something to a shell, is left to the person. */
const shellName = (name: string): string => (/^[\w@/.:+-]+$/.test(name) ? name : 'NAME');

function askerWords({ component, ranges }: Asker, nameAt: (index: number) => Markup): Markup {
  return joined(
    [
      component === -1 ? words('the project itself') : nameAt(component),
      ...(ranges.length === 0 ? [] : [tag('code', {}, named(ranges.join(' · ')))]),
    ],
    ' ',
  );
}

function findingLink(finding: Finding): Markup {
  return joined(
    [badge(finding.priority), linkTo(anchorOf(finding.fingerprint), words(finding.ids[0] ?? finding.rule))],
    ' ',
  );
}
