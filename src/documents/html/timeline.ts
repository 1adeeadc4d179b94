import type { ReportExtras } from '../../model/report.ts';
import type { TimelinePoint } from '../../model/timeline.ts';
import { joined, tag } from '../common/markup.ts';
import { grouped } from '../common/words.ts';
import type { Section } from './page.ts';
import { dataTable, paragraph, sentence } from './pieces.ts';

/** How it went from release to release, when a timeline was given. */
export function timelineSection({ timeline }: ReportExtras): Section | undefined {
  if (timeline === undefined) return undefined;
  const { points, target, takenAt, caveats, sampling } = timeline;
  return {
    id: 'timeline',
    short: 'Timeline',
    heading: 'How it went over time',
    body: joined([
      paragraph(
        `${target.name} at ${target.commit.slice(0, 12)}, as known on ${takenAt.slice(0, 10)}; ${sampling.says}.`,
        'm s',
      ),
      dataTable({
        caption: 'Open advisories and components at each point',
        columns: [
          'Point',
          'Date',
          'Open as known now',
          'Open as known then',
          'Closed',
          'Opened',
          'Components',
        ],
        rows: points.map((point) => [
          point.label,
          point.at.slice(0, 10),
          counted(point.knownNow?.total),
          counted(point.knownThen?.total),
          grouped(point.change.closed.length),
          grouped(point.change.opened.length),
          componentsOf(point),
        ]),
      }),
      caveats.length === 0
        ? undefined
        : tag('ul', { class: 'plain' }, ...caveats.map((text) => tag('li', {}, sentence(text)))),
    ]),
  };
}

/** What is not known is not zero. */
const counted = (count: number | undefined): string => (count === undefined ? 'not known' : grouped(count));

const componentsOf = ({ components, files }: TimelinePoint): string =>
  components === undefined ? (files === 0 ? 'no file yet' : 'not known') : grouped(components);
