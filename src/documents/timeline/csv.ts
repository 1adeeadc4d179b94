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
  const about = ['label', 'date', 'commit', 'older_line', 'state'];
  const sizes = ['files', 'components', 'direct', 'duplicates', 'development'];
  const changes = ['closed', 'opened', 'first_seen', 'published', 'added', 'removed', 'moved'];
  const isDecided = timeline.decisions !== undefined;
  const head = [
    ...about,
    ...sizes,
    ...countNames('now'),
    ...countNames('then'),
    ...changes,
    ...(isDecided ? ['decided'] : []),
  ];
  return [
    head,
    ...timeline.points.map((point) => [...rowOf(point), ...(isDecided ? [point.decided ?? 0] : [])]),
  ]
    .map((row) => `${row.map(field).join(',')}\n`)
    .join('');
}

function rowOf(point: TimelinePoint): (string | number | undefined)[] {
  const { change } = point;
  const about = [point.label, point.at, point.commit, point.side === true ? 'yes' : 'no', point.state];
  const sizes = [point.files, point.components, point.direct, point.duplicates, point.development];
  const { added, removed, moved } = change.components;
  const changes = [
    change.closed.length,
    change.opened.length,
    change.firstSeen.length,
    change.published.length,
  ];
  return [
    ...about,
    ...sizes,
    ...countFields(point.knownNow),
    ...countFields(point.knownThen),
    ...changes,
    added,
    removed,
    moved,
  ];
}

const countNames = (prefix: string): string[] => [
  prefix,
  ...TIMELINE_SEVERITIES.map((severity) => `${prefix}_${severity}`),
  `${prefix}_development`,
];

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
