import {
  element,
  filled,
  fitText,
  grouped,
  joined,
  label,
  legend,
  linked,
  picture,
  rect,
  textWidth,
  words,
} from './svg.ts';
import type { Canvas, DataTable, Fill, Markup, Picture } from './svg.ts';
import { readableCells, type Area } from './treemap-layout.ts';

/** One cell: a component with all that goes with it, or several that belong together. */
export interface TreemapItem {
  readonly name: string;
  /** `name` with the version, for the tooltip and the table. */
  readonly fullName: string;
  /** Components in it, itself counted. */
  readonly size: number;
  /** How many of them have which worst open finding; most urgent first, those without any left out. */
  readonly states: readonly (readonly [fill: Fill, count: number])[];
  /** Open findings in it, in words: `2 high, 1 low`; empty without any. */
  readonly findings: string;
  /** Where a click leads: `#id` of a map of its own, or of what is said about it. */
  readonly href?: string;
  /** Names of those that it stands for, when it is several; for the table. */
  readonly names?: string;
}

export interface TreemapView {
  readonly title: string;
  readonly description: string;
  readonly items: readonly TreemapItem[];
}

/** No cell is thinner than this, in pixels; squares within a cell not thinner than 3. */
const LEAST = 4;
const LEAST_SQUARE = 3;
const HEADER = 20;
/** Letters of a name that is cut to make room for its count, the ellipsis counted. */
const READABLE = 8;
/** Less of a name than fits into this says nothing. */
const NAME = 56;

/**
 * What takes how much room: a cell for each item, its area its number of components, each component a square in it,
 * in colour and pattern where it has an open finding. Cells too small to be seen become one that says how many they are.
 */
export function treemap(view: TreemapView, canvas: Canvas): Picture {
  const width = canvas.width ?? 960;
  const height = Math.round(width > 500 ? width * 0.5 : width * 1.2);
  const items = fewEnough([...view.items].sort(bySize));
  const { cells, kept } = readableCells(
    items.map(({ size }) => size),
    { x: 0, y: 0, width, height },
    LEAST,
  );
  const shown = items.slice(0, kept);
  if (kept < items.length) shown.push(together(items.slice(kept)));
  const states = sumOfStates(items);
  const key = legend(
    canvas,
    [
      ...states.map(([fill]) => [fill, WORDS[fill]] as const),
      ['none', states.length === 0 ? 'a component' : 'a component with nothing known'] as const,
    ],
    0,
    height + 8,
    width,
  );
  const svg = picture(canvas, {
    title: view.title,
    description: view.description,
    width,
    height: height + 8 + key.height,
    links: items.some(({ href }) => href !== undefined),
    body: [...shown.map((item, index) => cellOf(item, cells[index]!, canvas)), key.markup],
  });
  return { svg, table: tableOf(view, items) };
}

const bySize = (a: TreemapItem, b: TreemapItem): number =>
  b.size - a.size || (a.fullName < b.fullName ? -1 : a.fullName > b.fullName ? 1 : 0);

/** More clean items of one component than this are one cell: hundreds of equal ones with nothing to say hide the others. */
const SINGLES = 24;
/** More cells than this are not read one by one; those with findings and the largest stay. */
const MOST = 80;

function fewEnough(items: readonly TreemapItem[]): readonly TreemapItem[] {
  const isSingle = ({ size, findings, href }: TreemapItem): boolean =>
    size === 1 && findings === '' && href === undefined;
  const singles = items.filter(isSingle);
  const shown = singles.length <= SINGLES ? items : items.filter((item) => !isSingle(item));
  const first = [...shown].sort(
    (a, b) => Number(b.findings !== '') - Number(a.findings !== '') || bySize(a, b),
  );
  const others = first.slice(MOST);
  return [
    ...first.slice(0, MOST),
    ...(others.length === 0 ? [] : [together(others)]),
    ...(shown === items
      ? []
      : [{ ...together(singles), name: SINGLE(singles.length), fullName: SINGLE(singles.length) }]),
  ].sort(bySize);
}

const SINGLE = (count: number): string => `${grouped(count)} single components`;

const ORDER: readonly Fill[] = ['critical', 'high', 'unknown', 'medium', 'low'];

const WORDS: Readonly<Record<Fill, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  unknown: 'unscored',
  none: 'nothing known',
  exclusive: 'goes with it',
  shared: 'shared',
};

function tableOf(view: TreemapView, items: readonly TreemapItem[]): DataTable {
  return {
    caption: view.title,
    columns: ['What', 'Components', 'Open findings'],
    rows: items.map(({ fullName, names, size, findings }) => [
      names === undefined ? fullName : `${fullName}: ${names}`,
      size,
      findings === '' ? 'none' : findings,
    ]),
  };
}

/** Several items as one. */
function together(items: readonly TreemapItem[]): TreemapItem {
  const name = `${grouped(items.length)} others`;
  const states = sumOfStates(items);
  return {
    name,
    fullName: name,
    names: items
      .map((item) => (item.size === 1 ? item.fullName : `${item.fullName} (${item.size})`))
      .join(', '),
    size: items.reduce((sum, { size }) => sum + size, 0),
    states,
    findings: states.map(([fill, count]) => `${grouped(count)} with ${WORDS[fill]} findings`).join(', '),
  };
}

