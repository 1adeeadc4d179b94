import type { DirectCost, ManifestCost } from '../../model/cost.ts';
import { bringsIn, many, openCount, openWords, worstOf } from '../cost/words.ts';
import {
  HEAD_SIZE,
  axisTicks,
  filled,
  grouped,
  label,
  legend,
  line,
  picture,
  rect,
  textWidth,
} from './svg.ts';
import type { Canvas, DataTable, Markup, Picture } from './svg.ts';

/** Bars that are drawn unless told otherwise; the rest is one line with its sum. The table has all. */
const MOST_BARS = 15;

/** Below this width a name stands above its bar instead of before it. */
const NARROW = 520;

/**
 * What each direct dependency of a manifest costs, as bars: the dark part goes when it goes, the hatched part is shared and stays.
 * For a manifest whose edges are unknown there is nothing to draw: it says so.
 */
export function costBars(manifest: ManifestCost, canvas: Canvas, mostBars: number = MOST_BARS): Picture {
  const width = canvas.width ?? 720;
  const shown = manifest.edgesKnown ? manifest.directs.filter(isBar).slice(0, mostBars) : [];
  const anyOpen = shown.some(({ goes }) => worstOf(goes) !== undefined);
  const layout = layoutOf(shown, width, anyOpen);
  const name = manifest.workspace ?? manifest.path;
  const head =
    canvas.embedded === true
      ? []
      : [
          label(0, 14, 'What goes with each direct dependency', { size: HEAD_SIZE, bold: true, width }),
          label(0, 32, name, { size: 12, tone: 'muted', width, keep: 'end' }),
        ];
  const captioned = shown.length > 0;
  const top = 8 + (head.length > 0 ? 40 : 0) + (captioned ? 16 : 0);
  const body: Markup[] = [...head, ...axis(layout, top, shown.length * layout.row)];
  if (captioned) body.push(label(layout.left, top - 8, COUNTED, { size: 11, tone: 'muted' }));
  if (captioned && anyOpen && !layout.stacked)
    body.push(label(width, top - 8, 'findings in what goes', { size: 11, tone: 'muted', anchor: 'end' }));
  shown.forEach((direct, i) => body.push(...bar(direct, layout, top + i * layout.row, canvas)));
  let bottom = top + shown.length * layout.row + (shown.length === 0 ? 0 : 22);
  const rest = restWords(manifest, shown.length);
  if (rest !== '') {
    body.push(label(0, bottom + 14, rest, { size: 12, tone: 'muted', width }));
    bottom += 22;
  }
  const worst = new Set(shown.flatMap(({ goes }) => worstOf(goes) ?? []));
  const key = legend(
    canvas,
    [
      // Nothing drawn, nothing to explain.
      ...(shown.length === 0
        ? []
        : ([
            ['exclusive', 'goes when it goes'],
            ['shared', 'shared with others, stays'],
          ] as const)),
      ...(['critical', 'high', 'unknown', 'medium', 'low'] as const)
        .filter((priority) => worst.has(priority))
        .map(
          (priority) =>
            [priority, `worst finding: ${priority === 'unknown' ? 'unscored' : priority}`] as const,
        ),
    ],
    0,
    bottom + 6,
    width,
  );
  const first = shown[0];
  return {
    svg: picture(canvas, {
      title: `What the direct dependencies of ${name} cost`,
      description: `${bringsIn(manifest)}.${
        first === undefined
          ? ''
          : ` Most goes with ${first.name}: ${grouped(first.goes.components)} of the ${grouped(reachOf(first))} that it brings in.`
      }`,
      width,
      height: bottom + 6 + key.height,
      body: [...body, key.markup],
    }),
    table: tableOf(manifest, name),
  };
}

const reachOf = ({ goes, shares }: DirectCost): number => goes.components + shares.components;
/** What the bars count. */
const COUNTED = 'components that it brings in';
const isBar = (direct: DirectCost): boolean => reachOf(direct) > 0;

interface Layout {
  readonly width: number;
  readonly row: number;
  /** Where bars begin and how wide the longest is. */
  readonly left: number;
  readonly room: number;
  readonly most: number;
  readonly ticks: readonly number[];
  readonly stacked: boolean;
}

