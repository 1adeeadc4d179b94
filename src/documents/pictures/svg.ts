/**
 * How pictures are drawn: text in, SVG out, no script, no style attribute, nothing fetched, the same bytes every time.
 *
 * A picture is a pure function from its data and a `Canvas` to a `Picture`, which always brings its data as a table too:
 *
 * ```ts
 * export function costBars(cost: CostReport, canvas: Canvas): Picture {
 *   const width = canvas.width ?? 720;
 *   const body = [
 *     label(0, 20, 'gatsby', { width: 150 }),                           // cut with an ellipsis, whole in its tooltip
 *     rect(160, 8, 300, 16, filled(canvas, 'exclusive')),               // colour and pattern
 *     rect(460, 8, 200, 16, filled(canvas, 'shared')),
 *     label(width, 20, '366 of 1,336', { anchor: 'end', tone: 'muted' }),
 *   ];
 *   const key = legend(canvas, [['exclusive', 'goes if it goes'], ['shared', 'shared']], 0, 40, width);
 *   const svg = picture(canvas, {
 *     title: 'What each direct dependency costs', description: 'gatsby 366 of 1,336, …',
 *     width, height: 40 + key.height, body: [...body, key.markup],
 *   });
 *   return { svg, table: { caption: '…', columns: ['dependency', 'goes', 'all'], rows: [['gatsby', 366, 1336]] } };
 * }
 * ```
 *
 * Draw for `canvas.width` (default 720): text keeps its size, so a picture for a phone is drawn at 343 and not scaled down.
 * `--format svg` prints `picture.svg` of a canvas without `embedded`; the HTML report draws the wide and the narrow one with
 * `embedded`, has style and patterns once for the page, and prints the table below.
 */
import { element, joined, words } from '../common/markup.ts';
import type { Attributes, Markup } from '../common/markup.ts';
import { fitText, textWidth } from './svg-text.ts';
import { FILLS, PICTURE_STYLE } from './svg-palette.ts';
import type { Fill, Theme } from './svg-palette.ts';

/** Where a picture is drawn. */
export interface Canvas {
  /** Begins every id in the picture, so that several can share a page: a letter, then letters, digits and hyphens. */
  readonly prefix: string;
  /** Pixels to draw for; each picture has a default. */
  readonly width?: number;
  /** Inside a page that holds `PICTURE_STYLE` and `sharedPatterns()`: the picture then has neither, nor a ground of its own. */
  readonly embedded?: boolean;
}

/** The data of a picture for those who do not see it. Numbers are aligned to the right and grouped when printed. */
export interface DataTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A picture and the same as a table. */
export interface Picture {
  readonly svg: Markup;
  readonly table: DataTable;
}

export interface PictureParts {
  /** What the picture answers, in a line: its accessible name. */
  readonly title: string;
  /** What it shows, in a sentence or two, with the figures that matter. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly Markup[];
  /** It has its own room at the edges; others get `MARGIN` around them in a file of their own. */
  readonly framed?: boolean;
  /** It has links inside: then it is a group, since an image hides what is in it from assistive technology. */
  readonly links?: boolean;
}

/** Room around a picture that is a file, in pixels. */
export const MARGIN = 16;
/** Letters of the line on top of a picture that says what it answers. */
export const HEAD_SIZE = 15;

/** The whole SVG element; well-formed as a file of its own too. */
export function picture(canvas: Canvas, parts: PictureParts): Markup {
  const { width, height, body } = parts;
  const margin = canvas.embedded === true || parts.framed === true ? 0 : MARGIN;
  const wide = Math.ceil(width) + 2 * margin;
  const high = Math.ceil(height) + 2 * margin;
  const title = `${canvas.prefix}-title`;
  const description = `${canvas.prefix}-desc`;
  const used = FILLS.filter((fill) => body.some((piece) => piece.includes(patternUrl(canvas, fill))));
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'p',
      viewBox: `${-margin} ${-margin} ${wide} ${high}`,
      width: wide,
      height: high,
      role: parts.links === true ? 'group' : 'img',
      'aria-labelledby': title,
      'aria-describedby': description,
    },
    element('title', { id: title }, words(parts.title)),
    element('desc', { id: description }, words(parts.description)),
    ...(canvas.embedded === true
      ? []
      : [
          // The style is our own constant; `>` and `&` do not occur in it, so it is the same text in XML and HTML.
          element('style', {}, PICTURE_STYLE as Markup),
          ...(used.length === 0 ? [] : [element('defs', {}, ...used.map((fill) => pattern(canvas, fill)))]),
          rect(-margin, -margin, wide, high, { class: 'p-paper' }),
        ]),
    joined(body),
  );
}

/** Every pattern once, for a page whose pictures are `embedded`. It takes no room; hiding it would hide the patterns too. */
export function sharedPatterns(): Markup {
  const shared: Canvas = { prefix: '', embedded: true };
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'p',
      width: 0,
      height: 0,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    element('defs', {}, ...FILLS.map((fill) => pattern(shared, fill))),
  );
}

/** Attributes that fill a shape with colour and pattern, with an outline where the colour alone is pale. */
export function filled(canvas: Canvas, fill: Fill): Attributes {
  return {
    fill: patternUrl(canvas, fill),
    ...(fill === 'none' ? { class: 'p-o' } : fill === 'shared' ? { class: 'p-so' } : {}),
  };
}

