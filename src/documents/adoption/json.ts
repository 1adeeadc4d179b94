import type { AdoptionReport } from '../../model/adoption.ts';
import { printDocument } from '../common/print.ts';

/** The whole report for programs. Raise the report's `schema` when a reader of the old shape would misread the new one. */
export function adoptionJson(report: AdoptionReport): string {
  return printDocument({ format: 'assay-adoption', ...report });
}
