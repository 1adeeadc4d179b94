import type { Cost, Freeing } from '../../model/cost.ts';
import type { Snapshot } from '../../model/result.ts';
import { caveats, grouped } from '../common/words.ts';
import { code, plain, sentence } from '../markdown/escape.ts';
import { withCopies, type WithCopies } from './copies.ts';
import { bringsIn, many, openWords, restsOn } from './words.ts';

/** Rows of one manifest; the line after them counts the rest. */
const MOST_ROWS = 20;

/** For a pull request or a wiki: a table for each manifest whose edges are known, a line for each other; copies are named where the first is told. */
export function costMarkdown(snapshot: Snapshot, cost: Cost): string {
  const files = withCopies(cost.manifests);
  const drawn = files.filter(
    ({ manifest: { edgesKnown, total, directs } }) => edgesKnown && total.components > directs.length,
  );
  const rest = files.filter((file) => !drawn.includes(file));
  const sections = [
    `### What the direct dependencies of ${plain(snapshot.target.name)} cost`,
    ...(cost.freeing ?? []).map((one) => freed(snapshot, one)),
    ...(cost.freeing === undefined ? drawn.map(section) : []),
    ...(cost.freeing === undefined && rest.length > 0 ? [others(rest)] : []),
    ['#### What this rests on', '', ...caveats(snapshot).map((text) => `- ${sentence(text)}`)].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Empty, or the paths of the copies, as a sentence. */
const sameAs = (copies: readonly string[]): string =>
  copies.length === 0 ? '' : ` The same in ${copies.map((path) => code(path)).join(', ')}.`;

function section({ manifest, copies }: WithCopies): string {
  const { directs, workspace, path } = manifest;
  const rows = directs.slice(0, MOST_ROWS).map(({ name, version, goes, shares }) => {
    const cells = [
      code(`${name} ${version}`.trim()),
      grouped(goes.components),
      grouped(shares.components),
      openWords(goes),
      goes.installScripts === undefined ? '?' : grouped(goes.installScripts),
      grouped(goes.deprecated),
    ];
    // A code span does not protect a `|` inside a table.
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const left = directs.slice(MOST_ROWS);
  return [
    `#### ${workspace === undefined ? '' : `${code(workspace)} in `}${code(path)}`,
    '',
    `${bringsIn(manifest)}.${sameAs(copies)}`,
    '',
    '| direct dependency | goes with it | shared | open in what goes | scripts | deprecated |',
    '|---|--:|--:|---|--:|--:|',
    ...rows,
    ...(left.length === 0
      ? []
      : [
          '',
          `… and ${grouped(left.length)} more; ${many(
            left.reduce((sum, { goes }) => sum + goes.components, 0),
            'component goes',
            'components go',
          )} with them.`,
        ]),
    ...restsOn(manifest).flatMap((text) => ['', sentence(text)]),
  ].join('\n');
}

function others(rest: readonly WithCopies[]): string {
  return [
    '#### Other files',
    '',
    ...rest.map(
      ({ manifest: { path, total, edgesKnown }, copies }) =>
        `- ${code(path)}: ${many(total.components, 'component')}, ${edgesKnown ? 'all of them direct' : 'edges unknown'}${copies.length === 0 ? '' : `.${sameAs(copies)}`}`,
    ),
  ].join('\n');
}

function freed(
  { inventory }: Snapshot,
  { component, manifest, answer, directs, goes, orphans }: Freeing,
): string {
  const { name, version } = inventory.components[component]!;
  const head = `#### ${code(`${name} ${version}`.trim())} in ${code(manifest)}`;
  const answers: Readonly<Record<Freeing['answer'], readonly string[]>> = {
    own: ['It is the repository’s own.'],
    unknown: ['Edges unknown: this kind of file does not say who asks for whom.'],
    'held-by-orphans': [
      `No set of direct dependencies frees it for sure: held by ${orphans.map((purl) => code(purl)).join(', ')}.`,
    ],
    freed: [
      `Goes when all of these go, ${many(goes, 'component')} in all:`,
      '',
      ...directs.map((direct) => `- ${code(`${direct.name} ${direct.version}`.trim())}`),
    ],
  };
  return [head, '', ...answers[answer]].join('\n');
}
