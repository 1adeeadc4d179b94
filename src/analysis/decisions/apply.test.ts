import { expect, test } from 'vitest';
import type { Decision, DecisionScope } from '../../model/decision.ts';
import type { Scope } from '../../model/extractor.ts';
import type { Finding, FindingOccurrence } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import { npm } from '../versions/index.ts';
import { applyDecisions } from './apply.ts';

// web: project > express > lodash, project > jest > lodash
const manifest = (path: string): Inventory['manifests'][number] => ({
  path,
  extractor: 'npm/package-lock',
  role: 'lock',
  edgesKnown: true,
  covers: [],
  occurrences: [0, 1, 2, 3].map((component) => ({
    component,
    line: component + 1,
    direct: 'no',
    scopes: ['prod'],
  })),
  roots: [0],
  offsets: Uint32Array.from([0, 2, 3, 4, 4]),
  targets: Uint32Array.from([1, 2, 3, 3]),
  kinds: new Uint8Array(4),
  ranges: ['', '', '', ''],
  observations: [],
});
const inventory = {
  components: [
    ['shop', '1.0.0'],
    ['express', '4.0.0'],
    ['jest', '29.0.0'],
    ['lodash', '4.17.20'],
  ].map(([name, version]) => ({
    purl: `pkg:npm/${name}@${version}`,
    ecosystem: 'npm',
    name,
    version,
    origin: 'registry',
    licences: [],
  })),
  manifests: [manifest('web/package-lock.json'), manifest('api/package-lock.json')],
  problems: [],
} as unknown as Inventory;

const place = (path: string, scopes: readonly Scope[] = ['prod']): FindingOccurrence => ({
  at: { path, line: 4 },
  direct: 'no',
  scopes,
});
const finding = (more: Partial<Finding> = {}): Finding => ({
  fingerprint: 'f1',
  kind: 'advisory',
  rule: 'advisory/CVE-2021-23337',
  ids: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm', 'SNYK-JS-LODASH-1'],
  subject: 'pkg:npm/lodash@4.17.20' as Finding['subject'],
  component: 3,
  title: 'lodash',
  priority: 'high',
  reasons: [],
  occurrences: [place('web/package-lock.json')],
  evidence: [],
  fixed: [],
  advisories: [],
  reachability: 'unknown',
  ...more,
});
const decision = (about: Partial<DecisionScope>, more: Partial<Decision> = {}): Decision => ({
  id: 'd1',
  about: { advisories: [], ...about },
  status: 'not_affected',
  reason: 'because',
  by: 'Jo',
  at: '2026-10-01T00:00:00Z',
  expires: '2027-01-01T00:00:00Z',
  source: { path: '.assay/decisions.yaml', line: 1, format: 'assay' },
  ...more,
});
const imported = { source: { path: '.nsprc', line: 2, format: 'nsprc' } };
const apply = (
  findings: readonly Finding[],
  decisions: readonly Decision[],
  more: { today?: string; maxLifetimeDays?: number } = {},
) => applyDecisions(findings, decisions, { today: '2026-11-21', inventory, schemeOf: () => npm, ...more });

const ID = { advisories: ['GHSA-35jh-r3h4-6jhm'] };

