import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { htmlReport } from '../../documents/html/index.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import { TIMELINE_SEVERITIES, type Timeline } from '../../model/timeline.ts';
import { reportExtras } from '../../verbs/know/report.ts';
import type { Invocation } from './command.ts';
import { overGraphs } from './tuning.ts';

/** `--format html`: what only it needs is computed and loaded here. AssayErrors `cli/cannot-read`, `cli/not-a-timeline`. */
export function renderHtml(snapshot: Snapshot, invocation: Invocation): string {
  const file = invocation.value('timeline');
  const timeline = file === undefined ? undefined : readTimeline(resolve(invocation.io.cwd, file));
  return overGraphs(snapshot.inventory, () => htmlReport(snapshot, reportExtras(snapshot, timeline)));
}

function readTimeline(path: string): Timeline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AssayError('cli/cannot-read', `cannot read ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const hint = 'make it with `assay timeline --format json --output FILE`';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AssayError('cli/not-a-timeline', `${path} is not JSON: ${(error as Error).message}`, {
      hint,
      cause: error,
    });
  }
  if (!isTimeline(value))
    throw new AssayError('cli/not-a-timeline', `${path} is no timeline of schema 1`, { hint });
  return value;
}

/** Holds for what `assay timeline` writes, and for nothing that the report could not show. */
function isTimeline(value: unknown): value is Timeline {
  const { format, schema, target, takenAt, sampling, points, exposure, caveats } = fieldsOf(value);
  const { by, says, leftOut } = fieldsOf(sampling);
  return (
    format === 'assay-timeline' &&
    schema === 1 &&
    hasText(target, 'name', 'commit') &&
    typeof takenAt === 'string' &&
    (by === 'tags' || by === 'commits' || by === 'months') &&
    typeof says === 'string' &&
    isListOf(
      leftOut,
      (one) => hasText(one, 'why') && isCount(fieldsOf(one)['count']) && isTexts(fieldsOf(one)['examples']),
    ) &&
    isListOf(points, isPoint) &&
    isExposure(exposure) &&
    isTexts(caveats)
  );
}

function isPoint(value: unknown): boolean {
  const { components, direct, duplicates, knownNow, knownThen, change } = fieldsOf(value);
  const { closed, opened } = fieldsOf(change);
  return (
    hasText(value, 'label', 'at') &&
    [components, direct, duplicates].every((count) => count === undefined || isCount(count)) &&
    (knownNow === undefined) === (knownThen === undefined) &&
    [knownNow, knownThen].every((counts) => counts === undefined || isAdvisoryCounts(counts)) &&
    Array.isArray(closed) &&
    Array.isArray(opened)
  );
}

function isAdvisoryCounts(value: unknown): boolean {
  const { total, bySeverity, development } = fieldsOf(value);
  const severities = fieldsOf(bySeverity);
  return (
    isCount(total) && isCount(development) && TIMELINE_SEVERITIES.every((one) => isCount(severities[one]))
  );
}

function isExposure(value: unknown): boolean {
  const { closed, open, beforePublic, undated, unseen } = fieldsOf(value);
  const areDays = (figures: unknown): boolean => {
    const { count, mean, median } = fieldsOf(figures);
    return isCount(count) && (count === 0 || (isCount(mean) && isCount(median)));
  };
  return areDays(closed) && areDays(open) && [beforePublic, undated, unseen].every(isCount);
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

const isListOf = (value: unknown, holds: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(holds);

const isTexts = (value: unknown): boolean => isListOf(value, (one) => typeof one === 'string');

const hasText = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => typeof fieldsOf(value)[name] === 'string');

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
