import type { Why, WhyAsker, WhyPlace } from '../../model/why.ts';
import {
  HEAD_SIZE,
  element,
  grouped,
  joined,
  label,
  picture,
  rect,
  textWidth,
  wrapText,
  type Attributes,
  type Canvas,
  type Markup,
  type Picture,
} from './svg.ts';
import { linesBetween, nameOf, ordered, type Row } from './why-rows.ts';
import { apart } from '../why/words.ts';

const ROW = 26;
const BOX = 20;

/**
 * Why one component is in one file, in three columns: direct dependency, who asks for it, the component; the declared range stands on the asker.
 * Read from the left: a line leads from each direct dependency to the askers that it brings in. Where there is little room, or too many
 * lines to follow, it is a list of askers, each with what leads to it.
 */
export function whyColumns(place: WhyPlace, canvas: Canvas): Picture {
  const width = canvas.width ?? 960;
  const name = nameOf(place.component);
  const body = drawn(place, width);
  const ways = place.count.exact ? place.count.ways : `at least ${place.count.ways}`;
  return {
    svg: picture(canvas, {
      title: `Why ${name} is in ${place.path}`,
      description: `${counted(place.directs.length, 'direct dependency', 'direct dependencies')} and ${counted(place.askers.length, 'asker')}; ${ways.length > 15 ? 'very many' : ways} ways lead to it.`,
      width,
      height: body.height,
      framed: true,
      body: body.markup,
    }),
    table: {
      caption: `Who asks for ${name} in ${place.path}`,
      columns: ['who asks', 'range', 'through direct dependency'],
      rows: place.askers.map((asker) => [
        nameOf(asker),
        asker.ranges.join(' || '),
        asker.own ? 'declared' : asker.via.map((index) => nameOf(place.directs[index]!)).join(', '),
      ]),
    },
  };
}

/** Every version and file of an answer as one SVG file, one picture below the other. */
export function whySvg(why: Why, width = 960): string {
  const places = why.components.flatMap((component) => component.places);
  if (places.length === 0)
    return `${picture(
      { prefix: 'why' },
      {
        title: `${why.asked.text} is not in ${why.target.name}`,
        description:
          why.near.length === 0 ? 'Nothing of that name was found.' : `Did you mean ${why.near.join(', ')}?`,
        width,
        height: 60,
        framed: true,
        body: [
          label(16, 26, `${why.asked.text} is not in ${why.target.name}`, { width: width - 32, bold: true }),
          ...(why.near.length === 0
            ? []
            : [label(16, 46, `Did you mean ${why.near.join(', ')}?`, { width: width - 32 })]),
        ],
      },
    )}\n`;
  let top = 0;
  const body = places.map((place) => {
    const { markup, height } = drawn(place, width);
    const piece = element('g', { transform: `translate(0 ${top})` }, joined(markup));
    top += height + 16;
    return piece;
  });
  return `${picture(
    { prefix: 'why', width },
    {
      title: `Why ${why.asked.text} is in ${why.target.name}`,
      description: places
        .slice(0, 5)
        .map(
          (place) => `${nameOf(place.component)} in ${place.path}: ${counted(place.askers.length, 'asker')}.`,
        )
        .join(' '),
      width,
      height: top - 16,
      framed: true,
      body,
    },
  )}\n`;
}

