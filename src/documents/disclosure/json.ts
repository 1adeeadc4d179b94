import type { DisclosureReport } from '../../model/disclosure-report.ts';

/** The report for programs; `docs/schema/secrets-1.schema.json` describes it. No secret is in it. */
export function disclosureJson(report: DisclosureReport): string {
  return [...disclosureJsonPieces(report)].join('');
}

/** The same in pieces, to be written one after another: of a long history it has tens of megabytes. */
export function* disclosureJsonPieces({
  disclosures,
  ...report
}: DisclosureReport): Generator<string, void, undefined> {
  let open = '{\n';
  for (const [key, value] of Object.entries({ format: 'assay-secrets', schema: 1, ...report })) {
    if (value === undefined) continue;
    // Where the disclosures have always been: behind what tells how they were looked for.
    if (key === 'coverage') yield* listed(disclosures);
    yield `${open}  ${JSON.stringify(key)}: ${indented(value, '  ')}`;
    open = ',\n';
  }
  yield '\n}\n';
}

function* listed(disclosures: DisclosureReport['disclosures']): Generator<string, void, undefined> {
  yield ',\n  "disclosures": [';
  for (const [i, one] of disclosures.entries()) yield `${i === 0 ? '' : ','}\n    ${indented(one, '    ')}`;
  yield disclosures.length === 0 ? ']' : '\n  ]';
}

/** No string in JSON has a line end of its own. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);
}
