import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { expectGolden } from './testing/golden.ts';
import { emptySnapshot, largeSnapshot, richSnapshot } from './testing/samples.ts';
import { inventoryOf, snapshotOf } from './testing/snapshot.ts';
import { cyclonedxReport, openvexReport, reporters, spdxReport } from './index.ts';
import type { Snapshot } from '../model/result.ts';

const SPEC = process.env['ASSAY_SPEC'] ?? '../shared/data/spec';
const EXTENSIONS: Readonly<Record<string, string>> = {
  markdown: 'md',
  sarif: 'sarif',
  openvex: 'vex.json',
  cyclonedx: 'cdx.json',
  spdx: 'spdx.json',
  json: 'json',
};

test.for(reporters.map(({ id }) => id))('%s: the golden of the rich snapshot', (id) => {
  const reporter = reporters.find((one) => one.id === id)!;
  expectGolden(`src/documents/fixtures/rich.${EXTENSIONS[id]!}`, reporter.report(richSnapshot()));
  expectGolden(`src/documents/fixtures/empty.${EXTENSIONS[id]!}`, reporter.report(emptySnapshot()));
});

test.for(reporters.map(({ id }) => id))(
  '%s: names the starter set, what was not checked, and what was lost',
  (id) => {
    const reporter = reporters.find((one) => one.id === id)!;
    const rich = reporter.report(richSnapshot());
    expect(reporter.report(emptySnapshot())).toContain('starter set: 61 advisories');
    expect(rich).toContain('not checked: 1 PyPI component');
    expect(rich).toContain('1 problem means that this report is not whole');
    expect(rich).toContain('newest 2026-11-20 (1 day old)');
    expect(rich).not.toContain('pass@');
  },
);

test('6,000 components to any format are no quadratic work', () => {
  const snapshot = largeSnapshot(6000);
  for (const reporter of reporters) {
    const started = process.threadCpuUsage();
    reporter.report(snapshot);
    // Tens of milliseconds; a busy machine is some times slower, quadratic code takes minutes.
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000);
  }
});

test('a project that does not name itself has the name of the tree, and no purl', () => {
  const inventory = inventoryOf([{ path: 'Gemfile.lock', places: [{ what: '', line: 1 }] }], {
    '': { origin: 'project' },
  });
  const snapshot = snapshotOf(inventory, []);
  const { components } = JSON.parse(cyclonedxReport(snapshot)) as {
    components: { name: string; purl?: string }[];
  };
  expect(components.map(({ name, purl }) => [name, purl])).toEqual([['example', undefined]]);
  const { packages } = JSON.parse(spdxReport(snapshot)) as {
    packages: { name: string; externalRefs: object[] }[];
  };
  expect(packages.map(({ name, externalRefs }) => [name, externalRefs.length])).toEqual([
    ['example', 1],
    ['example', 0],
  ]);
});

test('an SBOM alone says nothing of findings', () => {
  for (const write of [cyclonedxReport, spdxReport]) {
    const text = write(richSnapshot(), { findings: false });
    expect(text).not.toContain('CVE-2021-23337');
    expect(text).not.toContain('lockfile/weak-integrity');
    expect(text).toContain('pkg:npm/lodash@4.17.20');
  }
});

test('SPDX and OpenVEX say what was not checked, left out or not understood', () => {
  const left = { code: 'tree/left-out', message: 'left out: vendor/sub (a submodule)' };
  const lost = { code: 'file/truncated', message: 'ends early', at: { path: 'a.lock', line: 3 }, lost: true };
  const rich = richSnapshot();
  const gone = { ...rich, problems: [left, lost, { code: 'x/note', message: 'a note' }] };
  const { annotations } = JSON.parse(spdxReport(gone)) as { annotations: object[] };
  const about = { annotationDate: rich.takenAt, annotationType: 'OTHER', annotator: 'Tool: assay-0.1.0' };
  expect(annotations).toEqual(
    [
      'not checked: 1 Docker component (node): there is no public advisory data for them',
      'not checked: 1 PyPI component (requests): advisories for them are not installed',
      'tree/left-out: left out: vendor/sub (a submodule)',
      'file/truncated: a.lock:3: ends early',
      'x/note: a note',
    ].map((comment) => ({ ...about, comment })),
  );
  const toolingOf = (snapshot: Snapshot) =>
    (JSON.parse(openvexReport(snapshot)) as { tooling: string }).tooling.split('; ').slice(-2);
  expect(toolingOf(gone)).toEqual([
    'tree/left-out: left out: vendor/sub (a submodule)',
    'file/truncated: a.lock:3: ends early',
  ]);
  expect(toolingOf({ ...rich, problems: Array.from({ length: 22 }, () => lost) })).toEqual([
    'file/truncated: a.lock:3: ends early',
    'and 2 more that were left out or not understood',
  ]);
});

