import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { gemfile, gemspec } from './manifests.ts';

const GEMFILE = `source "https://gems.invalid"
ruby "3.2.2"

gem "rails", "~> 7.1", ">= 7.1.1"
gem "pinned", "1.2.3"
gem "tool", git: "https://host.invalid/tool.git", branch: "main"
group :test do
  gem "rspec"
end
path "engines" do
  gem "core"
end
`;

const GEMSPEC = `# frozen_string_literal: true
Gem::Specification.new do |spec|
  spec.name    = "own"
  spec.version = Own::VERSION
  spec.add_dependency "rack", ">= 2", "< 4"
  spec.add_runtime_dependency("json")
  spec.add_development_dependency 'rake', '13.0.6'
end
`;

extractorContract(gemfile, 'Gemfile', GEMFILE);
extractorContract(gemspec, 'own.gemspec', GEMSPEC);

test('a Gemfile gives requirements, exact versions, origins and groups', () => {
  const { components, edges, role, observations } = gemfile.extract(
    { path: 'Gemfile', text: GEMFILE },
    () => undefined,
  );
  expect(components.slice(1)).toEqual([
    { name: 'rails', version: '', requested: '>= 7.1.1, ~> 7.1', origin: 'registry', line: 4 },
    { name: 'pinned', version: '1.2.3', origin: 'registry', line: 5 },
    { name: 'tool', version: '', requested: '', origin: 'git', line: 6 },
    { name: 'rspec', version: '', requested: '', origin: 'registry', line: 8 },
    { name: 'core', version: '', requested: '', origin: 'file', line: 11 },
  ]);
  expect(edges.map((edge) => edge.kind)).toEqual(['prod', 'prod', 'prod', 'dev', 'prod']);
  expect(role).toBe('manifest');
  expect(observations.map((found) => [found.rule, found.names])).toEqual([
    ['manifest/not-locked', ['rails', 'rspec']],
  ]);
});

test('a gemspec gives its literal dependencies', () => {
  const { components, edges } = gemspec.extract({ path: 'own.gemspec', text: GEMSPEC }, () => undefined);
  expect(components.map(({ name, version, requested }) => [name, version, requested])).toEqual([
    ['own', '', undefined],
    ['rack', '', '< 4, >= 2'],
    ['json', '', ''],
    ['rake', '13.0.6', undefined],
  ]);
  expect(edges.map((edge) => edge.kind)).toEqual(['prod', 'prod', 'dev']);
});

test('a computed name is a loss', () => {
  const codes = (extractor: typeof gemfile, text: string) =>
    extractor
      .extract({ path: 'x', text }, () => undefined)
      .problems.map((found) => `${found.code}:${found.at?.line}`);
  expect(codes(gemfile, "gem 'a'\ngem name, '1'\n")).toEqual(['rubygems/not-literal:2']);
  expect(codes(gemspec, 's.add_dependency(name)\n')).toEqual(['rubygems/not-literal:1']);
});

test('the loop of a literal list is a dependency for each word; a list that never ends is a loss', () => {
  const read = (text: string) => gemspec.extract({ path: 'a.gemspec', text }, () => undefined);
  const loop =
    '%w[\n  alpha\n  beta gamma\n].each do |name|\n  s.add_dependency name, [\'>= 7\', "< #{x}"]\nend\n';
  const { components, problems } = read(`${loop}s.add_dependency name\n`);
  expect(components.slice(-3).map(({ name, requested, line }) => [name, requested, line])).toEqual([
    ['alpha', '>= 7', 5],
    ['beta', '>= 7', 5],
    ['gamma', '>= 7', 5],
  ]);
  expect(problems).toMatchObject([{ code: 'rubygems/not-literal', at: { line: 7 } }]);
  expect(read('%w[\n  alpha\n').problems).toMatchObject([{ code: 'rubygems/not-literal', lost: true }]);
});

test.for([
  [gemfile, "gem 'a'\n<<<<<<< HEAD\ngem 'b'\n"],
  [gemspec, "s.add_dependency 'a'\n>>>>>>> x\n"],
] as const)('$0.id: a merge conflict is a loss with its line', ([extractor, text]) =>
  expect(extractor.extract({ path: 'x', text }, () => undefined).problems).toMatchObject([
    { code: 'file/merge-marker', at: { path: 'x', line: 2 }, lost: true },
  ]),
);
