import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { chart } from './chart.ts';
import { chartLock } from './lock.ts';

const at = (files: Record<string, string>) => (path: string) =>
  Object.hasOwn(files, path) ? files[path] : undefined;
const repository = 'https://charts.example.invalid';

const chartYaml = `apiVersion: v2
name: app
version: 0.2.0
appVersion: "9.9"
dependencies:
  - name: generic-service
    version: "3.17"
    repository: ${repository}
  - name: redis
    version: 17.0.1
    repository: oci://registry.example.invalid/charts
    alias: cache
    condition: redis.enabled
  - name: common
    version: ">=1"
    repository: file://../common
  - name: vendored
`;

const chartLockText = `dependencies:
- name: generic-service
  repository: ${repository}
  version: 3.17.4
- name: redis
  repository: oci://registry.example.invalid/charts
  version: 17.0.1
- name: common
  repository: file://../common
  version: 1.0.0
- name: vendored
  repository: ""
  version: 0.1.0
digest: sha256:00
generated: "2026-01-01T00:00:00Z"
`;

extractorContract(chart, 'charts/app/Chart.yaml', chartYaml);
extractorContract(chartLock, 'charts/app/Chart.lock', chartLockText);

test('a manifest gives the chart and what it asks for', () => {
  const { components, edges, problems } = chart.extract(
    { path: 'charts/app/Chart.yaml', text: chartYaml },
    at({}),
  );
  expect(problems).toEqual([]);
  expect(components).toEqual([
    { name: 'app', version: '0.2.0', origin: 'project', line: 2 },
    {
      name: 'generic-service',
      version: '',
      requested: '3.17',
      origin: 'registry',
      source: repository,
      line: 6,
      scopes: ['prod'],
    },
    {
      name: 'redis',
      version: '17.0.1',
      origin: 'registry',
      source: 'oci://registry.example.invalid/charts',
      alias: 'cache',
      line: 9,
      scopes: ['prod'],
    },
    {
      name: 'common',
      version: '',
      requested: '>=1',
      origin: 'file',
      source: 'charts/common',
      line: 14,
      scopes: ['prod'],
    },
    {
      name: 'vendored',
      version: '',
      requested: '*',
      origin: 'file',
      source: 'charts/app/charts/vendored',
      line: 17,
      scopes: ['prod'],
    },
  ]);
  expect(edges).toEqual(
    [1, 2, 3, 4].map((to) => ({ from: 0, to, kind: 'prod', range: ['3.17', '17.0.1', '>=1', ''][to - 1] })),
  );
});

test('a lock gives exact versions, the ranges of its manifest, and covers it', () => {
  const found = chartLock.extract(
    { path: 'charts/app/Chart.lock', text: chartLockText },
    at({ 'charts/app/Chart.yaml': chartYaml }),
  );
  expect(found.components.map((c) => `${c.name}@${c.version}:${c.line}:${c.origin}`)).toEqual([
    'app@0.2.0:0:project',
    'generic-service@3.17.4:2:registry',
    'redis@17.0.1:5:registry',
    'common@1.0.0:8:file',
    'vendored@0.1.0:11:file',
  ]);
  expect(found.edges.map((edge) => edge.range)).toEqual(['3.17', '17.0.1', '>=1', '']);
  expect(found.covers).toEqual(['charts/app/Chart.yaml']);
  expect(found.observations).toEqual([]);
  expect(found.problems).toEqual([]);
});

test('a lock out of step with its manifest is an observation', () => {
  const manifest =
    'name: a\ndependencies:\n- {name: x, version: 2.0.0, repository: r}\n- {name: new, version: ^1, repository: r}\n- {name: same, version: ~1.0.0, repository: r}\n';
  const lock =
    'dependencies:\n- {name: x, version: 1.9.0, repository: r}\n- {name: same, version: 1.0.3, repository: r}\n- {name: gone, version: 1.0.0, repository: r}\n';
  expect(
    chartLock.extract({ path: 'Chart.lock', text: lock }, at({ 'Chart.yaml': manifest })).observations,
  ).toEqual([
    {
      rule: 'lockfile/out-of-step',
      message: 'the lock and Chart.yaml do not agree on gone, new, x',
      hint: 'run `helm dependency update` and commit the lock',
      names: ['gone', 'new', 'x'],
    },
  ]);
});

test('Helm 2 keeps dependencies beside the chart', () => {
  const files = {
    'Chart.yaml': 'name: a\nversion: 1.0.0\n',
    'requirements.yaml': 'dependencies:\n- name: x\n  version: 1.x\n  repository: "@stable"\n',
  };
  const manifest = chart.extract({ path: 'requirements.yaml', text: files['requirements.yaml'] }, at(files));
  expect(manifest.components.map((c) => `${c.name}@${c.version}?${c.requested ?? ''}:${c.line}`)).toEqual([
    'a@1.0.0?:0',
    'x@?1.x:2',
  ]);
  const lock = chartLock.extract(
    { path: 'requirements.lock', text: 'dependencies:\n- name: x\n  version: 1.4.0\n  repository: r\n' },
    at(files),
  );
  expect(lock.components.map((c) => `${c.name}@${c.version}`)).toEqual(['a@1.0.0', 'x@1.4.0']);
  expect(lock.covers).toEqual(['requirements.yaml']);
});

test('files of the same names that are not Helm’s are left alone', () => {
  const ansible = chart.extract({ path: 'requirements.yaml', text: 'roles:\n  - name: x\n' }, at({}));
  expect([ansible.components, ansible.problems]).toEqual([[], []]);
  const list = chart.extract({ path: 'requirements.yaml', text: '- src: x\n' }, at({}));
  expect([list.components, list.problems]).toEqual([[], []]);
  const pip = chartLock.extract({ path: 'requirements.lock', text: '-e file:.\nx==1.0\n' }, at({}));
  expect([pip.components, pip.problems, pip.covers]).toEqual([[], [], []]);
});

test.for([
  ['dependencies that are no list', 'name: a\ndependencies: x\n', ['file/unexpected-shape']],
  ['a dependency without a name', 'name: a\ndependencies:\n- version: 1\n', ['helm/nameless-dependency']],
  ['no dependencies', 'name: a\ndependencies: []\n', []],
  ['empty dependencies', 'name: a\ndependencies:\n', []],
  ['a template', '{{ if x }}\nname: a\n', ['yaml/syntax', 'yaml/syntax']],
] as const)('%s', ([, text, codes]) =>
  expect(chart.extract({ path: 'Chart.yaml', text }, at({})).problems.map((p) => p.code)).toEqual(codes),
);