function layoutOf(shown: readonly DirectCost[], width: number, anyOpen: boolean): Layout {
  const stacked = width < NARROW;
  const longest = Math.max(0, ...shown.map(({ name, version }) => textWidth(`${name} ${version}`, 13)));
  const figures = Math.max(0, ...shown.map((direct) => textWidth(figuresOf(direct), 12)));
  const left = stacked ? 0 : Math.min(Math.ceil(longest) + 12, Math.round(width * 0.34));
  const findings = stacked || !anyOpen ? 0 : 120;
  const room = width - left - Math.ceil(figures) - 10 - findings;
  // The longest bar has all the room: a round value beyond it would leave a third of the picture empty.
  const most = Math.max(1, ...shown.map(reachOf));
  const ticks = axisTicks(most, stacked ? 3 : 5).filter((tick) => tick <= most);
  return { width, row: stacked ? 42 : 26, left, room, most, ticks, stacked };
}

const figuresOf = (direct: DirectCost): string =>
  `${grouped(direct.goes.components)} of ${grouped(reachOf(direct))}`;

function axis({ left, room, most, ticks }: Layout, top: number, height: number): Markup[] {
  if (height === 0) return [];
  return ticks.flatMap((tick) => {
    const x = left + (tick / most) * room;
    return [
      line(x, top - 4, x, top + height, { 'stroke-width': 0.5, 'stroke-opacity': 0.6 }),
      label(x, top + height + 14, grouped(tick), {
        size: 11,
        tone: 'muted',
        anchor: tick === 0 && left === 0 ? 'start' : 'middle',
      }),
    ];
  });
}

function bar(direct: DirectCost, layout: Layout, y: number, canvas: Canvas): Markup[] {
  const { left, room, most, stacked, width } = layout;
  const scale = (count: number): number => (count === 0 ? 0 : Math.max(1.5, (count / most) * room));
  const dark = scale(direct.goes.components);
  const all = Math.max(dark, scale(reachOf(direct)));
  const name = `${direct.name} ${direct.version}`.trim();
  const baseline = stacked ? y + 13 : y + 17;
  const barTop = stacked ? y + 19 : y + 4;
  const height = stacked ? 14 : 18;
  const worst = worstOf(direct.goes);
  const count = openCount(direct.goes);
  const findings: Markup[] = [];
  if (worst !== undefined) {
    const words = `${grouped(count)} open`;
    const x = stacked ? width - textWidth(words, 12) - 20 : width - 104;
    findings.push(
      rect(x, baseline - 11, 14, 12, filled(canvas, worst)),
      label(x + 20, baseline, words, { size: 12, tone: 'muted' }),
    );
  }
  const nameRoom = stacked ? width - (worst === undefined ? 0 : 90) : left - 12;
  return [
    label(0, baseline, name, { width: nameRoom, keep: 'end' }),
    ...(dark > 0 ? [rect(left, barTop, dark, height, filled(canvas, 'exclusive'))] : []),
    ...(all > dark ? [rect(left + dark, barTop, all - dark, height, filled(canvas, 'shared'))] : []),
    label(left + all + 8, stacked ? barTop + 11 : baseline, figuresOf(direct), { size: 12, tone: 'muted' }),
    ...findings,
  ];
}

function restWords(manifest: ManifestCost, shown: number): string {
  if (!manifest.edgesKnown) return 'edges unknown: this kind of file does not say who asks for whom';
  const left = manifest.directs.slice(shown);
  if (left.length === 0) return '';
  const sum = left.reduce((total, { goes }) => total + goes.components, 0);
  return `and ${grouped(left.length)} more; ${many(sum, 'component goes', 'components go')} with them`;
}

function tableOf({ directs, edgesKnown }: ManifestCost, name: string): DataTable {
  const goes = (count: number): string | number => (edgesKnown ? count : 'unknown');
  return {
    caption: `What the direct dependencies of ${name} cost`,
    columns: [
      'direct dependency',
      'version',
      'goes',
      'shared',
      'open in what goes',
      'install scripts',
      'deprecated',
    ],
    rows: directs.map((direct) => [
      direct.name,
      direct.version,
      goes(direct.goes.components),
      goes(direct.shares.components),
      openWords(direct.goes),
      direct.goes.installScripts ?? 'unknown',
      direct.goes.deprecated,
    ]),
  };
}
