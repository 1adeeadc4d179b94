import type { GraphEdge, GraphExport, GraphNode, GraphPart } from '../../../model/graph-export.ts';
import { PRIORITIES } from '../../../model/finding.ts';
import { edgeRange, isMinor, nodeLabel } from '../../graphs/words.ts';
import {
  HEAD_SIZE,
  element,
  filled,
  grouped,
  joined,
  label,
  legend,
  picture,
  rect,
  textWidth,
  words,
  wrapText,
  type Canvas,
  type Markup,
  type Picture,
} from '../svg.ts';
import { layout, type Layout } from './layout.ts';

/** Nodes beyond which nobody reads a drawing. */
export const MOST_DRAWN = 150;

const BOX = 22;
const NARROW = 520;

/**
 * A graph of at most `MOST_DRAWN` nodes: who asks stands left of what is asked for, the project on the left. A swatch with colour and pattern says the most
 * urgent finding, a bold frame what the drawing is around, dashes what is not for production. It is as wide as it is told:
 * names are cut where layers are many, and where nothing telling would be left of them, and below 520 pixels, it is a list, layer by layer.
 */
export function neighbourhood(graph: GraphExport, canvas: Canvas): Picture {
  const wide = canvas.width ?? 960;
  const parts = graph.parts.map((part) => drawn(part, canvas, wide));
  const used = PRIORITIES.filter((level) =>
    graph.parts.some(({ nodes }) => nodes.some(({ worst }) => worst === level)),
  );
  const title = titleOf(graph);
  const body: Markup[] = [];
  let top = 24;
  for (const line of wrapText(title, (wide - 32) / 1.08, HEAD_SIZE, 3)) {
    body.push(label(16, top, line, { bold: true, size: HEAD_SIZE, width: wide - 32 }));
    top += 20;
  }
  top -= 8;
  for (const [at, part] of parts.entries()) {
    const lines = wrapText(captionOf(graph.parts[at]!), wide - 32, 12, 3);
    lines.forEach((line, row) =>
      body.push(label(16, top + 8 + row * 16, line, { tone: 'muted', size: 12, width: wide - 32 })),
    );
    top += (lines.length - 1) * 16;
    body.push(element('g', { transform: `translate(0 ${top + 20})` }, joined(part.markup)));
    top += part.height + 36;
  }
  const key = legend(
    canvas,
    used.map((level) => [level, `worst finding: ${level === 'unknown' ? 'unscored' : level}`] as const),
    16,
    top,
    wide - 32,
  );
  const minor = graph.parts.some(
    ({ edges }, at) => parts[at]!.lines && edges.some(({ kinds }) => isMinor(kinds)),
  );
  const said = [
    'grey: the project itself; blue: a direct dependency',
    ...(minor ? ['dashed: not for production'] : []),
  ].join('; ');
  const notes = wrapText(said, wide - 32, 12, 2).map((line, row) =>
    label(16, top + key.height + 12 + row * 16, line, { tone: 'muted', size: 12, width: wide - 32 }),
  );
  return {
    svg: picture(canvas, {
      title,
      description: graph.parts.map(captionOf).join('; '),
      width: wide,
      height: top + key.height + 8 + notes.length * 16,
      framed: true,
      body: [...body, key.markup, ...notes],
    }),
    table: {
      caption: title,
      columns: ['component', 'kind', 'worst finding', 'asks for'],
      rows: graph.parts.flatMap(({ nodes, edges }) => {
        const asked = byFrom(nodes, edges);
        return nodes.map((node, at) => [
          nodeLabel(node),
          node.kind,
          node.worst ?? '',
          asked[at]!.map((edge) => `${nodeLabel(nodes[edge.to]!)} ${edgeRange(edge)}`.trim()).join(', '),
        ]);
      }),
    },
  };
}

function titleOf({ around, target }: GraphExport): string {
  const name = target.name.slice(target.name.lastIndexOf('/') + 1) || target.name;
  return around === undefined
    ? `What ${name} depends on`
    : `${around.text} in ${name}, ${around.depth} ${around.depth === 1 ? 'step' : 'steps'} around`;
}

