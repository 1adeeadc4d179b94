import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { gemfileLock } from './gemfile-lock.ts';

const SAMPLE = `GIT
  remote: https://user:secret@host.invalid/team/wizard.git
  revision: 590da16f18d63d4008b60f640aa81676b3db57dc
  branch: main
  specs:
    wizard (2.1.0)
      rails (>= 6)

PATH
  remote: .
  specs:
    app (1.0.0)
      nokogiri (~> 1.16)

PATH
  remote: engines/core
  specs:
    core (0.1.0)

PATH
  remote: ../shared
  specs:
    shared (0.2.0)

PLUGIN SOURCE
  remote: https://host.invalid
  type: special
  specs:
    plug (1.0)

GEM
  remote: https://gems.invalid/
  remote: https://other.invalid/
  specs:
    mini_portile2 (2.8.5)
    nokogiri (1.16.0)
      mini_portile2 (~> 2.8.2)
      racc (~> 1.4)
    nokogiri (1.16.0-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.3)
    racc (1.7.2-java)
    rails (7.1.2)
      bundler (>= 1.15.0)
      nokogiri (>= 1.8.5, < 2)
    rspec (3.12.0)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  app!
  core!
  plug!
  rails (~> 7.1, >= 7.1.1)
  rspec
  shared!
  tzinfo-data
  wizard!

CHECKSUMS
  mini_portile2 (2.8.5) sha256=aa
  nokogiri (1.16.0) sha256=bb
  nokogiri (1.16.0-x86_64-linux) sha256=cc
  racc (1.7.2-java) sha256=dd
  racc (1.7.3) sha256=ee
  rails (7.1.2) sha256=ff
  rspec (3.12.0)

RUBY VERSION
   ruby 3.2.2p53

BUNDLED WITH
   2.5.4
`;

extractorContract(gemfileLock, 'api/Gemfile.lock', SAMPLE);

function read(text: string, files: Record<string, string> = {}, path = 'Gemfile.lock') {
  const extraction = gemfileLock.extract({ path, text }, (other) => files[other]);
  const label = (node: number) => {
    const { name, version } = extraction.components[node]!;
    return name === '' ? 'root' : `${name}@${version}`;
  };
  return {
    ...extraction,
    arrows: extraction.edges.map((edge) =>
      `${label(edge.from)} ${edge.kind} ${label(edge.to)} ${edge.range}`.trim(),
    ),
    rules: extraction.observations.map((found) => `${found.rule}: ${found.names?.join(' ')}`),
    codes: extraction.problems.map((problem) => `${problem.code}:${problem.at?.line ?? ''}`),
  };
}

test('every section is told apart by origin, platform variants are one component, own projects come first', () => {
  const { components, codes, rules } = read(SAMPLE);
  expect(components.map(({ name, version, origin, line }) => [name, version, origin, line])).toEqual([
    ['', '', 'project', 0],
    ['app', '1.0.0', 'project', 12],
    ['core', '0.1.0', 'workspace', 18],
    ['wizard', '2.1.0', 'git', 6],
    ['shared', '0.2.0', 'file', 23],
    ['plug', '1.0', 'unknown', 29],
    ['mini_portile2', '2.8.5', 'registry', 35],
    ['nokogiri', '1.16.0', 'registry', 36],
    ['racc', '1.7.3', 'registry', 41],
    ['racc', '1.7.2', 'registry', 42],
    ['rails', '7.1.2', 'registry', 43],
    ['rspec', '3.12.0', 'registry', 46],
  ]);
  expect(components[7]?.integrity).toBe('sha256=bb sha256=cc');
  expect(components[3]?.source).toBe(
    'https://host.invalid/team/wizard.git#590da16f18d63d4008b60f640aa81676b3db57dc',
  );
  expect({ codes, rules }).toEqual({ codes: [], rules: ['lockfile/no-integrity: rspec'] });
});

test('edges have their requirements, and what is direct comes from DEPENDENCIES', () => {
  expect(read(SAMPLE).arrows).toEqual([
    'root prod app@1.0.0',
    'root prod core@0.1.0',
    'root prod plug@1.0',
    'root prod rails@7.1.2 ~> 7.1, >= 7.1.1',
    'root prod rspec@3.12.0',
    'root prod shared@0.2.0',
    'root prod wizard@2.1.0',
    'wizard@2.1.0 prod rails@7.1.2 >= 6',
    'app@1.0.0 prod nokogiri@1.16.0 ~> 1.16',
    'nokogiri@1.16.0 prod mini_portile2@2.8.5 ~> 2.8.2',
    'nokogiri@1.16.0 prod racc@1.7.3 ~> 1.4',
    'nokogiri@1.16.0 prod racc@1.7.2 ~> 1.4',
    'rails@7.1.2 prod nokogiri@1.16.0 >= 1.8.5, < 2',
  ]);
});

const lockOf = (...names: string[]) =>
  `GEM\n  specs:\n${names.map((name) => `    ${name} (1.0)\n`).join('')}\nDEPENDENCIES\n${names.map((name) => `  ${name}\n`).join('')}`;

/** Which of the named gems are for development, by a Gemfile. */
function developmentOf(gemfile: string, names: string[], files: Record<string, string> = {}): string[] {
  const { arrows } = read(lockOf(...names), { Gemfile: gemfile, ...files });
  return arrows
    .filter((arrow) => arrow.includes(' dev '))
    .map((arrow) => arrow.slice('root dev '.length, -4));
}

