import type { DisclosureReport } from '../../model/disclosure-report.ts';

/** The report for programs; `docs/schema/secrets-1.schema.json` describes it. No secret is in it. */
export function disclosureJson(report: DisclosureReport): string {
  return disclosureJsonPieces(report).join('');
}

/** The same in pieces, to be written one after another: of a long history it has tens of megabytes. */
export function disclosureJsonPieces({ disclosures, ...report }: DisclosureReport): readonly string[] {
  const pieces: string[] = [];
  for (const [key, value] of Object.entries({ format: 'assay-secrets', schema: 1, ...report })) {
    if (value === undefined) continue;
    // Where the disclosures have always been: behind what tells how they were looked for.
    if (key === 'coverage') pushDisclosures(pieces, disclosures);
    pieces.push(pieces.length === 0 ? '{\n' : ',\n', `  ${JSON.stringify(key)}: ${indented(value, '  ')}`);
  }
  pieces.push('\n}\n');
  return pieces;
}

function pushDisclosures(pieces: string[], disclosures: DisclosureReport['disclosures']): void {
  pieces.push(disclosures.length === 0 ? ',\n  "disclosures": []' : ',\n  "disclosures": [');
  for (const [i, one] of disclosures.entries())
    pieces.push(`${i === 0 ? '' : ','}\n    ${indented(one, '    ')}`);
  if (disclosures.length > 0) pieces.push('\n  ]');
}

/** No string in JSON has a line end of its own. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);
}
