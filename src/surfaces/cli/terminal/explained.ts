import { grouped } from '../../../documents/common/words.ts';
import type {
  Why,
  WhyAsker,
  WhyComponent,
  WhyDirect,
  WhyNode,
  WhyPlace,
  WhyWay,
} from '../../../model/why.ts';
import { wrap } from '../help.ts';
import { priorityLabel, some, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** Why components of a name are here, version by version and file by file. Ends with a newline. */
export function explainedReport(why: Why, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const lines = [
    ...headline(why, style, width),
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
  if (!place.edgesKnown) {
    const own = place.direct === 'yes' ? 'declared by the project' : 'who asks for it is not known';
    return [...lines, `    edges unknown: this file does not say who asks for whom; ${own}`];
  }
  if (place.orphan)
    lines.push(
      ...wrap(
        'nothing that the project needs leads to it: left over in the file, or its asker is not recorded',
        width - 4,
      ).map((line) => `    ${line}`),
    );
  const askers = place.askers.slice(0, most);
  const left = Math.min(36, Math.max(0, ...askers.map((asker) => nameOf(asker).length)) + 2);
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

function situation({ direct, scopes, askers, directs, edgesKnown }: WhyPlace): string {
  const use =
    scopes.length === 0 ? 'use not known' : scopes.includes('prod') ? 'production' : scopes.join('+');
  const words = [
    use,
    direct === 'yes' ? 'direct' : direct === 'no' ? 'transitive' : 'direct or not: unknown',
  ];
  const others = askers.filter(({ own }) => !own).length;
  if (edgesKnown && others > 0)
    words.push(
      `${grouped(others)} ${others === 1 ? 'asks' : 'ask'} for it, through ${grouped(directs.length)} direct`,
    );
  return words.join(', ');
}

function askerLines(
  asker: WhyAsker,
  directs: readonly WhyDirect[],
  left: number,
  middle: number,
  width: number,
  all: boolean,
): string[] {
  const through = asker.own
    ? 'declared'
    : asker.via.length === 0
      ? 'nothing else leads there'
      : `through ${some(
          asker.via.map((index) => directs[index]!.name),
          all ? Infinity : 3,
        )}`;
  const self = asker.via.length === 1 && directs[asker.via[0]!]!.purl === asker.purl;
  const name = nameOf(asker);
  const text = `${name.padEnd(left - 2)}  ${wants(asker).padEnd(middle - 2)}  ${self ? 'direct' : through}`;
  return wrapColumns(printable(text), width - 4).map((line, i) => `    ${i === 0 ? '' : '  '}${line}`);
}

/** `wrap` would take columns apart: only what is too long is wrapped. */
const wrapColumns = (text: string, width: number): string[] =>
  text.length <= width ? [text] : wrap(text.replace(/ {2,}/g, '  '), width - 2);

const wants = ({ ranges, kinds, outside }: WhyAsker): string => {
  const kind = kinds.includes('prod') || kinds.length === 0 ? '' : ` (${kinds.join('+')})`;
  return `${ranges.length === 0 ? 'asks' : ranges.join(' || ')}${kind}${outside.length === 0 ? '' : ' (overridden)'}`;
};

function waysTitle({ ways, count, waysComplete }: WhyPlace): string {
  const all = countWords(count);
  if (String(ways.length) === count.ways)
    return ways.length === 1 ? 'the only way' : `all ${ways.length} ways`;
  const given = waysComplete ? '' : ' (the search for more was given up)';
  return `the ${ways.length === 1 ? 'shortest' : `${ways.length} shortest`} of ${all} ways${given}`;
}

/** `1,234`, `at least 2,000`, `about 3.2 × 10^25`. */
export function countWords({ ways, exact }: WhyPlace['count']): string {
  const figure =
    ways.length <= 12
      ? ways.replace(/\B(?=(\d{3})+$)/g, ',')
      : `about ${ways[0]!}.${ways[1]!} × 10^${ways.length - 1}`;
  return exact ? figure : `at least ${figure.replace('about ', '')}`;
}

const wayWords = ({ nodes }: WhyWay): string =>
  nodes.map((node, index) => (index === 0 && nodes.length > 1 ? node.name : nameOf(node))).join(' → ');

const nameOf = ({ name, version, ...rest }: WhyNode & { readonly requested?: string }): string =>
  `${name} ${version === '' ? (rest.requested ?? '(not locked)') : version}`.trim();

const more = (count: number, what: string, style: Style): string[] =>
  count > 0
    ? [style.dim(`    and ${grouped(count)} more ${what}${count === 1 ? '' : 's'}: --all shows them`)]
    : [];
