import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { interpolate } from './interpolate.ts';
import { pom } from './pom.ts';

const dependency = (id: string, rest = ''): string => {
  const [group, artifact, version] = id.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version ? `<version>${version}</version>` : ''}${rest}</dependency>\n`;
};
const project = (inner: string): string => `<?xml version="1.0"?>\n<project>\n${inner}</project>\n`;
const self = '<groupId>g</groupId><artifactId>a</artifactId><version>1.0</version>\n';

const sample = project(`${self}<properties><x.version>2.1</x.version></properties>
<dependencyManagement><dependencies>
${dependency('o:managed:3.0', '<scope>test</scope>')}</dependencies></dependencyManagement>
<dependencies>
${dependency('o:plain:1.2.3')}${dependency('o:by-property:${x.version}')}${dependency('o:managed')}${dependency('o:provided:1', '<scope>provided</scope>')}${dependency('o:maybe:1', '<optional>true</optional>')}</dependencies>
`);

extractorContract(pom, 'service/pom.xml', sample);

/** Runs over files of a tree as the engine does: companions of companions, only what exists. */
function run(path: string, files: Record<string, string>) {
  const given = new Map<string, string>();
  const queue = [path];
  for (const at of queue)
    for (const wanted of pom.companions!({ path: at, text: files[at]! }, path))
      if (files[wanted] !== undefined && !given.has(wanted)) {
        given.set(wanted, files[wanted]);
        queue.push(wanted);
      }
  return pom.extract({ path, text: files[path]! }, (wanted) => given.get(wanted));
}
const listed = (path: string, files: Record<string, string>) => {
  const { components, edges } = run(path, files);
  return edges.map(
    ({ from, to, kind }) =>
      `${components[from]!.name} > ${components[to]!.name}@${components[to]!.version || `(${components[to]!.requested ?? ''})`}:${components[to]!.line} ${kind}${components[to]!.origin === 'registry' ? '' : ` ${components[to]!.origin}`}`,
  );
};
const one = (inner: string) => listed('pom.xml', { 'pom.xml': project(inner) });

test('properties, managed versions and scopes', () => {
  expect(listed('pom.xml', { 'pom.xml': sample })).toEqual([
    'g:a > o:plain@1.2.3:9 prod',
    'g:a > o:by-property@2.1:10 prod',
    'g:a > o:managed@3.0:11 dev',
    'g:a > o:provided@1:12 peer',
    'g:a > o:maybe@1:13 optional',
  ]);
});

test.for([
  ['a version', '1.0', '1.0', undefined],
  ['an exact range', '[1.0]', '1.0', undefined],
  ['a range', '[1.0,2.0)', '', '[1.0,2.0)'],
  ['an open range', '(,2.0]', '', '(,2.0]'],
  ['LATEST', 'LATEST', '', 'LATEST'],
  ['an unknown property', '${nowhere}', '', '${nowhere}'],
  ['a property in a circle', '${loop}', '', '${loop}'],
  ['project.version', '${project.version}', '1.0', undefined],
  ['an old spelling of it', '${pom.version}', '1.0', undefined],
] as const)('version: %s', ([, written, version, requested]) => {
  const text = project(
    `${self}<properties><loop>\${loop}</loop></properties><dependencies>${dependency(`o:x:${written}`)}</dependencies>`,
  );
  const { components } = run('pom.xml', { 'pom.xml': text });
  expect([components[1]!.version, components[1]!.requested]).toEqual([version, requested]);
});

const parent =
  '<parent><groupId>g</groupId><artifactId>root</artifactId><version>${revision}</version></parent>';
const tree = {
  'pom.xml': project(`<groupId>g</groupId><artifactId>root</artifactId><version>\${revision}</version>
<properties><revision>7-SNAPSHOT</revision><lib>1.0</lib></properties>
<dependencyManagement><dependencies>${dependency('o:lib:${lib}')}${dependency('o:ours:${project.version}')}</dependencies></dependencyManagement>
<dependencies>${dependency('o:everywhere:5')}</dependencies>
`),
  'mid/pom.xml': project(`${parent.replace('root', 'root')}<artifactId>mid</artifactId>
<properties><lib>1.1</lib></properties>
`),
  'mid/leaf/pom.xml':
    project(`<parent><groupId>g</groupId><artifactId>mid</artifactId><version>\${revision}</version></parent>
