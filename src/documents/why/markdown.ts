import type { Why, WhyComponent, WhyPlace, WhyWay } from '../../model/why.ts';
import { grouped } from '../common/words.ts';
import { code, plain } from '../markdown/escape.ts';
import { usageWords } from '../usage/words.ts';
import { nameOf, situation, throughWords, unknownWords, wants, waysTitle } from './words.ts';

/** Rows of one table and files of one version; what is beyond is counted. */
const MOST_ASKERS = 20;
const MOST_PLACES = 10;

/** The answer for an issue or a pull request: a heading for each version, a table of askers for each file, the shortest ways folded away. */
export function whyMarkdown(why: Why): string {
  const { asked, target, components, otherVersions, near, lost, usage } = why;
  const lines =
    components.length > 0
      ? [`### Why ${code(asked.text)} is in ${plain(target.name)}`]
      : [
          `### ${code(asked.text)} is not in ${plain(target.name)}`,
          ...(near.length === 0 ? [] : [`Did you mean ${near.map(code).join(', ')}?`]),
          ...(lost ? ['Some files could not be read, so it may be there.'] : []),
        ];
  const used = (usage?.names ?? []).map(
    (one) => `${code(one.name)} (${one.ecosystem}): ${plain(usageWords(one, usage!.code))}.`,
  );
  return `${[...lines, ...used, ...components.flatMap(section), ...otherLines(asked.range, otherVersions)].join('\n\n')}\n`;
}

function otherLines(range: string | undefined, versions: readonly string[]): string[] {
  if (versions.length === 0) return [];
  return [`Not in ${code(range ?? '')}: ${versions.map(code).join(', ')}.`];
}

function section(component: WhyComponent): string[] {
  const { places, findings } = component;
  const shown = places.slice(0, MOST_PLACES);
  return [
    `#### ${code(nameOf(component))}`,
    ...(findings.length === 0
      ? []
      : [
          findings
            .map(
              ({ id, priority, title }) =>
                `- **${priority === 'unknown' ? 'unscored' : priority}** ${plain(id)}: ${plain(title)}`,
            )
            .join('\n'),
        ]),
    ...shown.flatMap(placeLines),
    ...(places.length > shown.length
      ? [`… and ${grouped(places.length - shown.length)} more files: see the JSON report.`]
      : []),
  ];
}

function placeLines(place: WhyPlace): string[] {
  const { path, line, askers, directs, ways } = place;
  const at = `${path}${line === undefined ? '' : `:${line}`}`;
  const unknown = unknownWords(place);
  const rows = askers.slice(0, MOST_ASKERS).map((asker) => {
    const cells = [
      inCell(code(nameOf(asker))),
      inCell(code(wants(asker))),
      plain(throughWords(asker, directs, 5)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const left = askers.length - rows.length;
  return [
    `${code(at)}: ${plain(situation(place))}${unknown === undefined ? '' : `; ${plain(unknown)}`}`,
    ...(rows.length === 0 ? [] : [['| who asks | wants | is here |', '|---|---|---|', ...rows].join('\n')]),
    ...(left > 0 ? [`… and ${grouped(left)} more who ask: see the JSON report.`] : []),
    ...(ways.some(({ nodes }) => nodes.length > 2)
      ? [
          `<details><summary>${plain(waysTitle(place))}</summary>\n\n${ways.map((way) => `- ${wayWords(way)}`).join('\n')}\n\n</details>`,
        ]
      : []),
  ];
}

const wayWords = ({ nodes }: WhyWay): string =>
  nodes.map((node, at) => code(at === 0 ? node.name : nameOf(node))).join(' → ');

/** A code span does not protect a bar inside a table. */
const inCell = (text: string): string => text.replaceAll('|', '\\|');
