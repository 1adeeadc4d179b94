import type { Timeline } from '../../model/timeline.ts';
import { printDocument } from '../common/print.ts';
import { timelineChart } from '../pictures/timeline-chart.ts';
import { timelineCsv } from './csv.ts';
import { timelineMarkdown } from './markdown.ts';

/** A timeline in each format but the terminal's. JSON is the model as it is. */
export const timelineFormats: Readonly<
  Record<'json' | 'csv' | 'markdown' | 'svg', (timeline: Timeline) => string>
> = {
  json: (timeline) => printDocument(timeline),
  csv: timelineCsv,
  markdown: timelineMarkdown,
  svg: (timeline) => `${timelineChart(timeline, { prefix: 'timeline' }).svg}\n`,
};
