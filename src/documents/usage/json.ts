import type { UsageReport } from '../../model/usage.ts';
import { printDocument } from '../common/print.ts';

/** The lists for programs. Schema: docs/schema/usage-1.schema.json; src/model/usage.ts says what each field means; `show` leaves out what was not asked for. */
export function usageJson(
  report: UsageReport,
  show: { readonly unused: boolean; readonly phantom: boolean },
): string {
  const { target, code, unseen, unsure, phantoms, problems } = report;
  return printDocument({
    format: 'assay-usage',
    schema: 1,
    target,
    code,
    ...(show.unused ? { unseen, unsure } : {}),
    ...(show.phantom ? { phantoms } : {}),
    problems,
  });
}
