import { grouped } from '../../../documents/common/words.ts';
import {
  nameOf,
  situation,
  throughWords,
  unknownWords,
  wants,
  waysTitle,
} from '../../../documents/why/words.ts';
import { usageWords } from '../../../documents/usage/words.ts';
import type { Why, WhyAsker, WhyComponent, WhyDirect, WhyPlace, WhyWay } from '../../../model/why.ts';
import { wrap } from '../help.ts';
import { priorityLabel, some, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** Why components of a name are here, version by version and file by file. Ends with a newline. */
export function explainedReport(why: Why, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const lines = [
    ...headline(why, style, width),
    ...usageLines(why, width),
    ...why.components.flatMap((component) => ['', ...componentLines(component, style, width, options.all)]),
    ...otherLines(why, width),
  ];
  return `${lines.join('\n')}\n`;
}

function headline(why: Why, style: Style, width: number): string[] {
  const { asked, components, target, near, lost, otherVersions } = why;
  if (components.length > 0) {
    const places = new Set(components.flatMap((component) => component.places.map(({ path }) => path))).size;
    const versions = components.length === 1 ? '1 version' : `${components.length} versions`;
    return wrap(
      printable(
        `${asked.text} in ${target.name}: ${versions}, in ${places === 1 ? '1 file' : `${places} files`}`,
      ),
      width,
    ).map(style.bold);
  }
  const lines = wrap(printable(`${asked.text} is not in ${target.name}`), width).map(style.bold);
  if (otherVersions.length > 0)
    lines.push(...wrap(printable(`${asked.name} is here as ${some(otherVersions, 6)}`), width));
  if (near.length > 0) lines.push(...wrap(printable(`did you mean ${near.join(', ')}?`), width));
  if (lost) lines.push('some files could not be read, so it may be there: see `assay scan`');
  return lines;
}

/** What code says of each name; told apart by ecosystem when there are several. */
function usageLines({ usage }: Why, width: number): string[] {
  if (usage === undefined) return [];
  return usage.names.flatMap((one) => {
    const about = usage.names.length === 1 ? '' : `${one.name} (${one.ecosystem}): `;
    return wrap(printable(`${about}${usageWords(one, usage.code)}`), width);
  });
}

function otherLines({ otherVersions, components, asked }: Why, width: number): string[] {
  if (components.length === 0 || otherVersions.length === 0) return [];
  return ['', ...wrap(printable(`not in ${asked.range}: ${asked.name} ${some(otherVersions, 6)}`), width)];
}

function componentLines(component: WhyComponent, style: Style, width: number, all: boolean): string[] {
  const { places, findings } = component;
  const most = all ? Infinity : 3;
  const shownFindings = findings.slice(0, most);
  const shown = places.slice(0, all ? Infinity : 6);
  return [
    style.bold(printable(nameOf(component))),
    ...shownFindings.flatMap(({ id, priority, title }) => {
      const [first, ...rest] = wrap(printable(`${id}  ${title}`), width - 12);
      return [
        `  ${priorityLabel(priority, style)} ${first!}`,
        ...rest.slice(0, 1).map((line) => `            ${line}`),
      ];
    }),
    ...more(findings.length - shownFindings.length, 'finding', style),
    ...shown.flatMap((place) => placeLines(place, style, width, all)),
    ...more(places.length - shown.length, 'file', style),
  ];
}

function placeLines(place: WhyPlace, style: Style, width: number, all: boolean): string[] {
  const most = all ? Infinity : 12;
  const at = `${place.path}${place.line === undefined ? '' : `:${place.line}`}`;
  const lines = wrap(printable(`${at}  ${situation(place)}`), width - 4).map(
    (line, i) => `  ${i === 0 ? '' : '  '}${style.dim(line)}`,
  );
  const unknown = unknownWords(place);
  if (unknown !== undefined) lines.push(...wrap(unknown, width - 4).map((line) => `    ${line}`));
  const askers = place.askers.slice(0, most);
  const left = Math.min(44, Math.max(0, ...askers.map((asker) => nameOf(asker).length)) + 2);
  const middle = Math.min(24, Math.max(0, ...askers.map((asker) => wants(asker).length)) + 2);
  for (const asker of askers) lines.push(...askerLines(asker, place.directs, left, middle, width, all));
  lines.push(...more(place.askers.length - askers.length, 'asker', style));
  if (place.ways.some(({ nodes }) => nodes.length > 2)) {
    lines.push(`    ${waysTitle(place)}`);
    for (const way of place.ways)
      lines.push(
        ...wrap(printable(wayWords(way)), width - 8).map((line, i) => `      ${i === 0 ? '' : '  '}${line}`),
      );
  }
  return lines;
}

function askerLines(
  asker: WhyAsker,
  directs: readonly WhyDirect[],
  left: number,
  middle: number,
  width: number,
  all: boolean,
): string[] {
  const through = throughWords(asker, directs, all ? Infinity : 3);
  const head = printable(`${nameOf(asker).padEnd(left - 2)}  ${wants(asker).padEnd(middle - 2)}  `);
  // What finds no room beside the columns stands below them.
  if (through.length <= width - 4 - head.length) return [`    ${head}${printable(through)}`];
  return [`    ${head.trimEnd()}`, ...wrap(printable(through), width - 8).map((line) => `        ${line}`)];
}

const wayWords = ({ nodes }: WhyWay): string =>
  nodes.map((node, index) => (index === 0 && nodes.length > 1 ? node.name : nameOf(node))).join(' → ');

const more = (count: number, what: string, style: Style): string[] =>
  count > 0
    ? [style.dim(`    and ${grouped(count)} more ${what}${count === 1 ? '' : 's'}: --all shows them`)]
    : [];
