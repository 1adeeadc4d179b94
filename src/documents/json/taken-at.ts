import type { Instant } from '../../model/advisory.ts';

/** A name of a document begins its line, and no line of anything else begins so: texts in JSON hold no line break. */
const NAME = '\n"takenAt": "';

/** The same scan report in JSON, taken at another time; in pieces, since it may be long. */
export function withTakenAt(report: string, takenAt: Instant): readonly string[] {
  const name = report.indexOf(NAME);
  if (name === -1) return [report];
  const start = name + NAME.length;
  return [report.slice(0, start), takenAt, report.slice(report.indexOf('"', start))];
}