test.for([
  ['a group block', "group :development, :test do\n  gem 'a'\nend\ngem 'b'\n"],
  ['brackets', 'group(:test) do\n  gem("a", "~> 1")\nend\ngem("b")\n'],
  ['a group option', "gem 'a', '~> 1', group: :test # why\ngem 'b', group: :production\n"],
  ['a groups option', "gem 'a', groups: [:development, :test]\ngem 'b', groups: [:test, :default]\n"],
  ['an old option', "gem 'a', :group => [:test], :require => false\ngem 'b', :require => :rspec\n"],
  ['words', "gem 'a', groups: %i[development test]\ngem 'b'\n"],
  ['a call over lines', "gem 'a',\n    '~> 1',\n    require: false,\n    group: :test\ngem 'b'\n"],
  [
    'nested blocks',
    "group :test do\n  platforms :mri do\n    if x\n      gem 'a'\n    end\n  end\nend\ngem 'b'\n",
  ],
  ['both groups', "group :test do\n  gem 'a'\nend\ngroup :test do\n  gem 'b'\nend\ngem 'b'\n"],
  ['an unknown group', "group :development do\n  gem 'a'\nend\ngroup :assets do\n  gem 'b'\nend\n"],
  ['a computed group', "group :test do\n  gem 'a'\nend\ngroup(*names) do\n  gem 'b'\nend\n"],
  [
    'a comment block',
    "=begin\ngroup :test do\n=end\ngem 'b'\ngroup :test do\n  gem 'a'\nend\n__END__\ngem 'c'\n",
  ],
  ['a one-line condition', "if x then y end\ngroup :test do\n  gem 'a' unless z\nend\ngem 'b'\n"],
] as const)('groups of the Gemfile: %s', ([, gemfile]) => {
  expect(developmentOf(gemfile, ['a', 'b'])).toEqual(['a']);
});

test('groups of included files and of the gemspec count too', () => {
  const files = { 'gems/test.rb': "group :test do\n  gem 'a'\nend\n" };
  expect(developmentOf("eval_gemfile 'gems/test.rb'\ngem 'b'\n", ['a', 'b'], files)).toEqual(['a']);
  const lock = `PATH\n  remote: .\n  specs:\n    own (1.0)\n      b\n\n${lockOf('a', 'b').replace('DEPENDENCIES', 'DEPENDENCIES\n  own!')}`;
  const { arrows, covers } = read(lock, {
    Gemfile: 'gemspec\n',
    'own.gemspec':
      'Gem::Specification.new do |s|\n  s.add_dependency "b"\n  s.add_development_dependency "a"\nend\n',
  });
  expect(arrows.filter((arrow) => arrow.includes(' dev '))).toEqual(['root dev a@1.0']);
  expect(covers).toEqual(['Gemfile', 'own.gemspec']);
});

test.for([
  ['in step', "gem 'a'\ngem 'b', '>= 0'\n", []],
  ['a missing gem', "gem 'a'\ngem 'new'\n", ['lockfile/out-of-step: new']],
  ['another requirement', "gem 'a', '~> 2'\n", ['lockfile/out-of-step: a']],
  ['a conditional gem', "gem 'new' if x\nif y\n  gem 'new2'\nend\ngem 'new3', platforms: :ruby\n", []],
  ['a computed requirement', "gem 'a', version\ngem 'b', \"~> #{v}\"\n", []],
  ['a gem given twice', "gem 'a', '1'\ngem 'a', '2'\n", []],
] as const)('lockfile and Gemfile: %s', ([, gemfile, expected]) => {
  expect(read(lockOf('a', 'b'), { Gemfile: gemfile }).rules).toEqual(expected);
});

test('a lockfile with endless versions of one gem says what it leaves out', () => {
  const gems = Array.from({ length: 20 }, (_, i) => `    a (${i})\n`).join('');
  const { components, codes } = read(`GEM\n  specs:\n${gems}\nDEPENDENCIES\n  a\n`);
  expect({ count: components.length, codes }).toEqual({ count: 21, codes: ['rubygems/too-many-versions:'] });
});

test('the manifest of each lockfile name is found', () => {
  const companions = (path: string) => gemfileLock.companions?.({ path, text: '' }, path);
  expect(companions('a/Gemfile.lock')).toEqual(['a/Gemfile']);
  expect(companions('a/gems.locked')).toEqual(['a/gems.rb']);
  expect(companions('gemfiles/rails_7.gemfile.lock')).toEqual(['gemfiles/rails_7.gemfile']);
});

test.for([
  ['a conflict', SAMPLE.replace('PLATFORMS', '<<<<<<< HEAD\nPLATFORMS'), 'file/merge-marker:48'],
  ['an empty file', '\n', 'file/empty:'],
  ['a cut file', SAMPLE.slice(0, SAMPLE.indexOf('PLATFORMS')), 'file/truncated:'],
  ['an unknown section', `${SAMPLE}\nNEWS\n  x\n`, 'rubygems/line-unread:77'],
  ['a gem without a version', SAMPLE.replace('racc (1.7.3)\n', 'racc\n'), 'rubygems/line-unread:41'],
] as const)('%s is a loss with its line', ([, text, expected]) =>
  expect(read(text).codes).toEqual([expected]),
);
