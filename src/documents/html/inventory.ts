import type { Finding } from '../../model/finding.ts';
import type { Component } from '../../model/component.ts';
import type { Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { placesOf, scopesOf } from '../common/occurrences.ts';
import type { Placed } from '../common/occurrences.ts';
import { grouped } from '../common/words.ts';
import { anchorOf } from './actions.ts';
import type { Section } from './page.ts';
import {
  cell,
  componentName,
  filterForm,
  keyword,
  linkTo,
  longTable,
  paragraph,
  priorityWord,
} from './pieces.ts';
import { isOpen, many } from './verdict.ts';

/** Every component, by purl as in the other formats. */
export function inventorySection(snapshot: Snapshot): Section {
  const { components } = snapshot.inventory;
  const places = placesOf(snapshot.inventory);
  const open = new Map<number, Finding[]>();
  for (const finding of snapshot.findings)
    if (finding.component !== undefined && isOpen(finding)) {
      const known = open.get(finding.component);
      if (known === undefined) open.set(finding.component, [finding]);
      else known.push(finding);
    }
  const uses = components.map((component, index) => useOf(component, places[index]!));
  const ecosystems = [...new Set(components.map(({ ecosystem }) => ecosystem))].sort();
  return {
    id: 'inventory',
    short: 'Inventory',
    heading: 'Inventory',
    body:
      components.length === 0
        ? paragraph('Nothing was found.')
        : joined([
            filterForm('inventory-list', 'Inventory', [
              {
                name: 'e',
                label: 'Ecosystem',
                values: ecosystems.map((ecosystem) => [keyword(ecosystem), ecosystem]),
              },
              {
                name: 's',
                label: 'Used in',
                values: [...new Set(uses.flat())].sort().map((use) => [keyword(use), use]),
              },
              {
                name: 'o',
                label: 'Findings',
                values:
                  open.size === 0
                    ? []
                    : [
                        ['open', 'with open ones'],
                        ['none', 'without'],
                      ],
              },
            ]),
            onPaper(
              components.length,
              longTable({
                id: 'inventory-list',
                caption: 'Components',
                columns: ['Component', 'Ecosystem', 'Used in', 'Licence', 'Open findings', 'Where'],
                widths: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'],
                rows: components.map((component, index) =>
                  row(component, uses[index]!, open.get(index) ?? [], places[index]!, ecosystems.length > 1),
                ),
              }),
            ),
          ]),
  };
}

/** `several`: there is more than one ecosystem, and so a filter for it. */
/** More components than this fill sheet after sheet that nobody reads. */
const MOST_ON_PAPER = 200;

function onPaper(count: number, table: Markup): Markup {
  if (count <= MOST_ON_PAPER) return table;
  const left = `The ${grouped(count)} components are left out on paper: the page lists them, and so does the SBOM.`;
  return joined([tag('p', { class: 'paper' }, words(left)), tag('div', { class: 'long' }, table)]);
}

function row(
  component: Component,
  uses: readonly string[],
  findings: readonly Finding[],
  places: readonly Placed[],
  several: boolean,
): Markup {
  return tag(
    'tr',
    {
      'data-e': several ? keyword(component.ecosystem) : undefined,
      'data-s': uses.map(keyword).join(' '),
      'data-o': findings.length === 0 ? 'none' : 'open',
    },
    tag('th', { scope: 'row' }, componentName(component), ...remarks(component)),
    cell(words(component.ecosystem)),
    cell(words(uses.join(', '))),
    cell(words(component.licences.join('; '))),
    cell(findingCell(findings)),
    cell(words(whereWords(places))),
  );
}

/** Up to two findings by name, the rest counted. */
function findingCell(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return joined([]);
  const [first] = findings;
  const more = findings.length - 1;
  return joined([
    linkTo(anchorOf(first!.fingerprint), words(priorityWord(first!.priority))),
    ...(more > 0 ? [words(` and ${more} more`)] : []),
  ]);
}

function remarks({ deprecated, hasInstallScript, origin }: Component): Markup[] {
  const notes = [
    ...(origin === 'registry' || origin === 'unknown' ? [] : [origin]),
    ...(hasInstallScript === true ? ['install script'] : []),
    ...(deprecated === undefined ? [] : [`deprecated${deprecated === '' ? '' : `: ${deprecated}`}`]),
  ];
  return notes.length === 0 ? [] : [tag('span', { class: 'm' }, words(` ${notes.join('; ')}`))];
}

/** Scopes in words people use, and `direct` when the project asks for it itself. */
function useOf({ origin }: Component, places: readonly Placed[]): readonly string[] {
  if (origin === 'project' || origin === 'workspace') return ['own'];
  const scopes = scopesOf(places);
  const use =
    scopes.includes('prod') || scopes.includes('peer')
      ? 'production'
      : scopes.length === 0
        ? 'not known'
        : scopes.includes('optional')
          ? 'optional'
          : 'development';
  return places.some(({ occurrence }) => occurrence.direct === 'yes') ? [use, 'direct'] : [use];
}

function whereWords(places: readonly Placed[]): string {
  const [first] = places;
  if (first === undefined) return '';
  const { manifest, occurrence } = first;
  const at = occurrence.line > 0 ? `${manifest.path}:${occurrence.line}` : manifest.path;
  return places.length === 1 ? at : `${at} and ${many(places.length - 1, 'more place')}`;
}
