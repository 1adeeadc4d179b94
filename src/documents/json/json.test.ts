import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { emptySnapshot, largeSnapshot, richSnapshot } from '../testing/samples.ts';
import { json } from './index.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('docs/schema/scan-1.schema.json', 'utf8')) as object);

test.for([
  ['rich', richSnapshot()],
  ['empty', emptySnapshot()],
  ['large', largeSnapshot(300)],
] as const)('a %s snapshot is valid by the published schema', ([, snapshot]) => {
  validate(JSON.parse(json.report(snapshot)));
  expect(validate.errors ?? []).toEqual([]);
});

test('the schema refuses what is not ours', () => {
  expect(validate({ ...(JSON.parse(json.report(emptySnapshot())) as object), surprise: 1 })).toBe(false);
});

test('counts what is there, open and decided apart', () => {
  const document = JSON.parse(json.report(richSnapshot())) as { summary: object; caveats: string[] };
  expect(document.summary).toEqual({
    components: 11,
    direct: 6,
    production: 8,
    manifests: 3,
    findings: 4,
    open: 3,
    decided: 1,
    byPriority: { critical: 2, high: 0, medium: 0, low: 1, unknown: 0 },
    actions: 2,
    notChecked: 2,
    problems: 2,
    lost: 1,
  });
});

test('says what was not checked, how old the data is, and that a starter set is one', () => {
  const rich = JSON.parse(json.report(richSnapshot())) as { caveats: string[] };
  expect(rich.caveats).toEqual([
    'npm: 220,123 advisories, newest 2026-11-20 (1 day old)',
    'known exploited vulnerabilities as of 2026-11-19',
    'exploit predictions (EPSS) as of 2026-11-18',
    'not checked: 1 Docker component (node): there is no public advisory data for them',
    'not checked: 1 PyPI component (requests): advisories for them are not installed',
    '1 problem means that this report is not whole',
  ]);
  const empty = JSON.parse(json.report(emptySnapshot())) as { caveats: string[] };
  expect(empty.caveats).toEqual(['starter set: 61 advisories only, not the public databases']);
});

test('never shows credentials of a source', () => {
  expect(json.report(richSnapshot())).not.toContain('pass@');
});