test.for<[string, Partial<DecisionScope>, boolean]>([
  ['by the canonical id', { advisories: ['CVE-2021-23337'] }, true],
  ['by any alias, in any case', { advisories: ['ghsa-35JH-r3h4-6jhm'] }, true],
  ['by the rule', { advisories: ['advisory/CVE-2021-23337'] }, true],
  ['not by another id', { advisories: ['CVE-2021-23338'] }, false],
  ['one id of several is enough', { advisories: ['CVE-1', 'CVE-2021-23337'] }, true],
  ['an empty selector matches nothing', {}, false],
  ['a component alone: every flaw of it', { component: 'pkg:npm/lodash' }, true],
  ['another component', { ...ID, component: 'pkg:npm/lodash-es' }, false],
  ['a pinned version', { ...ID, component: 'pkg:npm/lodash@4.17.20' }, true],
  ['another pinned version', { ...ID, component: 'pkg:npm/lodash@4.17.19' }, false],
  ['a range', { ...ID, versions: '<4.17.21' }, true],
  ['another range', { ...ID, versions: '>=4.17.21' }, false],
  ['an exact version', { ...ID, versions: '=4.17.20' }, true],
  ['a range that cannot be read', { ...ID, versions: '][' }, false],
  ['a pattern', { namePattern: '^lo.*$' }, true],
  ['a pattern that cannot be run', { namePattern: '(?=lo)' }, false],
  ['an ecosystem', { ...ID, ecosystem: 'npm' }, true],
  ['another ecosystem', { ...ID, ecosystem: 'PyPI' }, false],
  ['a manifest', { ...ID, manifest: 'web/**' }, true],
  ['another manifest', { ...ID, manifest: 'api/**' }, false],
  ['a scope that production shares', { ...ID, scope: 'dev' }, false],
  ['the scope of production', { ...ID, scope: 'prod' }, true],
  ['every path', { ...ID, path: '* > lodash' }, true],
  ['one path of two', { ...ID, path: 'express > lodash' }, false],
])('a decision matches: %s', ([, about, expected]) => {
  const { findings, reports } = apply([finding()], [decision(about)]);
  expect(findings[0]!.decision).toBe(expected ? 'd1' : undefined);
  expect(reports[0]!.findings).toEqual(expected ? ['f1'] : []);
});

test('development only is what production does not need', () => {
  const dev = finding({ occurrences: [place('web/package-lock.json', ['dev'])] });
  expect(apply([dev], [decision({ ...ID, scope: 'dev' })]).findings[0]!.decision).toBe('d1');
  const both = finding({ occurrences: [place('web/package-lock.json', ['prod', 'dev'])] });
  expect(apply([both], [decision({ ...ID, scope: 'dev' })]).findings[0]!.decision).toBeUndefined();
});

test('a new place or a new path opens a finding again, and says so', () => {
  const two = finding({ occurrences: [place('web/package-lock.json'), place('api/package-lock.json')] });
  const half = apply([two], [decision({ ...ID, manifest: 'web/*' })]);
  expect(half.findings[0]!.decision).toBeUndefined();
  expect(half.problems.map(({ code }) => code)).toEqual(['decision/partial']);
  expect(half.reports[0]).toMatchObject({ state: 'used', findings: [] });
  const one = apply([finding()], [decision({ ...ID, path: 'express > lodash' })]);
  expect(one.problems.map(({ code }) => code)).toEqual(['decision/partial']);
});

test('decisions join: each place and each path by one of them', () => {
  const two = finding({ occurrences: [place('web/package-lock.json'), place('api/package-lock.json')] });
  const joined = apply(
    [two],
    [
      decision({ ...ID, manifest: 'web/*' }),
      decision({ ...ID, manifest: 'api/*', path: 'express > lodash' }, { id: 'd2' }),
      decision({ ...ID, path: 'jest > *' }, { id: 'd3' }),
    ],
  );
  expect(joined.findings[0]!.decision).toBe('d1');
  expect(joined.reports.map(({ state }) => state)).toEqual(['used', 'used', 'used']);
  expect(joined.problems).toEqual([]);
});

test('an expired decision covers nothing and is reported with what it covered', () => {
  const { findings, reports } = apply([finding()], [decision(ID, { expires: '2026-11-21T00:00:00Z' })]);
  expect(findings[0]!.decision).toBeUndefined();
  expect(reports[0]).toMatchObject({ state: 'expired', findings: ['f1'] });
  expect(apply([finding()], [decision(ID, { expires: '2026-11-21T00:00:01Z' })]).findings[0]!.decision).toBe(
    'd1',
  );
});

test('our own without a reason, author or end covers nothing; an imported one does, and both are reported', () => {
  for (const lack of [{ reason: '' }, { by: '' }, { at: '' }])
    expect(apply([finding()], [decision(ID, lack)]).findings[0]!.decision).toBeUndefined();
  const { expires: _end, ...endless } = decision(ID);
  expect(apply([finding()], [endless]).findings[0]!.decision).toBeUndefined();
  expect(apply([finding()], [decision(ID, { reason: '' })]).reports[0]!.state).toBe('no-reason');
  const nsprc = apply([finding()], [{ ...endless, ...imported, reason: '', by: '', at: '' }]);
  expect(nsprc.findings[0]!.decision).toBe('d1');
  expect(nsprc.reports[0]).toMatchObject({ state: 'no-reason', findings: ['f1'] });
  expect(nsprc.problems.map(({ code }) => code)).toEqual(['decision/no-expiry']);
});

