import type { Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { ageInDays, grouped } from '../common/words.ts';
import type { Section } from './page.ts';
import { cell, dataTable, folded, longTable, paragraph, sentence } from './pieces.ts';

/** Which licences are declared, how often, and where none is. */
export function licencesSection({ inventory }: Snapshot): Section | undefined {
  const counts = new Map<string, { count: number; examples: string[] }>();
  let dependencies = 0;
  for (const { licences, origin, name } of inventory.components) {
    if (origin === 'project' || origin === 'workspace') continue;
    dependencies++;
    for (const licence of licences.length === 0 ? [''] : licences) {
      const known = counts.get(licence) ?? { count: 0, examples: [] };
      known.count++;
      if (known.examples.length < 3) known.examples.push(name);
      counts.set(licence, known);
    }
  }
  if (dependencies === 0) return undefined;
  const rows = [...counts]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([licence, { count, examples }]) => [
      licence === '' ? 'not declared in any file that was read' : licence,
      count,
      `${examples.join(', ')}${count > examples.length ? ', …' : ''}`,
    ]);
  return {
    id: 'licences',
    short: 'Licences',
    heading: 'Licences',
    body: dataTable({
      caption: 'Licences as declared',
      columns: ['Licence', 'Components', 'For example'],
      rows,
    }),
  };
}

export function decisionsSection({ decisions }: Snapshot): Section | undefined {
  if (decisions.length === 0) return undefined;
  const rows = decisions.map(({ decision, state, findings }) => {
    const { about, source } = decision;
    const what = [...about.advisories, ...(about.component === undefined ? [] : [about.component])];
    return [
      what.length === 0 ? decision.id : what.join(', '),
      state.replaceAll('-', ' '),
      decision.status.replaceAll('_', ' '),
      decision.reason === '' ? 'no reason given' : decision.reason,
      decision.by === '' ? 'not said' : decision.by,
      decision.expires === undefined ? 'never' : decision.expires.slice(0, 10),
      findings.length,
      `${source.path}${source.line === undefined ? '' : `:${source.line}`}`,
    ];
  });
  return {
    id: 'decisions',
    short: 'Decisions',
    heading: 'Decisions',
    body: dataTable({
      caption: 'What people decided about findings',
      columns: ['About', 'State', 'Status', 'Reason', 'By', 'Ends', 'Findings', 'Where'],
      rows,
    }),
  };
}

/** What was not read first, then what is worth knowing. */
export function problemsSection({ problems }: Snapshot): Section | undefined {
  if (problems.length === 0) return undefined;
  const sorted = [...problems].sort((a, b) => Number(b.lost ?? false) - Number(a.lost ?? false));
  return {
    id: 'problems',
    short: 'Problems of input',
    heading: 'Could not be read, or worth knowing',
    body: longTable({
      id: 'problems-list',
      caption: 'Problems of input',
      columns: ['Kind', 'Where', 'What', 'Code'],
      widths: ['h0', 'h1', 'h2', 'h3'],
      rows: sorted.map(({ code, message, at, hint, lost }) =>
        tag(
          'tr',
          {},
          tag('th', { scope: 'row' }, lost === true ? tag('b', {}, words('not read')) : words('note')),
          cell(words(at === undefined ? '' : at.line === undefined ? at.path : `${at.path}:${at.line}`)),
          tag(
            'td',
            { class: 'w' },
            sentence(message),
            ...(hint === undefined ? [] : [words('; '), sentence(hint)]),
          ),
          cell(tag('code', {}, words(code))),
        ),
      ),
    }),
  };
}

/** Which data the report rests on, and how old it is. What could not be held against it stands with the result. */
export function sourcesSection(snapshot: Snapshot): Section {
  const { sources, kevDate, epssDate } = snapshot.knowledge;
  const aged = (date: string): readonly string[] => {
    const age = ageInDays(date, snapshot.takenAt);
    return [
      date.slice(0, 10),
      age === undefined ? 'not known' : `${grouped(age)} ${age === 1 ? 'day' : 'days'}`,
    ];
  };
  const rows = [
    ...sources.map(({ ecosystem, advisories, newest, kind, from }) => [
      ecosystem,
      advisories,
      ...aged(newest),
      kind === 'starter' ? 'starter set: landmarks only' : from,
    ]),
    ...(kevDate === undefined ? [] : [['known exploited vulnerabilities', '', ...aged(kevDate), '']]),
    ...(epssDate === undefined ? [] : [['exploit predictions (EPSS)', '', ...aged(epssDate), '']]),
  ];
  return {
    id: 'sources',
    short: 'What this rests on',
    heading: 'What this rests on',
    body: joined([
      sources.length === 0 ? paragraph('No advisories are installed: nothing was checked.') : undefined,
      rows.length === 0
        ? undefined
        : dataTable({
            caption: 'Advisories',
            columns: ['What', 'Advisories', 'Newest', 'Age', 'From'],
            rows,
          }),
      filesTable(snapshot),
    ]),
  };
}

/** Files shown in the open; a longer list is folded. */
const FILES = 20;

function filesTable({ inventory: { manifests } }: Snapshot): Markup {
  if (manifests.length === 0) return paragraph('No manifest or lockfile was read.');
  const table = dataTable({
    caption: 'Files that were read',
    columns: ['File', 'Read as', 'Components', 'Edges', 'Who asks for whom'],
    rows: manifests.map(({ path, extractor, occurrences, targets, edgesKnown }) => [
      path,
      extractor,
      occurrences.length,
      targets.length,
      edgesKnown ? 'known' : 'not stated',
    ]),
  });
  return manifests.length <= FILES
    ? table
    : folded(words(`The ${grouped(manifests.length)} files that were read`), table);
}