function sumOfStates(items: readonly TreemapItem[]): TreemapItem['states'] {
  const counts = new Map<Fill, number>();
  for (const { states } of items)
    for (const [fill, count] of states) counts.set(fill, (counts.get(fill) ?? 0) + count);
  return ORDER.flatMap((fill) => (counts.has(fill) ? [[fill, counts.get(fill)!] as const] : []));
}

function cellOf(item: TreemapItem, area: Area, canvas: Canvas): Markup {
  const { fullName, size, findings, href } = item;
  const { x, y, width, height } = area;
  const named = height >= HEADER && width >= Math.min(NAME, textWidth(item.name, 12, true) + 8);
  const says = `${fullName}: ${grouped(size)} ${size === 1 ? 'component' : 'components'}${findings === '' ? '' : `, ${findings}`}`;
  const below = named ? { x, y: y + HEADER, width, height: height - HEADER } : area;
  const outline = rect(x, y, width, height, { class: named ? 'p-paper p-o' : 'p-none p-o' });
  const body = joined([
    outline,
    // A clean one without a name is its outline.
    !named && size === 1 && item.states.length === 0
      ? undefined
      : squares(item, inset(below, named ? 2 : 1), canvas),
    named ? header(item, area) : undefined,
  ]);
  if (href !== undefined) return linked(href, says, [body]);
  return element('g', {}, element('title', {}, words(says)), body);
}

const inset = ({ x, y, width, height }: Area, by: number): Area => ({
  x: x + by,
  y: y + by,
  width: Math.max(0, width - 2 * by),
  height: Math.max(0, height - 2 * by),
});

function header({ name, size }: TreemapItem, { x, y, width }: Area): Markup {
  const count = size === 1 ? '' : grouped(size);
  const room = width - 8;
  const beside = count === '' ? room : room - textWidth(count, 12) - 6;
  const tail = tailOf(name);
  const whole = [name, tail].find((text) => textWidth(text, 12, true) <= beside);
  // A name says more than a count, which the tooltip and the table have too.
  const alone = whole === undefined && textWidth(tail, 12, true) <= room;
  const cut = (into: number): string => fitText(tail.replace(/^…./, ''), into, 12, 'start', true);
  const withCount = count !== '' && !alone && (whole !== undefined || cut(beside).length >= READABLE);
  const shown = whole ?? (alone ? tail : cut(withCount ? beside : room));
  return joined([
    label(x + 4, y + 14, shown, { size: 12, bold: true }),
    withCount ? label(x + width - 4, y + 14, count, { size: 12, anchor: 'end' }) : undefined,
  ]);
}

/** `@scope/name`, `group:name`, `host/owner/name` by their last part; other names whole. */
function tailOf(name: string): string {
  const at = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
  return at <= 0 || at === name.length - 1 ? name : `…${name.slice(at)}`;
}

/**
 * A square for each component, row by row, those with findings first. Lines in one path, so that a clean cell costs a hundred bytes.
 * Where squares would be too small, the share of each state as a band.
 */
function squares({ size, states }: TreemapItem, area: Area, canvas: Canvas): Markup {
  const { x, y, width, height } = area;
  if (width < 1 || height < 1) return joined([]);
  const columns = Math.max(1, Math.min(size, Math.ceil(Math.sqrt((size * width) / height))));
  const rows = Math.ceil(size / columns);
  const [wide, high] = [width / columns, height / rows];
  if (Math.min(wide, high) < LEAST_SQUARE) return bands(size, states, area, canvas);
  const marked: Markup[] = [];
  let at = 0;
  for (const [fill, count] of states) {
    // Runs of one state within a row are one rectangle; the lines over it part them.
    for (let left = count; left > 0;) {
      const column = at % columns;
      const run = Math.min(left, columns - column);
      marked.push(
        rect(x + column * wide, y + Math.floor(at / columns) * high, run * wide, high, filled(canvas, fill)),
      );
      at += run;
      left -= run;
    }
  }
  const last = size - (rows - 1) * columns;
  let lines = '';
  for (let row = 1; row < rows; row++) lines += `M${tenth(x)} ${tenth(y + row * high)}h${tenth(width)}`;
  for (let column = 1; column < columns; column++)
    lines += `M${tenth(x + column * wide)} ${tenth(y)}v${tenth(high * (column <= last ? rows : rows - 1))}`;
  return joined([
    size === 1 && states.length > 0
      ? undefined
      : element('path', { d: ground(x, y, width, high * (rows - 1), wide * last, high), class: 'p-none' }),
    ...marked,
    lines === '' ? undefined : element('path', { d: lines, class: 'p-s-paper' }),
  ]);
}

/** Whole rows and below them one that may be shorter, as one shape. */
function ground(x: number, y: number, width: number, whole: number, last: number, high: number): string {
  const [left, right] = [tenth(last), tenth(width)];
  return `M${tenth(x)} ${tenth(y)}h${right}v${tenth(whole)}h${tenth(left - right)}v${tenth(high)}h${-left}z`;
}

/** At least a visible stripe for each state. */
function bands(size: number, states: TreemapItem['states'], area: Area, canvas: Canvas): Markup {
  const { x, y, width, height } = area;
  const pieces = [rect(x, y, width, height, { class: 'p-none' })];
  let top = y;
  for (const [fill, count] of states) {
    const high = Math.min(y + height - top, Math.max(LEAST, (height * count) / size));
    pieces.push(rect(x, top, width, high, filled(canvas, fill)));
    top += high;
  }
  return joined(pieces);
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