<artifactId>leaf</artifactId>
<dependencies>${dependency('o:lib')}${dependency('g:mid:${project.parent.version}')}${dependency('g:other:7-SNAPSHOT')}</dependencies>
`),
};

test('parents in the tree: nearest property wins, inherited dependencies hang from who declares them', () => {
  expect(listed('mid/leaf/pom.xml', tree)).toEqual([
    'g:leaf > g:mid@7-SNAPSHOT:3 prod workspace',
    'g:mid > g:root@7-SNAPSHOT:3 prod workspace',
    'g:leaf > o:lib@1.1:5 prod',
    'g:leaf > g:mid@7-SNAPSHOT:3 prod workspace',
    'g:leaf > g:other@7-SNAPSHOT:7 prod workspace',
    'g:root > o:everywhere@5:3 prod',
  ]);
});

test('a file at the relative path that is not the parent asked for is not it', () => {
  const { components, problems } = run('mid/pom.xml', {
    ...tree,
    'mid/pom.xml': project(
      `${parent.replace('root', 'another')}<artifactId>mid</artifactId><dependencies>${dependency('o:lib')}</dependencies>`,
    ),
  });
  expect(components.map(({ name, version }) => `${name}@${version}`)).toEqual(['g:mid@', 'o:lib@']);
  expect(problems).toMatchObject([
    {
      code: 'maven/version-outside',
      message: '1 dependency has no version in the tree; it may come from g:another:${revision}',
    },
  ]);
});

test.for([
  ['the folder', '<relativePath>../parent</relativePath>'],
  ['the file', '<relativePath>../parent/pom.xml</relativePath>'],
] as const)('the relative path may name %s', ([, relative]) => {
  const files = {
    'a/pom.xml': project(
      `<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version>${relative}</parent><artifactId>a</artifactId>`,
    ),
    'parent/pom.xml': project('<groupId>g</groupId><artifactId>p</artifactId><version>1</version>'),
  };
  expect(listed('a/pom.xml', files)).toEqual(['g:a > g:p@1:3 prod workspace']);
});

test('an empty relative path, one that leaves the tree, and parents in a circle end the search', () => {
  const child = (relative: string) =>
    project(
      `<parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version><relativePath>${relative}</relativePath></parent><artifactId>a</artifactId>`,
    );
  for (const relative of ['', '../../../pom.xml', 'pom.xml', '/etc/passwd'])
    expect(
      run('x/pom.xml', { 'x/pom.xml': child(relative), 'pom.xml': project(self) }).components,
    ).toHaveLength(1);
});

test('a BOM in the tree gives versions; one outside is named', () => {
  const files = {
    'app/pom.xml': project(`${self}<dependencyManagement><dependencies>
${dependency('g:the-bom:1.0', '<type>pom</type><scope>import</scope>')}${dependency('x:far-bom:9', '<type>pom</type><scope>import</scope>')}
</dependencies></dependencyManagement><dependencies>${dependency('o:lib')}${dependency('o:far')}</dependencies>`),
    'the-bom/pom.xml': project(`<groupId>g</groupId><artifactId>the-bom</artifactId><version>1.0</version>
<dependencyManagement><dependencies>${dependency('o:lib:4.2')}</dependencies></dependencyManagement>`),
  };
  expect(listed('app/pom.xml', files)).toEqual(['g:a > o:lib@4.2:8 prod', 'g:a > o:far@():9 prod']);
  expect(run('app/pom.xml', files).problems[0]!.message).toContain('it may come from x:far-bom:9');
});

test('a profile counts when it is on by default, else what it adds is optional', () => {
  const profile = (active: boolean) => `${self}<profiles><profile><id>p</id>
<activation><activeByDefault>${active}</activeByDefault></activation>
<properties><v>2</v></properties><dependencies>${dependency('o:inner:${v}')}</dependencies></profile></profiles>
<properties><v>1</v></properties><dependencies>${dependency('o:outer:${v}')}</dependencies>`;
  expect(one(profile(true))).toEqual(['g:a > o:inner@2:6 prod', 'g:a > o:outer@2:8 prod']);
  expect(one(profile(false))).toEqual(['g:a > o:outer@1:8 prod', 'g:a > o:inner@2:6 optional']);
});

test('a POM without a name of its own still has dependencies', () => {
  expect(one(`<dependencies>${dependency('o:x:1')}</dependencies>`)).toEqual(['project > o:x@1:3 prod']);
});

test('two artefacts of one component are one component; a system path is a file; test jars of our own are ours', () => {
  expect(
    one(`${self}<dependencies>
${dependency('o:x:1')}${dependency('o:x:1', '<classifier>tests</classifier><scope>test</scope>')}${dependency('o:s:1', '<scope>system</scope><systemPath>lib/s.jar</systemPath>')}
</dependencies>`),
  ).toEqual(['g:a > o:x@1:5 prod', 'g:a > o:x@1:5 dev', 'g:a > o:s@1:7 prod file']);
});

test.for([
  [
    'a name from a property that is nowhere',
    project(`${self}<dependencies>${dependency('${g}:x:1')}</dependencies>`),
    'maven/unresolved-name',
  ],
  ['another document', '<settings/>', 'file/unexpected-shape'],
  ['truncated', sample.slice(0, 200), 'file/truncated'],
  ['empty', '', 'file/empty'],
] as const)('%s is a loss', ([, text, code]) => {
  expect(run('pom.xml', { 'pom.xml': text }).problems).toMatchObject([{ code, lost: true }]);
});

test('expressions that grow without end stop', () => {
  const laughs = new Map(
    Array.from({ length: 40 }, (_, i) => [`l${i}`, `\${l${i + 1}}\${l${i + 1}}\${l${i + 1}}`]),
  );
  const started = process.threadCpuUsage();
  expect(interpolate('${l0}', (name) => laughs.get(name))).toContain('${');
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1_000);
});
