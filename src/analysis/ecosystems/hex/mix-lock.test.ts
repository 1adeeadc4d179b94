import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { mixLock } from './mix-lock.ts';

const sample = `%{
  "cowboy": {:hex, :cowboy, "2.9.0", "inner1", [:make, :rebar3], [{:cowlib, "2.11.0", [hex: :cowlib, repo: "hexpm", optional: false]}, {:plug, ">= 1.0.0", [hex: :plug, repo: "hexpm", optional: true]}, {:absent, ">= 0.0.0", [hex: :absent, repo: "hexpm", optional: true]}], "hexpm", "outer1"},
  "cowlib": {:hex, :cowlib, "2.11.0", "inner2", [:make, :rebar3], [], "hexpm", "outer2"},
  "my_plug": {:hex, :plug, "1.13.6", "inner3", [:mix], [], "hexpm:acme", "outer3"},
  "old": {:hex, :old, "0.1.0"},
  "tool": {:git, "https://git.example.invalid/tool.git", "0123abc", [branch: "main"]},
}
`;
extractorContract(mixLock, 'api/mix.lock', sample);

const manifest = `defmodule Api.MixProject do
  use Mix.Project
  def project do
    [app: :api, version: "0.3.0", deps: deps()]
  end

  # Run "mix help deps" to learn about dependencies.
  defp deps do
    [
      {:cowboy, "~> 2.9"}, # the server
      {:old, "~> 0.1", only: [:dev, :test], runtime: false},
      {:tool, git: "https://git.example.invalid/tool.git", runtime: false},
      {:sibling, in_umbrella: true}
    ]
  end
end
`;

const run = (text: string, mixExs?: string) =>
  mixLock.extract({ path: 'api/mix.lock', text }, (path) => (path === 'api/mix.exs' ? mixExs : undefined));
const edgesOf = ({ components, edges }: ReturnType<typeof run>) =>
  edges.map(
    ({ from, to, kind, range }) => `${components[from]!.name} > ${components[to]!.name} ${kind} ${range}`,
  );

test('packages from the registry and from git, under another name, with checksums', () => {
  expect(run(sample).components).toEqual([
    { name: 'cowboy', version: '2.9.0', origin: 'registry', line: 2, integrity: 'sha256:outer1' },
    { name: 'cowlib', version: '2.11.0', origin: 'registry', line: 3, integrity: 'sha256:outer2' },
    {
      name: 'plug',
      version: '1.13.6',
      origin: 'registry',
      line: 4,
      alias: 'my_plug',
      integrity: 'sha256:outer3',
      source: 'hexpm:acme',
    },
    { name: 'old', version: '0.1.0', origin: 'registry', line: 5 },
    {
      name: 'tool',
      version: '0123abc',
      origin: 'git',
      line: 6,
      source: 'https://git.example.invalid/tool.git#0123abc',
    },
  ]);
  expect(edgesOf(run(sample))).toEqual(['cowboy > cowlib prod 2.11.0']);
});

test('a literal list in mix.exs tells what is direct and what for', () => {
  const found = run(sample, manifest);
  expect(found.components[0]).toEqual({ name: 'api', version: '0.3.0', origin: 'project', line: 0 });
  expect(edgesOf(found)).toEqual([
    'api > cowboy prod ~> 2.9',
    'api > old dev ~> 0.1',
    'api > tool build ',
    'cowboy > cowlib prod 2.11.0',
  ]);
  expect(found.observations).toEqual([]);
});

test.for([
  ['computed', manifest.replace('{:sibling, in_umbrella: true}', '{:x, System.get_env("V")}')],
  ['joined', manifest.replace('    ]\n  end', '    ] ++ more()\n  end')],
  ['an umbrella', manifest.replace('app: :api', 'app: :api, apps_path: "apps"')],
  ['interpolated', manifest.replace('"~> 2.9"', '"~> #{v}"')],
] as const)('dependencies that are %s leave directness unknown', ([, text]) => {
  expect(run(sample, text).components[0]!.name).toBe('cowboy');
});

test('what mix.exs asks for and the lock lacks is out of step', () => {
  expect(
    run(sample, manifest.replace('{:sibling, in_umbrella: true}', '{:newer, "~> 1.0"}')).observations,
  ).toMatchObject([{ rule: 'lockfile/out-of-step', names: ['newer'] }]);
});

test.for([
  ['an entry of an unknown kind', sample.replace('{:git,', '{:svn,'), 'hex/malformed-entry', 6],
  ['an entry that is code', sample.replace('"0.1.0"}', 'version()}'), 'hex/malformed-entry', 5],
  ['truncated', sample.slice(0, 60), 'file/truncated', 2],
  ['not a map', 'hello', 'file/unexpected-shape', 1],
  ['empty', '', 'file/empty', undefined],
] as const)('%s is a loss', ([, text, code, line]) => {
  expect(run(text).problems[0]).toMatchObject({ code, lost: true, at: line === undefined ? {} : { line } });
});

test('one entry that cannot be read costs only itself', () => {
  expect(run(sample.replace('"0.1.0"}', 'version()}')).components.map(({ name }) => name)).toEqual([
    'cowboy',
    'cowlib',
    'plug',
    'tool',
  ]);
});

test('thousands of comments after an open bracket are read once', () => {
  const started = process.threadCpuUsage();
  run(`%{\n[\n${'#\n'.repeat(200_000)}`);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5_000);
});