function captionOf({ path, nodes, edges, left, edgesKnown }: GraphPart): string {
  const rest = left === 0 ? '' : `, ${grouped(left)} more not drawn`;
  return `${path}: ${grouped(nodes.length)} of its components, ${edgesKnown ? `${grouped(edges.length)} edges` : 'edges unknown'}${rest}`;
}

interface Drawn {
  readonly markup: Markup[];
  readonly height: number;
  /** Edges are lines: it is no list. */
  readonly lines: boolean;
}

/** The least of a box in which a name can be told, in pixels, and of the room between two columns. */
const LEAST_BOX = 120;
const LEAST_GAP = 24;
const MOST_BOX = 240;
/** Of a box in a list. */
const MOST_LISTED = 480;

function drawn(part: GraphPart, canvas: Canvas, width: number): Drawn {
  const { nodes, edges } = part;
  const plan = layout({
    count: nodes.length,
    edges: edges.map(({ from, to }) => [from, to] as const),
    first: new Set(nodes.flatMap(({ kind }, at) => (kind === 'own' ? [at] : []))),
  });
  const wanted = Array.from({ length: plan.columns }, () => 60);
  nodes.forEach((node, at) => {
    const column = plan.layers[at]!;
    wanted[column] = Math.max(
      wanted[column]!,
      Math.min(MOST_BOX, textWidth(nodeLabel(node), 12) * (node.centre ? 1.15 : 1.05) + 18 + swatch(node)),
    );
  });
  // Room after a column for lines to turn: more where many do; after the last for those that come back.
  const turning = Array.from({ length: plan.columns }, () => 0);
  for (const { from, to } of edges) turning[Math.min(plan.layers[from]!, plan.layers[to]!)]!++;
  const gaps = turning.map((count) => Math.min(110, 44 + count * 1.5));
  const room = width - 32;
  const widths = narrowed(wanted, gaps, room);
  if (width < NARROW || widths === undefined) return listed(part, plan, canvas, width);
  const spare = room - sum(widths) - gaps.length * LEAST_GAP;
  const most = sum(gaps) - gaps.length * LEAST_GAP;
  const left: number[] = [];
  let x = 16;
  for (const [column, wide] of widths.entries()) {
    left.push(x);
    x += wide + LEAST_GAP + (gaps[column]! - LEAST_GAP) * Math.min(1, spare / most);
  }
  const right = (column: number): number => left[column]! + widths[column]!;
  const lines = edges.map((edge, at) => {
    const { from, to } = edge;
    const back = plan.layers[from]! > plan.layers[to]!;
    const [a, b] = back ? [to, from] : [from, to];
    const points: [number, number][] = [[right(plan.layers[a]!), plan.rows[a]!]];
    for (const [column, row] of plan.bends[at]!) points.push([left[column]!, row], [right(column), row]);
    points.push([left[plan.layers[b]!]!, plan.rows[b]!]);
    // Two nodes of a layer: out to the right and back again.
    const path =
      plan.layers[a] === plan.layers[b]
        ? loop(right(plan.layers[a]!), right(plan.layers[b]!), plan.rows[a]!, plan.rows[b]!)
        : smooth(points);
    return line(edge, path, nodes, back);
  });
  return {
    markup: [
      ...lines,
      ...nodes.flatMap((node, at) =>
        box(left[plan.layers[at]!]!, plan.rows[at]! - BOX / 2, widths[plan.layers[at]!]!, node, canvas),
      ),
    ],
    height: plan.height + 8,
    lines: true,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * How wide each column's boxes may be so that all fit into `room` with what is between them: gaps give first, then the widest boxes, alike.
 * `undefined` when names would be cut to what tells nothing.
 */
function narrowed(wanted: readonly number[], gaps: readonly number[], room: number): number[] | undefined {
  if (sum(wanted) + sum(gaps) <= room) return [...wanted];
  const boxes = room - gaps.length * LEAST_GAP;
  let left = boxes;
  let most = Infinity;
  // From the narrowest up: each takes what it wants, or its share of what is left.
  for (const [at, width] of [...wanted].sort((a, b) => a - b).entries()) {
    const share = left / (wanted.length - at);
    if (width > share) {
      most = share;
      break;
    }
    left -= width;
  }
  return most < LEAST_BOX ? undefined : wanted.map((width) => Math.min(width, most));
}

function line(edge: GraphEdge, path: string, nodes: readonly GraphNode[], back: boolean): Markup {
  const range = edgeRange(edge);
  const centre = nodes[edge.from]!.centre === true || nodes[edge.to]!.centre === true;
  return element(
    'path',
    {
      d: path,
      class: centre ? 'p-s-exclusive' : 'p-s-rule',
      'stroke-width': centre ? 1.6 : undefined,
      'stroke-dasharray': isMinor(edge.kinds) ? '4 3' : back ? '1 3' : undefined,
    },
    element(
      'title',
      {},
      words(`${nodeLabel(nodes[edge.from]!)} asks for ${nodeLabel(nodes[edge.to]!)} ${range}`.trim()),
    ),
  );
}

/** Through the points from left to right, flat at each. */
function smooth(points: readonly (readonly [number, number])[]): string {
  let path = `M${tenth(points[0]![0])} ${tenth(points[0]![1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const middle = (x0 + x1) / 2;
    path +=
      y0 === y1
        ? `H${tenth(x1)}`
        : `C${tenth(middle)} ${tenth(y0)} ${tenth(middle)} ${tenth(y1)} ${tenth(x1)} ${tenth(y1)}`;
  }
  return path;
}

const loop = (x0: number, x1: number, y0: number, y1: number): string =>
  `M${tenth(x0)} ${tenth(y0)}C${tenth(x0 + 28)} ${tenth(y0)} ${tenth(x1 + 28)} ${tenth(y1)} ${tenth(x1)} ${tenth(y1)}`;

const tenth = (value: number): number => Math.round(value * 10) / 10;

const swatch = ({ worst }: GraphNode): number => (worst === undefined ? 0 : 20);

function box(x: number, y: number, width: number, node: GraphNode, canvas: Canvas): Markup[] {
  const more = swatch(node);
  return [
    rect(x, y, width, BOX, {
      rx: node.kind === 'own' ? 0 : 4,
      class: node.kind === 'own' ? 'p-none p-o' : node.kind === 'direct' ? 'p-shared p-so' : 'p-paper p-o',
      'stroke-width': node.centre ? 3 : undefined,
    }),
    ...(node.worst === undefined ? [] : [rect(x + 4, y + 4, 14, BOX - 8, filled(canvas, node.worst))]),
    label(x + 8 + more, y + 15, nodeLabel(node), {
      size: 12,
      width: width - 14 - more,
      keep: 'end',
      bold: node.centre === true,
    }),
  ];
}

/** Layer by layer, each node with who asks for it. */
function listed({ nodes, edges }: GraphPart, plan: Layout, canvas: Canvas, width: number): Drawn {
  const order = nodes
    .map((_, at) => at)
    .sort((a, b) => plan.layers[a]! - plan.layers[b]! || plan.rows[a]! - plan.rows[b]!);
  const askers: string[][] = nodes.map(() => []);
  for (const { from, to } of edges) askers[to]!.push(nodes[from]!.name);
  const markup: Markup[] = [];
  let y = 0;
  for (const at of order) {
    const indent = 16 + Math.min(5, plan.layers[at]!) * 12;
    markup.push(...box(indent, y, Math.min(MOST_LISTED, width - 16 - indent), nodes[at]!, canvas));
    const who = askers[at]!;
    if (who.length > 0) {
      markup.push(
        label(indent + 8, y + 36, `asked for by ${who.join(', ')}`, {
          tone: 'muted',
          size: 12,
          width: width - 32 - indent,
        }),
      );
      y += 18;
    }
    y += BOX + 6;
  }
  return { markup, height: y, lines: false };
}

function byFrom(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphEdge[][] {
  const found: GraphEdge[][] = nodes.map(() => []);
  for (const edge of edges) found[edge.from]!.push(edge);
  return found;
}
