import type { Timeline } from '../../model/timeline.ts';
import { printDocument } from '../common/print.ts';
import { MARGIN } from '../pictures/svg.ts';
import { timelineChart } from '../pictures/timeline-chart.ts';

export { timelineCsv } from './csv.ts';
export { timelineMarkdown } from './markdown.ts';

/** The model as it is. Schema: docs/schema/timeline-1.schema.json; src/model/timeline.ts says what each field means. */
export const timelineJson = (timeline: Timeline): string => printDocument(timeline);

/** The chart as a file of its own, so many pixels wide with the room around it. */
export const timelineSvg = (timeline: Timeline, width: number): string =>
  `${timelineChart(timeline, { prefix: 'timeline', width: width - 2 * MARGIN }).svg}\n`;
