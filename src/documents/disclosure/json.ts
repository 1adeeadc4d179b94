import type { DisclosureReport } from '../../model/disclosure-report.ts';

/** The report for programs; `docs/schema/secrets-1.schema.json` describes it. No secret is in it. */
export function disclosureJson(report: DisclosureReport): string {
  return `${JSON.stringify({ format: 'assay-secrets', schema: 1, ...report }, null, 2)}\n`;
}