test('a decision that was replaced does not hold, even when its successor has ended', () => {
  const next = decision(ID, { id: 'd2', supersedes: 'd1', expires: '2026-11-01T00:00:00Z' });
  const { findings, reports } = apply([finding()], [decision(ID), next]);
  expect(findings[0]!.decision).toBeUndefined();
  expect(reports.map(({ state }) => state)).toEqual(['superseded', 'expired']);
  expect(apply([finding()], [decision(ID, { supersedes: 'gone' })]).problems.map(({ code }) => code)).toEqual(
    ['decision/supersedes-nothing'],
  );
});

test('an imported file cannot replace our own decision', () => {
  const { findings, reports } = apply(
    [finding()],
    [decision(ID), decision({ advisories: ['x'] }, { id: 'd2', supersedes: 'd1', ...imported })],
  );
  expect(findings[0]!.decision).toBe('d1');
  expect(reports.map(({ state }) => state)).toEqual(['used', 'unused']);
});

test('policy shortens what lasts too long', () => {
  const long = apply([finding()], [decision(ID)], { maxLifetimeDays: 30 });
  expect(long.findings[0]!.decision).toBeUndefined();
  expect(long.reports[0]!.state).toBe('expired');
  expect(long.problems.map(({ code }) => code)).toEqual(['decision/too-long']);
  expect(apply([finding()], [decision(ID)], { maxLifetimeDays: 100 }).findings[0]!.decision).toBe('d1');
});

test('malware must be named', () => {
  const malware = finding({ kind: 'malware', ids: ['MAL-2024-1'], rule: 'malware/MAL-2024-1' });
  expect(apply([malware], [decision({ component: 'pkg:npm/lodash' })]).findings[0]!.decision).toBeUndefined();
  expect(apply([malware], [decision({ advisories: ['MAL-2024-1'] })]).findings[0]!.decision).toBe('d1');
});

test('a finding about the repository is covered by its rule', () => {
  const { component: _component, ...rest } = finding();
  const lockfile: Finding = {
    ...rest,
    kind: 'lockfile',
    rule: 'lockfile/weak-integrity',
    ids: [],
    subject: 'repository',
    occurrences: [],
    evidence: [{ kind: 'location', at: { path: 'web/package-lock.json' } }],
  };
  const rule = { advisories: ['lockfile/weak-integrity'] };
  expect(apply([lockfile], [decision({ ...rule, manifest: 'web/*' })]).findings[0]!.decision).toBe('d1');
  expect(apply([lockfile], [decision({ ...rule, manifest: 'api/*' })]).findings[0]!.decision).toBeUndefined();
  expect(
    apply([lockfile], [decision({ ...rule, component: 'pkg:npm/lodash' })]).findings[0]!.decision,
  ).toBeUndefined();
});

test('unused decisions are said to be so, and nothing depends on the order of findings', () => {
  const other = finding({ fingerprint: 'f2', ids: ['CVE-2'], rule: 'advisory/CVE-2' });
  const decisions = [decision(ID), decision({ advisories: ['CVE-3'] }, { id: 'd2' })];
  const one = apply([finding(), other], decisions);
  const two = apply([other, finding()], decisions);
  expect(one.reports.map(({ state }) => state)).toEqual(['used', 'unused']);
  expect(two.reports).toEqual(one.reports);
  expect([...two.findings].reverse()).toEqual(one.findings);
});

test('ten thousand decisions and a thousand findings take no time', () => {
  const findings = Array.from({ length: 1_000 }, (_, n) =>
    finding({ fingerprint: `f${n}`, ids: [`CVE-${n}`], rule: `advisory/CVE-${n}` }),
  );
  const decisions = Array.from({ length: 10_000 }, (_, n) =>
    decision({ advisories: [`CVE-${n}`], manifest: 'web/**' }, { id: `d${n}` }),
  );
  const started = process.threadCpuUsage();
  const { findings: covered } = apply(findings, decisions);
  expect(covered.every((one) => one.decision !== undefined)).toBe(true);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1_000);
});