test('SARIF: one result for each finding, within what code scanning takes', () => {
  interface Run {
    results: { partialFingerprints: Record<string, string>; locations: object[]; suppressions: object[] }[];
    automationDetails: { id: string };
  }
  const runsOf = (snapshot: Snapshot): Run[] =>
    (JSON.parse(report('sarif')(snapshot)) as { runs: Run[] }).runs;
  const rich = richSnapshot();
  const [run] = runsOf(rich);
  expect(run!.results.map(({ partialFingerprints }) => partialFingerprints['assayFinding/v1'])).toEqual(
    rich.findings.map(({ fingerprint }) => fingerprint),
  );
  expect(run!.results.map(({ suppressions }) => suppressions.length)).toEqual([0, 0, 0, 1]);
  const [first] = rich.findings;
  const many = Array.from({ length: 25_001 }, (_, n) => ({ ...first!, fingerprint: String(n) }));
  const runs = runsOf({ ...rich, findings: many });
  expect(runs.map(({ results }) => results.length)).toEqual([25_000, 1]);
  expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual(['assay/', 'assay-2/']);
  const everywhere = { ...first!, occurrences: Array.from({ length: 1_200 }, () => first!.occurrences[0]!) };
  expect(runsOf({ ...rich, findings: [everywhere] })[0]!.results[0]!.locations).toHaveLength(1_000);
});

interface Published {
  readonly file: string;
  readonly others?: readonly string[];
  readonly dialect: '07' | '2020-12';
  readonly reports: readonly ((snapshot: Snapshot) => string)[];
  readonly skipEmpty?: true;
}

const report = (id: string) => (snapshot: Snapshot) =>
  reporters.find((one) => one.id === id)!.report(snapshot);

/** SPDX publishes its schema with the specification: put `spdx/spdx-schema.json` of 2.3 there (or name a folder in ASSAY_SPEC) to check against it. */
const published: readonly Published[] = [
  { file: 'sarif-schema-2.1.0.json', dialect: '07', reports: [report('sarif')] },
  {
    file: 'cyclonedx/schema/bom-1.6.schema.json',
    others: ['cyclonedx/schema/spdx.schema.json', 'cyclonedx/schema/jsf-0.82.schema.json'],
    dialect: '07',
    reports: [report('cyclonedx'), (snapshot) => cyclonedxReport(snapshot, { findings: false })],
  },
  {
    file: 'openvex/openvex_json_schema.json',
    dialect: '2020-12',
    // A document without statements is the one thing that we write and the schema refuses: see openvex/index.ts.
    skipEmpty: true,
    reports: [report('openvex'), (snapshot) => openvexReport(snapshot, { author: 'Jo', role: 'maintainer' })],
  },
  {
    file: 'spdx/spdx-schema.json',
    dialect: '07',
    reports: [report('spdx'), (snapshot) => spdxReport(snapshot, { findings: false })],
  },
];

for (const { file, others = [], dialect, reports, skipEmpty } of published)
  test.skipIf(!existsSync(`${SPEC}/${file}`))(
    `valid by the published ${file} (skipped without ${SPEC})`,
    () => {
      const read = (name: string): object => JSON.parse(readFileSync(`${SPEC}/${name}`, 'utf8')) as object;
      const ajv =
        dialect === '2020-12'
          ? new Ajv2020({ strict: false, allErrors: true })
          : new Ajv({ strict: false, allErrors: true });
      addFormats.default(ajv);
      for (const format of ['iri', 'iri-reference', 'idn-email']) ajv.addFormat(format, /^[^\s<>"]*$/);
      for (const other of others) ajv.addSchema(read(other));
      // SARIF's is draft 4, which differs for us in the spelling of `id` alone.
      const { $schema: _dialect, id: _id, ...schema } = read(file) as { $schema?: string; id?: string };
      const validate = ajv.compile(schema);
      for (const write of reports)
        for (const snapshot of [
          richSnapshot(),
          largeSnapshot(300),
          ...(skipEmpty ? [] : [emptySnapshot()]),
        ]) {
          validate(JSON.parse(write(snapshot)));
          expect(validate.errors ?? []).toEqual([]);
        }
    },
  );
