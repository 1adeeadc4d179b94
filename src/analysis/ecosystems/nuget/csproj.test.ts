import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { csproj } from './csproj.ts';

const sample = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <JsonVersion>13.0.3</JsonVersion>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Plain" Version="1.2.3" />
    <PackageReference Include="By.Property" Version="$(JsonVersion)" />
    <PackageReference Include="By.Element">
      <Version>2.0.0-beta.1</Version>
    </PackageReference>
    <PackageReference Include="Analyser" Version="3.0.0" PrivateAssets="all" />
    <PackageReference Include="Ranged" Version="[1.0,2.0)" />
    <PackageReference Include="Exact" Version="[4.5.6]" />
    <PackageReference Include="Floating" Version="5.*" />
    <PackageReference Include="Unknown" Version="$(Nowhere)" />
    <ProjectReference Include="..\\Core\\Core.csproj" />
  </ItemGroup>
</Project>
`;
extractorContract(csproj, 'src/Web/Web.csproj', sample);

/** Runs over files of a tree as the engine does. */
function run(path: string, files: Record<string, string>) {
  const given = new Map<string, string>();
  const queue = [path];
  for (const at of queue)
    for (const wanted of csproj.companions!({ path: at, text: files[at]! }, path))
      if (files[wanted] !== undefined && !given.has(wanted)) {
        given.set(wanted, files[wanted]);
        queue.push(wanted);
      }
  return csproj.extract({ path, text: files[path]! }, (wanted) => given.get(wanted));
}
const listed = (path: string, files: Record<string, string>) =>
  run(path, files)
    .components.filter(({ origin }) => origin === 'registry')
    .map(
      ({ name, version, requested, line, scopes }) =>
        `${name}@${version || `(${requested ?? ''})`}:${line} ${scopes!.join()}`,
    );

const project = (items: string, properties = ''): string =>
  `<Project><PropertyGroup>${properties}</PropertyGroup><ItemGroup>\n${items}\n</ItemGroup></Project>`;
const reference = (name: string, rest = ''): string => `<PackageReference Include="${name}" ${rest}/>\n`;

test('versions by attribute, element and property; ranges stay ranges', () => {
  expect(listed('src/Web/Web.csproj', { 'src/Web/Web.csproj': sample })).toEqual([
    'Plain@1.2.3:7 prod',
    'By.Property@13.0.3:8 prod',
    'By.Element@2.0.0-beta.1:9 prod',
    'Analyser@3.0.0:12 dev',
    'Ranged@([1.0,2.0)):13 prod',
    'Exact@4.5.6:14 prod',
    'Floating@(5.*):15 prod',
    'Unknown@($(Nowhere)):16 prod',
  ]);
  const { components, edges } = run('src/Web/Web.csproj', { 'src/Web/Web.csproj': sample });
  expect(components[0]).toMatchObject({ name: 'Web', origin: 'project' });
  expect(components.at(-1)).toMatchObject({ name: 'Core', origin: 'workspace', line: 17 });
  expect(edges).toHaveLength(9);
});

test('central versions: the nearest file, overrides, and a file above only when it is asked for', () => {
  const central = (version: string, more = '') =>
    `<Project>${more}<ItemGroup><PackageVersion Include="a" Version="${version}"/><PackageVersion Include="B" Version="$(V)"/></ItemGroup></Project>`;
  const above = `<Import Project="$([MSBuild]::GetPathOfFileAbove(Directory.Packages.props, $(MSBuildThisFileDirectory)..))" />`;
  const files = {
    'x/p/p.csproj': project(
      reference('A') + reference('B') + reference('C') + reference('D', 'VersionOverride="9.9.9"'),
    ),
    'x/Directory.Packages.props': central('1.0.0'),
    'Directory.Build.props': project('', '<V>2.0.0</V>'),
    'Directory.Packages.props':
      '<Project><ItemGroup><PackageVersion Include="C" Version="3.0.0"/><PackageVersion Include="A" Version="0.0.1"/></ItemGroup></Project>',
  };
  expect(listed('x/p/p.csproj', files)).toEqual([
    'A@1.0.0:2 prod',
    'B@2.0.0:3 prod',
    'C@():4 prod',
    'D@9.9.9:5 prod',
  ]);
  expect(listed('x/p/p.csproj', { ...files, 'x/Directory.Packages.props': central('1.0.0', above) })).toEqual(
    ['A@1.0.0:2 prod', 'B@2.0.0:3 prod', 'C@3.0.0:4 prod', 'D@9.9.9:5 prod'],
  );
});

test('Update changes and Remove takes away; one name twice under conditions is listed twice', () => {
  const items = `${reference('A', 'Version="1.0.0"')}${reference('B', 'Version="1.0.0"')}<PackageReference Update="a" Version="1.1.0"/>
<PackageReference Remove="B"/>
<PackageReference Include="C" Version="1.0.0" Condition="x"/><PackageReference Include="C" Version="2.0.0" Condition="y"/>`;
  expect(listed('p.csproj', { 'p.csproj': project(items) })).toEqual([
    'A@1.1.0:2 prod',
    'C@1.0.0:6 prod',
    'C@2.0.0:6 prod',
  ]);
});

test('everything in a test project is development', () => {
  expect(
    listed('t.csproj', {
      't.csproj': project(reference('A', 'Version="1"'), '<IsTestProject>true</IsTestProject>'),
    }),
  ).toEqual(['A@1:2 dev']);
  expect(
    listed('t.fsproj', {
      't.fsproj': project(
        reference('A', 'Version="1"') + reference('Microsoft.NET.Test.Sdk', 'Version="17.0.0"'),
      ),
    }),
  ).toEqual(['A@1:2 dev', 'Microsoft.NET.Test.Sdk@17.0.0:3 dev']);
});

test('files imported by a literal path count; the Directory files are listed by themselves, once', () => {
  const files = {
    'a/p.csproj':
      '<Project><Import Project="..\\build\\common.props"/><ItemGroup><PackageReference Include="A" Version="$(AV)"/></ItemGroup></Project>',
    'build/common.props': project(reference('Common', 'Version="7.0.0"'), '<AV>6.0.0</AV>'),
    'Directory.Build.props': project(reference('Everywhere', 'Version="8.0.0" PrivateAssets="all"')),
  };
  expect(listed('a/p.csproj', files)).toEqual(['Common@7.0.0:0 prod', 'A@6.0.0:1 prod']);
  expect(listed('Directory.Build.props', files)).toEqual(['Everywhere@8.0.0:2 dev']);
});

test('properties in a circle and properties under conditions that disagree stay unknown', () => {
  const circle = project(reference('A', 'Version="$(X)"'), '<X>$(Y)</X><Y>$(X)</Y>');
  expect(listed('p.csproj', { 'p.csproj': circle })[0]).toMatch(/^A@\(\$\(/);
  const disagree = project(reference('A', 'Version="$(X)"'), '<X Condition="a">1</X><X Condition="b">2</X>');
  expect(listed('p.csproj', { 'p.csproj': disagree })).toEqual(['A@($(X)):2 prod']);
});

test('another document is a loss', () => {
  expect(run('p.csproj', { 'p.csproj': '<project/>' }).problems).toMatchObject([
    { code: 'file/unexpected-shape', lost: true },
  ]);
});