const patternUrl = (canvas: Canvas, fill: Fill): string => `url(#${patternId(canvas, fill)})`;
const patternId = ({ prefix, embedded }: Canvas, fill: Fill): string =>
  `${embedded === true ? 'p' : prefix}-fill-${fill}`;

/** What is drawn over the colour, in a square of eight. Each differs in direction or weight, so that print in grey tells them apart. */
const STROKES: Readonly<
  Record<Fill, { readonly d: string; readonly width: number; readonly over: keyof Theme } | undefined>
> = {
  critical: undefined,
  high: { d: 'M-2 2l4-4M0 8l8-8M6 10l4-4', width: 1.4, over: 'paper' },
  medium: { d: 'M-2 6l4 4M0 0l8 8M6-2l4 4', width: 2.6, over: 'paper' },
  low: { d: 'M0 2h8M0 6h8', width: 1.6, over: 'paper' },
  unknown: { d: 'M2 0v8M6 0v8', width: 1.6, over: 'paper' },
  none: undefined,
  exclusive: undefined,
  shared: { d: 'M-2 2l4-4M0 8l8-8M6 10l4-4', width: 1.2, over: 'exclusive' },
};

function pattern(canvas: Canvas, fill: Fill): Markup {
  const stroke = STROKES[fill];
  return element(
    'pattern',
    { id: patternId(canvas, fill), width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
    rect(0, 0, 8, 8, { class: `p-${fill}` }),
    ...(stroke === undefined
      ? []
      : [element('path', { d: stroke.d, class: `p-s-${stroke.over}`, 'stroke-width': stroke.width })]),
  );
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  more: Attributes,
  ...inside: Markup[]
): Markup {
  return element(
    'rect',
    {
      x: tenth(x),
      y: tenth(y),
      width: tenth(Math.max(0, width)),
      height: tenth(Math.max(0, height)),
      ...more,
    },
    ...inside,
  );
}

/** A tenth of a pixel is less than is seen, and a sixth of some pictures' bytes. */
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A straight line in the colour of rules. */
export function line(x1: number, y1: number, x2: number, y2: number, more: Attributes = {}): Markup {
  return element('line', { x1, y1, x2, y2, class: 'p-s-rule', ...more });
}

export function group(more: Attributes, children: readonly Markup[]): Markup {
  return element('g', more, joined(children));
}

/** A link that works without scripts, called `name`, which is its tooltip too. `href` is ours (`#id`) or http(s): anything else gives the children alone. */
export function linked(href: string, name: string, children: readonly Markup[]): Markup {
  if (!/^(?:#[\w-]+|https?:\/\/[^\s<>"\\^`{|}]+)$/.test(href)) return group({}, children);
  return element('a', { href }, element('title', {}, words(name)), ...children);
}

export interface LabelStyle {
  /** Pixels; default 13. */
  readonly size?: number;
  /** Cut to this width, with the whole text as a tooltip. */
  readonly width?: number;
  /** What must stay when it is cut; default the start. */
  readonly keep?: 'start' | 'end';
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly tone?: 'ink' | 'muted' | 'paper' | 'link';
  readonly bold?: boolean;
}

/** One line of text whose baseline is `y`. Empty markup when nothing of it fits. */
export function label(x: number, y: number, text: string, style: LabelStyle = {}): Markup {
  const { size = 13, width, keep, anchor = 'start', tone = 'ink', bold = false } = style;
  const shown = width === undefined ? text : fitText(text, width, size, keep, bold);
  if (shown === '') return '' as Markup;
  return element(
    'text',
    {
      x,
      y,
      class: `p-${tone}`,
      'font-size': size,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-weight': bold ? 600 : undefined,
    },
    ...(shown === text ? [] : [element('title', {}, words(text))]),
    words(shown),
  );
}

/** Swatches with words, wrapped to `width`; `y` is the top. Gives its own height. */
export function legend(
  canvas: Canvas,
  entries: readonly (readonly [fill: Fill, text: string])[],
  x: number,
  y: number,
  width: number,
): { readonly markup: Markup; readonly height: number } {
  const pieces: Markup[] = [];
  let left = x;
  let top = y;
  for (const [fill, text] of entries) {
    const wide = 22 + textWidth(text, 12) + 16;
    if (left > x && left + wide - 16 > x + width) {
      left = x;
      top += 20;
    }
    pieces.push(
      rect(left, top + 2, 16, 12, filled(canvas, fill)),
      label(left + 22, top + 12, text, { size: 12, width: width - 22 }),
    );
    left += wide;
  }
  return { markup: group({}, pieces), height: entries.length === 0 ? 0 : top - y + 20 };
}

/**
 * Round values for an axis from 0 that covers `most`: at least two, at most `count` + 1, steps of 1, 2 or 5 × a power of ten,
 * never below 1 (what is counted comes whole).
 */
export function axisTicks(most: number, count: number): readonly number[] {
  const rough = Math.max(1, most / Math.max(1, count));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: ticks + 1 }, (_, index) => index * step);
}

export { fitText, textWidth, wrapText } from './svg-text.ts';
export { FILLS, PICTURE_STYLE } from './svg-palette.ts';
export type { Fill, Theme } from './svg-palette.ts';
export { element, joined, words } from '../common/markup.ts';
export type { Attributes, Markup } from '../common/markup.ts';
export { grouped } from '../common/words.ts';
