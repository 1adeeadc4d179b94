import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { htmlReport } from '../../documents/html/index.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Timeline } from '../../model/timeline.ts';
import { reportExtras } from '../../verbs/know/report.ts';
import type { Invocation } from './command.ts';

/** `--format html`: what only it needs is computed and loaded here. AssayErrors `cli/cannot-read`, `cli/not-a-timeline`. */
export function renderHtml(snapshot: Snapshot, invocation: Invocation): string {
  const file = invocation.value('timeline');
  const timeline = file === undefined ? undefined : readTimeline(resolve(invocation.io.cwd, file));
  return htmlReport(snapshot, reportExtras(snapshot, timeline));
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
  const { format, schema, target, takenAt, sampling, points, caveats } = fieldsOf(value);
  return (
    format === 'assay-timeline' &&
    schema === 1 &&
    typeof fieldsOf(target)['name'] === 'string' &&
    typeof fieldsOf(target)['commit'] === 'string' &&
    typeof takenAt === 'string' &&
    typeof fieldsOf(sampling)['says'] === 'string' &&
    Array.isArray(caveats) &&
    caveats.every((one) => typeof one === 'string') &&
    Array.isArray(points) &&
    points.every(isPoint)
  );
}

function isPoint(value: unknown): boolean {
  const { label, at, change } = fieldsOf(value);
  const { closed, opened } = fieldsOf(change);
  return (
    typeof label === 'string' && typeof at === 'string' && Array.isArray(closed) && Array.isArray(opened)
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