const counted = (count: number, one: string, more = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : more}`;

const NARROW = 520;
/** More lines than this between two columns are a tangle that answers nothing: then it is a list at any width. */
const MOST_LINES = 80;
/** Room for lines between columns: what the names leave, within these. */
const LEAST_GAP = 72;
const MOST_GAP = 200;

function drawn(place: WhyPlace, width: number): Drawn {
  const { directs, askers } = ordered(place);
  if (askers.length === 0) return empty(place, width);
  const lines = linesBetween(place, directs, askers);
  const isTangled = lines.reduce((sum, from) => sum + from.length, 0) > MOST_LINES;
  return width < NARROW || isTangled
    ? list(place, askers, width)
    : columns(place, directs, askers, lines, width);
}

interface Drawn {
  readonly markup: Markup[];
  readonly height: number;
}

function empty(place: WhyPlace, width: number): Drawn {
  const words = !place.edgesKnown
    ? 'edges unknown: the file does not say who asks for whom'
    : place.orphan
      ? 'nothing that the project needs leads to it'
      : place.direct === 'yes'
        ? 'the project itself asks for it'
        : 'nobody in the file asks for it';
  return {
    markup: [
      label(16, 24, nameOf(place.component), { bold: true, width: width - 32, keep: 'end' }),
      label(16, 42, `${place.path}: ${words}`, { tone: 'muted', size: 12, width: width - 32 }),
    ],
    height: 56,
  };
}

function columns(
  place: WhyPlace,
  directs: readonly Row[],
  askers: readonly Row[],
  joins: readonly (readonly number[])[],
  width: number,
): Drawn {
  const rows = Math.max(directs.length, askers.length, 1);
  const note = overrideWords(place, 'dashed: ');
  const height = TOP + rows * ROW + (note === '' ? 12 : 34);
  const least = width - 32 - LEAST_GAP * 2;
  const wanted = Math.max(...[...directs, ...askers].map((row) => rowWidth(row)));
  const column = Math.min(least * 0.38, Math.max(wanted, least * 0.24));
  const goal = textWidth(nameOf(place.component), 13, true) + 20;
  const last = Math.min(least - column * 2, Math.max(goal, least * 0.24));
  const gap = Math.min(MOST_GAP, (width - 32 - column * 2 - last) / 2);
  const x = (index: number): number => 16 + index * (column + gap);
  // A shorter column stands in the middle of a longer one, so that lines stay flat.
  const y = (list: readonly Row[], at: number): number => TOP + ((rows - list.length) / 2 + at) * ROW;
  const goalY = TOP + ((rows - 1) / 2) * ROW;
  const lines = askers.flatMap((row, at) => {
    const asking = row.of.map((index) => place.askers[index]!);
    const middle = y(askers, at) + BOX / 2;
    return [
      ...joins[at]!.map((direct) =>
        curve(x(0) + column, y(directs, direct) + BOX / 2, x(1), middle, 'p-s-rule'),
      ),
      curve(x(1) + column, middle, x(2), goalY + BOX / 2, 'p-s-exclusive', {
        'stroke-dasharray': asking.every(isOverridden) ? '4 3' : undefined,
      }),
    ];
  });
  return {
    markup: [
      ...heading(place, width),
      label(x(0), 70, 'direct dependency', { tone: 'muted', size: 12, width: column }),
      label(x(1), 70, 'who asks for it, with range', { tone: 'muted', size: 12, width: column }),
      label(x(2), 70, 'component', { tone: 'muted', size: 12, width: last }),
      ...lines,
      ...directs.flatMap((row, at) => box(x(0), y(directs, at), column, row, 'p-shared p-so')),
      ...askers.flatMap((row, at) => box(x(1), y(askers, at), column, row, 'p-none p-o')),
      rect(x(2), goalY, last, BOX, { rx: 3, class: 'p-exclusive' }),
      label(x(2) + 8, goalY + 14, nameOf(place.component), {
        tone: 'paper',
        bold: true,
        width: last - 16,
        keep: 'end',
      }),
      ...(note === '' ? [] : [label(16, height - 12, note, { tone: 'muted', size: 12, width: width - 32 })]),
    ],
    height,
  };
}

/** For narrow screens, and where lines would be a tangle: askers below each other, each with the direct dependencies that lead to it. */
function list(place: WhyPlace, askers: readonly Row[], width: number): Drawn {
  const room = width - 32;
  const markup: Markup[] = [
    label(16, 24, `Why ${nameOf(place.component)}`, {
      bold: true,
      size: HEAD_SIZE,
      width: room,
      keep: 'end',
    }),
  ];
  let y = 26;
  /** Lines of small text below what is there, indented by `x`. */
  const say = (text: string, x: number, most: number): void => {
    for (const line of wrapText(text, width - x - 16, 12, most)) {
      y += 16;
      markup.push(label(x, y, line, { tone: 'muted', size: 12, width: width - x - 16 }));
    }
  };
  say(`${place.path}: ${countWords(place)}`, 16, 4);
  y += 12;
  for (const row of askers) {
    const asking = row.of.map((index) => place.askers[index]!);
    const through = [...new Set(asking.flatMap(({ via }) => via))].map((index) => place.directs[index]!);
    markup.push(...box(16, y, Math.min(room, MOST_BOX), row, 'p-none p-o'));
    y += BOX;
    say(
      asking.every(({ own }) => own)
        ? 'declared'
        : through.length === 0
          ? 'nothing else leads there'
          : through.length === 1 && asking.every(({ purl }) => purl === through[0]!.purl)
            ? 'direct'
            : `through ${someOf(apart(through), width < NARROW ? THROUGH : 2 * THROUGH)}`,
      24,
      THROUGH_LINES,
    );
    y += 10;
  }
  const note = overrideWords(place, '');
  if (note !== '') say(note, 16, 3);
  return { markup, height: y + 8 };
}

/** Names that lead to one asker on a narrow screen, and lines for them; the table has all. */
const THROUGH = 5;
const THROUGH_LINES = 5;

/** A box of a list is no wider: what is in it belongs together. */
const MOST_BOX = 480;

function someOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more <= 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${grouped(more)} more`;
}

