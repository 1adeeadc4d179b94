import type { AdoptionRecord, AdoptionReport } from '../../model/adoption.ts';
import { printDocument } from '../common/print.ts';
import { dueRecords } from './records.ts';

/**
 * The whole report for programs. Schema: docs/schema/adoption-1.schema.json; src/model/adoption.ts says what each field means.
 * Raise the report's `schema` when a reader of the old shape would misread the new one.
 */
export function adoptionJson(report: AdoptionReport): string {
  return printDocument({ format: 'assay-adoption', ...report });
}

/** What was recorded, and what is due on the day `today` (YYYY-MM-DD). Schema: docs/schema/adoptions-1.schema.json */
export function adoptionsJson(records: readonly AdoptionRecord[], today: string): string {
  const due = dueRecords(records, today);
  return printDocument({
    format: 'assay-adoptions',
    schema: 1,
    today,
    records: records.map((record) => ({ ...record, due: due.has(record.id) })),
  });
}
