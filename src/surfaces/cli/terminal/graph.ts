import { grouped } from '../../../documents/common/words.ts';
import type { GraphExport, GraphPart } from '../../../model/graph-export.ts';
import { wrap } from '../help.ts';
import { priorityLabel, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** What the graph holds, and what holds most of it: a picture in words. Ends with a newline. */
export function graphReport(graph: GraphExport, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const around = graph.around === undefined ? '' : `, ${graph.around.depth} around ${graph.around.text}`;
  const telling = graph.parts
    .filter(({ edges, edgesKnown }) => edges.length > 0 || !edgesKnown)
    .sort((a, b) => b.nodes.length - a.nodes.length || (a.path < b.path ? -1 : 1));
  // A workflow and the like says only what it uses itself: of several files those say least.
  const ordered = [...telling, ...graph.parts.filter((part) => !telling.includes(part))];
  const shown = ordered.slice(0, options.all ? Infinity : Math.max(1, Math.min(8, telling.length)));
  const lines = [
    ...wrap(printable(`${graph.target.name}: ${count(graph.parts.length, 'graph')}${around}`), width).map(
      style.bold,
    ),
    ...shown.flatMap((part) => ['', ...partLines(part, style, width, options.all ? Infinity : 8)]),
    ...(shown.length < graph.parts.length
      ? [
          '',
          style.dim(
            `and ${count(graph.parts.length - shown.length, 'more graph')}${shown.length < telling.length ? '' : ' without edges'}: --all shows them`,
          ),
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function partLines(
  { path, nodes, edges, edgesKnown, left }: GraphPart,
  style: Style,
  width: number,
  most: number,
): string[] {
  const directs = nodes.filter(({ kind }) => kind === 'direct').length;
  const orphans = nodes.filter(({ kind }) => kind === 'orphan').length;
  const facts = [
    `${count(nodes.length, 'node')} (${grouped(directs)} direct${orphans === 0 ? '' : `, ${grouped(orphans)} left over`})`,
    edgesKnown ? count(edges.length, 'edge') : 'edges unknown: the file does not say who asks for whom',
    ...(left === 0 ? [] : [`${grouped(left)} more are further away`]),
  ];
  const holding = nodes
    .filter(({ kind, holds }) => kind !== 'own' && holds > 1)
    .sort((a, b) => b.holds - a.holds || (a.purl < b.purl ? -1 : 1))
    .slice(0, most);
  const bad = nodes.filter(({ worst }) => worst === 'critical' || worst === 'high').slice(0, most);
  return [
    ...wrap(printable(`${path}: ${facts.join(', ')}`), width),
    ...holding.map(({ name, version, holds }) =>
      printable(
        `  ${`${name} ${version}`.padEnd(44)} holds ${grouped(holds - 1)} that ${holds === 2 ? 'goes' : 'go'} with it`,
      ),
    ),
    ...bad.map(
      ({ name, version, worst, findings }) =>
        `  ${priorityLabel(worst!, style)} ${printable(`${name} ${version}`)}: ${count(findings, 'open finding')}`,
    ),
  ];
}

const count = (number: number, one: string): string => `${grouped(number)} ${one}${number === 1 ? '' : 's'}`;