const TOP = 84;

function heading(place: WhyPlace, width: number): Markup[] {
  return [
    label(16, 24, `Why ${nameOf(place.component)}`, {
      bold: true,
      size: HEAD_SIZE,
      width: width - 32,
      keep: 'end',
    }),
    label(16, 42, `${place.path}: ${countWords(place)}`, { tone: 'muted', size: 12, width: width - 32 }),
  ];
}

function overrideWords({ askers }: WhyPlace, before: string): string {
  const count = askers.filter(isOverridden).length;
  return count === 0
    ? ''
    : `${before}${counted(count, 'asker wants', 'askers want')} another version; an override decides`;
}

/** None of the ranges with which it asks admits the version that is here. */
const isOverridden = ({ ranges, outside }: WhyAsker): boolean =>
  ranges.length > 0 && outside.length === ranges.length;

function countWords({ count, askers, directs }: WhyPlace): string {
  const ways =
    count.ways.length > 12
      ? `more than 10^${count.ways.length - 1}`
      : count.ways.replace(/\B(?=(\d{3})+$)/g, ',');
  const own = askers.some((asker) => asker.own);
  const others = askers.filter((asker) => !asker.own).length;
  return [
    ...(own ? ['declared'] : []),
    `${others === 1 ? '1 component asks' : `${grouped(others)} components ask`} for it`,
    `${counted(directs.length, 'direct dependency leads', 'direct dependencies lead')} there`,
    `${count.exact ? '' : 'at least '}${ways} ${count.ways === '1' ? 'way' : 'ways'}`,
  ].join(', ');
}

function curve(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  more: Attributes = {},
): Markup {
  const middle = (x1 + x2) / 2;
  return element('path', {
    d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    class: colour,
    ...more,
  });
}

/** A long list of ranges takes no more of a row than this, in pixels. */
const MOST_DETAIL = 104;

/** What a row needs to be read, its range cut where it is long. */
const rowWidth = ({ text, detail }: Row): number =>
  textWidth(text, 12) + 16 + (detail === '' ? 0 : Math.min(MOST_DETAIL, 12 + detail.length * 7));

function box(x: number, y: number, width: number, row: Row, style: string): Markup[] {
  const detail = row.detail === '' ? 0 : Math.min(width * 0.4, 12 + row.detail.length * 7);
  return [
    rect(x, y, width, BOX, { rx: 3, class: style }),
    label(x + 8, y + 14, row.text, { size: 12, width: width - 16 - detail, keep: 'end' }),
    ...(detail === 0
      ? []
      : [
          label(x + width - 8, y + 14, row.detail, { size: 11, width: detail, anchor: 'end', tone: 'muted' }),
        ]),
  ];
}
