import {
  TIMELINE_SEVERITIES,
  type AdvisoryCounts,
  type Timeline,
  type TimelinePoint,
} from '../../model/timeline.ts';

/**
 * One row a point, oldest first; the first row names the columns. What is unknown is empty, never 0.
 * RFC 4180 with LF. A field that a spreadsheet would take for a formula has an apostrophe before it.
 */
export function timelineCsv(timeline: Timeline): string {
  const severities = (prefix: string): string[] =>
    TIMELINE_SEVERITIES.map((severity) => `${prefix}_${severity}`);
  const head = [
    ...[
      'label',
      'date',
      'commit',
      'older_line',
      'state',
      'files',
      'components',
      'direct',
      'duplicates',
      'development',
    ],
    ...['now', ...severities('now'), 'now_development', 'then', ...severities('then'), 'then_development'],
    ...['closed', 'opened', 'first_seen', 'published', 'added', 'removed', 'moved'],
  ];
  return [head, ...timeline.points.map(rowOf)].map((row) => `${row.map(field).join(',')}\n`).join('');
}

function rowOf(point: TimelinePoint): (string | number | undefined)[] {
  const { label, at, commit, side, state, files, change } = point;
  return [
    ...[label, at, commit, side === true ? 'yes' : 'no', state, files],
    ...[point.components, point.direct, point.duplicates, point.development],
    ...countFields(point.now),
    ...countFields(point.then),
    ...[change.closed.length, change.opened.length, change.firstSeen.length, change.published.length],
    ...[change.components.added, change.components.removed, change.components.moved],
  ];
}

const countFields = (counts: AdvisoryCounts | undefined): (number | undefined)[] => [
  counts?.total,
  ...TIMELINE_SEVERITIES.map((severity) => counts?.bySeverity[severity]),
  counts?.development,
];

function field(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
