import type { ReportExtras } from '../../model/report.ts';
import type { Timeline } from '../../model/timeline.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { DataTable } from '../pictures/svg.ts';
import { timelineChart } from '../pictures/timeline-chart.ts';
import { exposureWords, samplingWords } from '../timeline/words.ts';
import type { Section } from './page.ts';
import { NARROW, WIDE, folded, paragraph, pictured, sentence } from './pieces.ts';

/** How it went from release to release, when a timeline was given. */
export function timelineSection({ timeline }: ReportExtras): Section | undefined {
  if (timeline === undefined) return undefined;
  const { target, takenAt, caveats, exposure } = timeline;
  const list = (lines: readonly string[]): ReturnType<typeof tag> =>
    tag('ul', { class: 'plain' }, ...lines.map((text) => tag('li', {}, sentence(text))));
  return {
    id: 'timeline',
    short: 'Timeline',
    heading: 'Whether it gets better',
    body: joined([
      paragraph(
        `${target.name} at ${target.commit.slice(0, 12)}, as known on ${takenAt.slice(0, 10)}.`,
        'm s',
      ),
      pictured(
        {
          svg: timelineChart(timeline, { prefix: 'tw', width: WIDE, embedded: true }).svg,
          table: tableOf(timeline),
        },
        timelineChart(timeline, { prefix: 'tn', width: NARROW, embedded: true }),
      ),
      list(exposureWords(exposure)),
      folded(words('How it was counted'), list([...samplingWords(timeline), ...caveats])),
    ]),
  };
}

/** The chart's own table has twice as many columns: more than a printed page is wide. */
const tableOf = ({ points }: Timeline): DataTable => ({
  caption: 'Open advisories and components at each point',
  columns: ['Point', 'Date', 'Known now', 'Known on the day', 'Closed', 'Opened', 'Components'],
  rows: points.map(({ label, side, at, knownNow, knownThen, change, components }) => [
    side === true ? `${label} (older line)` : label,
    at.slice(0, 10),
    knownNow?.total ?? 'not known',
    knownThen?.total ?? 'not known',
    change.closed.length,
    change.opened.length,
    components ?? 'not known',
  ]),
});
