import {
  byMove,
  exposureWords,
  mainPoints,
  samplingWords,
  trendWords,
} from '../../../documents/timeline/words.ts';
import { grouped } from '../../../documents/common/words.ts';
import { TIMELINE_SEVERITIES, type Timeline, type TimelinePoint } from '../../../model/timeline.ts';
import { wrap } from '../help.ts';
import type { TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** Most rows and changed points that are shown without `--all`. */
const MOST_ROWS = 20;
const MOST_CHANGED = 5;

/**
 * A timeline as people read it: the answer, all points as one line of columns, the table, what the last releases closed and opened,
 * and what cannot be seen. Ends with a newline. What is left out for length is counted and the way to see it is named.
 */
export function timelineReport(timeline: Timeline, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, options.width);
  const prose = Math.min(width, 100);
  const sections = [
    headline(timeline, style, prose),
    exposureWords(timeline.exposure).flatMap((line) => wrapped(capital(line), prose)),
    sparkLines(timeline, style, prose),
    table(timeline, style, width, options.all),
    changes(timeline, style, prose, options.all),
    notes(timeline, style, prose, options.all),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(timeline: Timeline, style: Style, width: number): string[] {
  const { name, folder } = timeline.target;
  const place = folder === undefined ? name : `${name} (${folder})`;
  return wrap(printable(`${place}: ${trendWords(timeline)}`), width).map(style.bold);
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/** Every point as a column of one letter, so that nothing of the run is cut; above the width of the terminal the last of each few. */
function sparkLines(timeline: Timeline, style: Style, width: number): string[] {
  const points = mainPoints(timeline);
  if (points.length < 3) return [];
  const step = Math.ceil(points.length / (width - 12));
  const shown = points.filter((_, index) => (points.length - 1 - index) % step === 0);
  const most = Math.max(
    1,
    ...shown.map(({ knownNow, knownThen }) => Math.max(knownNow?.total ?? 0, knownThen?.total ?? 0)),
  );
  const spark = (count: (point: TimelinePoint) => number | undefined): string =>
    shown
      .map((point) => {
        const value = count(point);
        if (value === undefined) return '?';
        return value === 0 ? '_' : BLOCKS[Math.max(0, Math.ceil((value / most) * BLOCKS.length) - 1)]!;
      })
      .join('');
  return [
    `known now   ${spark(({ knownNow }) => knownNow?.total)}`,
    `known then  ${spark(({ knownThen }) => knownThen?.total)}`,
    ...(step === 1
      ? []
      : [style.dim(`            every ${step} points; the highest of these is ${grouped(most)}`)]),
  ];
}

interface Column {
  readonly head: string;
  readonly cell: (point: TimelinePoint) => string;
}

function table(timeline: Timeline, style: Style, width: number, all: boolean): string[] {
  const rows = all ? timeline.points : timeline.points.slice(-MOST_ROWS);
  const count = (head: string, value: (point: TimelinePoint) => number | undefined): Column => ({
    head,
    cell: (point) => {
      const found = value(point);
      return found === undefined ? '?' : grouped(found);
    },
  });
  const every: readonly Column[] = [
    count('comps', ({ components }) => components),
    count('direct', ({ direct }) => direct),
    count('dups', ({ duplicates }) => duplicates),
    {
      head: 'now',
      cell: ({ knownNow: now, state }) =>
        now === undefined ? '?' : `${grouped(now.total)}${state === 'part' ? '+' : ''}`,
    },
    ...TIMELINE_SEVERITIES.map((severity) =>
      count(
        severity === 'unknown' ? '?' : severity.charAt(0).toUpperCase(),
        ({ knownNow }) => knownNow?.bySeverity[severity],
      ),
    ),
    count('dev', ({ knownNow }) => knownNow?.development),
    {
      head: 'then',
      cell: ({ knownThen: then, undated }) =>
        then === undefined ? '?' : `${grouped(then.total)}${undated === undefined ? '' : '+'}`,
    },
    count('closed', ({ change }) => change.closed.length),
    count('opened', ({ change }) => change.opened.length),
  ];
  const wide = ({ head, cell }: Column): number =>
    Math.max(head.length, ...rows.map((point) => cell(point).length));
  const names = rows.map(({ label, side }) => printable(label) + (side === true ? ' *' : ''));
  const { columns, dropped, first } = fitting(every, every.map(wide), names, width - ' 2026-01-01 '.length);
  const widths = columns.map(wide);
  const cells = rows.map((point) => columns.map(({ cell }) => cell(point)));
  /** What is piped is searched for its tags: none is cut, and one that is too long has a line of its own. */
  const row = (name: string, date: string, values: readonly string[]): string =>
    `${name.length > first ? `${name}\n${' '.repeat(first)}` : name.padEnd(first)} ${date.padEnd(10)} ${values.map((value, column) => value.padStart(widths[column]!)).join(' ')}`;
  const hidden = timeline.points.length - rows.length;
  return [
    style.dim(
      row(
        timeline.sampling.by === 'tags' ? 'tag' : timeline.sampling.by === 'months' ? 'month' : 'commit',
        'date',
        columns.map(({ head }) => head),
      ),
    ),
    ...(hidden > 0 ? [style.dim(`${grouped(hidden)} earlier points: --all shows them`)] : []),
    ...rows.map((point, index) => {
      const text = row(names[index]!, point.at.slice(0, 10), cells[index]!);
      return point.side === true
        ? style.dim(text)
        : (point.knownNow?.bySeverity.critical ?? 0) > 0
          ? style.red(text)
          : text;
    }),
    ...legend(rows, dropped, width).map(style.dim),
  ];
}

/** Says what the marks mean, of those that are there. */
function legend(rows: readonly TimelinePoint[], dropped: readonly string[], width: number): string[] {
  const marks = [
    `C H M L ? severity as published, ? unscored${dropped.includes('dev') ? '' : ' · dev of these only development needs'} · then known on that day`,
    rows.some(({ state }) => state === 'part')
      ? '+ at least: something could not be seen or looked up, or has no date'
      : '',
    rows.some(({ knownNow }) => knownNow === undefined) ? '? not known: no exact versions at that point' : '',
    rows.some(({ side }) => side === true)
      ? '* an older line: compared with the release before it by version'
      : '',
    dropped.length > 0
      ? `${dropped.join(', ')}: left out for want of width (--width; all are in --format csv)`
      : '',
  ];
  return marks.filter((mark) => mark !== '').flatMap((mark) => wrap(mark, Math.min(width, 100) - 1));
}

/** Columns that go first where the terminal is narrow. */
const LEAST_WANTED = ['dups', 'dev', 'direct', 'comps', 'opened'];
/** Most that names take before columns go for them. */
const NAME_ROOM = 20;

/** Leaves columns out until the rest fits beside the names, and says how wide the names are. */
function fitting(
  every: readonly Column[],
  widths: readonly number[],
  names: readonly string[],
  room: number,
): { readonly columns: readonly Column[]; readonly dropped: readonly string[]; readonly first: number } {
  const longest = Math.max(6, ...names.map(({ length }) => length));
  const dropped: string[] = [];
  const taken = (): number =>
    every.reduce((sum, { head }, i) => (dropped.includes(head) ? sum : sum + widths[i]! + 1), -1);
  for (const head of LEAST_WANTED) if (taken() + Math.min(longest, NAME_ROOM) > room) dropped.push(head);
  return {
    columns: every.filter(({ head }) => !dropped.includes(head)),
    dropped: every.flatMap(({ head }) => (dropped.includes(head) ? [head] : [])),
    first: Math.max(6, Math.min(longest, Math.max(room - taken(), Math.min(longest, 10)))),
  };
}

function changes(timeline: Timeline, style: Style, width: number, all: boolean): string[] {
  const changed = timeline.points.filter(
    ({ change }) => change.closed.length + change.opened.length + change.published.length > 0,
  );
  const shown = all ? changed : changed.slice(-MOST_CHANGED);
  if (shown.length === 0) return [];
  const hidden = changed.length - shown.length;
  return [
    style.bold('WHAT CHANGED'),
    ...shown.toReversed().flatMap((point) => ['', ...changeLines(point, timeline, style, width, all)]),
    ...(hidden > 0
      ? [
          '',
          style.dim(`and ${grouped(hidden)} earlier ${hidden === 1 ? 'point' : 'points'}: --all shows them`),
        ]
      : []),
  ];
}

function changeLines(
  { label, at, change }: TimelinePoint,
  timeline: Timeline,
  style: Style,
  width: number,
  all: boolean,
): string[] {
  const lines = [`    ${style.bold(printable(label))} ${style.dim(at.slice(0, 10))}`];
  for (const [word, list] of [
    ['closed', change.closed],
    ['opened', change.opened],
  ] as const) {
    const moves = byMove(list, timeline);
    const told = all ? moves : moves.slice(0, 6);
    for (const { words, ids, severity } of told) {
      const names =
        all || ids.length < 4 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;
      const worst = severity === 'unknown' ? 'unscored' : severity;
      const text = wrap(printable(`${word}  ${words} (${worst}; ${names})`), width - 16);
      lines.push(...text.map((line, index) => `      ${index === 0 ? '' : '        '}${line}`));
    }
    if (told.length < moves.length)
      lines.push(
        style.dim(`      ${word}  and ${moves.length - told.length} more components: --all shows them`),
      );
  }
  if (change.published.length > 0)
    lines.push(
      style.dim(
        `      ${grouped(change.published.length)} ${change.published.length === 1 ? 'advisory became' : 'advisories became'} public about what was there already`,
      ),
    );
  return lines;
}

function notes(timeline: Timeline, style: Style, width: number, all: boolean): string[] {
  const { problems } = timeline;
  const shown = all ? problems : problems.slice(0, 3);
  return [
    style.bold('GOOD TO KNOW'),
    '',
    ...[...samplingWords(timeline), ...timeline.caveats].flatMap((line) =>
      wrap(printable(line), width - 6).map((part, index) => `    ${index === 0 ? '' : '  '}${part}`),
    ),
    ...shown.flatMap(({ message, at }) =>
      wrap(printable(`not read: ${at?.path === undefined ? '' : `${at.path}: `}${message}`), width - 6).map(
        (part, index) => style.dim(`    ${index === 0 ? '' : '  '}${part}`),
      ),
    ),
    ...(shown.length < problems.length
      ? [style.dim(`    and ${grouped(problems.length - shown.length)} more problems: --all shows them`)]
      : []),
  ];
}

const wrapped = (text: string, width: number): string[] =>
  wrap(printable(text), width).map((line, index) => (index === 0 ? line : `  ${line}`));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
