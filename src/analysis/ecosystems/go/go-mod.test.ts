import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { goMod } from './go-mod.ts';

const sample = `// The service.
module example.org/service

go 1.22.1

toolchain go1.22.3-fips

require (
	example.org/direct v1.2.3
	"example.org/quoted" v0.1.0 // a comment
	example.org/indirect/v2 v2.0.0+incompatible // indirect
	example.org/both v1.0.0 // indirect; wanted by the linter
)

require example.org/single v0.0.0-20200101000000-abcdefabcdef // indirectly

exclude example.org/direct v1.2.2
retract [v1.0.0, v1.1.0] // broken
tool example.org/direct/cmd/gen
godebug default=go1.21
`;

extractorContract(goMod, 'svc/go.mod', sample);

const run = (text: string, sum?: string) =>
  goMod.extract({ path: 'svc/go.mod', text }, (path) => (path === 'svc/go.sum' ? sum : undefined));
const listed = (text: string, sum?: string) => {
  const { components, edges } = run(text, sum);
  const direct = new Set(edges.map((edge) => edge.to));
  return components.map(
    (c, i) => `${c.name}@${c.version}:${c.line} ${c.origin}${direct.has(i) ? ' direct' : ''}`,
  );
};

test('modules with their lines, directness by the comment alone, and the standard library', () => {
  expect(listed(sample)).toEqual([
    'example.org/service@:2 project',
    'example.org/direct@v1.2.3:9 registry direct',
    'example.org/quoted@v0.1.0:10 registry direct',
    'example.org/indirect/v2@v2.0.0+incompatible:11 registry',
    'example.org/both@v1.0.0:12 registry',
    'example.org/single@v0.0.0-20200101000000-abcdefabcdef:15 registry direct',
    'stdlib@1.22.3:6 registry direct',
  ]);
});

test.for([
  ['go line alone is a minimum', 'module m\ngo 1.21\n', 'm@:1 project'],
  ['go line with a patch too', 'module m\ngo 1.21.9\n', 'm@:1 project'],
  ['toolchain names it', 'module m\ngo 1.21\ntoolchain go1.23.0\n', 'stdlib@1.23.0:3 registry direct'],
  ['toolchain default is none', 'module m\ngo 1.21\ntoolchain default\n', 'm@:1 project'],
] as const)('standard library: %s', ([, text, expected]) => expect(listed(text).at(-1)).toBe(expected));

test('replacements: another version, another module, a folder, one version only, and none without effect', () => {
  const text = `module m
go 1.20
require (
	a.example/a v1.0.0
	a.example/b v1.0.0
	a.example/c v1.0.0
	a.example/d v1.0.0
	a.example/e v1.0.0 // indirect
)
replace (
	a.example/a => a.example/a v1.0.1
	a.example/b => fork.example/b v1.5.0
	a.example/c => ../c
	a.example/d v1.0.0 => a.example/d v1.0.4
	a.example/d => a.example/d v9.9.9
	a.example/e v0.9.0 => a.example/e v7.0.0
	a.example/unknown => a.example/unknown v1.0.0
)
`;
  const { components } = run(text);
  expect(components.slice(1)).toEqual([
    { name: 'a.example/a', version: 'v1.0.1', origin: 'registry', line: 11, scopes: ['prod'] },
    {
      name: 'fork.example/b',
      version: 'v1.5.0',
      origin: 'registry',
      line: 12,
      alias: 'a.example/b',
      scopes: ['prod'],
    },
    { name: 'a.example/c', version: 'v1.0.0', origin: 'file', line: 13, source: '../c', scopes: ['prod'] },
    { name: 'a.example/d', version: 'v1.0.4', origin: 'registry', line: 14, scopes: ['prod'] },
    { name: 'a.example/e', version: 'v1.0.0', origin: 'registry', line: 8, scopes: ['prod'] },
  ]);
});

const sum = `a.example/a v1.0.0 h1:aaaa=
a.example/a v1.0.0/go.mod h1:bbbb=
a.example/old v0.1.0/go.mod h1:cccc=
a.example/deep v0.3.0 h1:dddd=
`;

test('go.sum gives integrity; below Go 1.17 also the modules that go.mod leaves out', () => {
  const text = (go: string) => `module m\ngo ${go}\nrequire a.example/a v1.0.0\n`;
  expect(run(text('1.17'), sum).components.map(({ name, integrity }) => [name, integrity])).toEqual([
    ['m', undefined],
    ['a.example/a', 'h1:aaaa='],
  ]);
  expect(listed(text('1.16'), sum)).toEqual([
    'm@:1 project',
    'a.example/a@v1.0.0:3 registry direct',
    'a.example/deep@v0.3.0:0 registry',
  ]);
});

test('a go.sum without the required version is out of step; none at all is no integrity', () => {
  const text = 'module m\ngo 1.20\nrequire a.example/a v1.0.1\n';
  expect(run(text, sum).observations).toMatchObject([
    { rule: 'lockfile/out-of-step', names: ['a.example/a'], line: 3 },
  ]);
  expect(run(text).observations).toMatchObject([{ rule: 'lockfile/no-integrity' }]);
  expect(run('module m\n').observations).toEqual([]);
});

test.for([
  ['an unknown directive', 'module m\nfrobnicate x\n', 'go/unknown-directive', 2],
  ['a require without a version', 'module m\nrequire a.example/a\n', 'go/malformed-directive', 2],
  ['what is no module path', 'module m\nrequire (\n# caf\u00e9\n)\n', 'go/malformed-directive', 3],
  ['a block left open', 'module m\nrequire (\n\ta.example/a v1.0.0\n', 'file/truncated', 2],
  ['a merge conflict', 'module m\n<<<<<<< HEAD\n', 'file/merge-marker', 2],
  ['nothing at all', '', 'file/empty', undefined],
] as const)('%s is a loss', ([, text, code, line]) => {
  expect(run(text).problems).toMatchObject([{ code, lost: true, at: line === undefined ? {} : { line } }]);
});

test('a go.sum that cannot be read is a problem of go.sum', () => {
  expect(run('module m\ngo 1.20\n', 'a b c\nnot-a-line\n').problems).toEqual([
    {
      code: 'go/malformed-sum',
      message: '1 line not of the form `MODULE VERSION HASH`',
      at: { path: 'svc/go.sum', line: 2 },
      lost: true,
    },
  ]);
});

test.for([
  ['vendor.mod', true],
  ['a/go.tools.mod', true],
  ['tools/tools.mod', true],
  ['dev.go.mod', true],
  ['song.mod', false],
  ['kernel/foo.mod', false],
] as const)('%s: %s', ([path, claimed]) => {
  expect(goMod.claims(path)).toBe(claimed);
});

test('another go.mod has its own go.sum', () => {
  expect(goMod.companions!({ path: 'a/vendor.mod', text: '' }, 'a/vendor.mod')).toEqual(['a/vendor.sum']);
});
