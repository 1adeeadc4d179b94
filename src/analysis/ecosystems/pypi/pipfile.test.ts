import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { pipfile, pipfileLock } from './pipfile.ts';

const LOCK = `{
    "_meta": {
        "hash": {"sha256": "00"},
        "pipfile-spec": 6
    },
    "default": {
        "Django": {
            "hashes": ["sha256:aa", "sha256:bb"],
            "index": "pypi",
            "version": "==4.2"
        },
        "asgiref": {
            "hashes": ["sha256:cc"],
            "version": "==3.7.2"
        },
        "tool": {
            "git": "https://user:pw@host.invalid/tool.git",
            "ref": "0123abcd"
        },
        "local": {"editable": true, "path": "./local"}
    },
    "develop": {
        "asgiref": {"version": "==3.7.2", "hashes": ["sha256:cc"]},
        "pytest": {"version": "==8.0", "hashes": ["sha256:dd"]}
    },
    "docs": {
        "sphinx": "*"
    }
}
`;

const PIPFILE = `[[source]]
url = "https://registry.example.invalid/simple"
name = "main"

[packages]
django = "~=4.2"
tool = {git = "https://host.invalid/tool.git", ref = "0123abcd"}
win = {version = "*", sys_platform = "== 'win32'"}

[dev-packages]
pytest = "==8.0"

[requires]
python_version = "3.11"
`;

extractorContract(pipfileLock, 'Pipfile.lock', LOCK);
extractorContract(pipfile, 'Pipfile', PIPFILE);

function read(text: string, manifest?: string) {
  const extraction = pipfileLock.extract({ path: 'Pipfile.lock', text }, (path) =>
    path === 'Pipfile' ? manifest : undefined,
  );
  const label = (node: number) => extraction.components[node]!.name || 'root';
  return {
    ...extraction,
    arrows: extraction.edges.map((edge) =>
      `${label(edge.from)} ${edge.kind} ${label(edge.to)} ${edge.range}`.trim(),
    ),
    rules: extraction.observations.map((found) => `${found.rule}: ${found.names?.join(' ')}`),
    codes: extraction.problems.map((problem) => problem.code),
  };
}

test('categories give scopes, and a package of two is one component', () => {
  const { components, edgesKnown } = read(LOCK);
  expect(components.slice(1)).toEqual([
    {
      name: 'Django',
      version: '4.2',
      origin: 'registry',
      line: 7,
      scopes: ['prod'],
      integrity: 'sha256:aa sha256:bb',
    },
    {
      name: 'asgiref',
      version: '3.7.2',
      origin: 'registry',
      line: 12,
      scopes: ['prod', 'dev'],
      integrity: 'sha256:cc',
    },
    {
      name: 'tool',
      version: '0123abcd',
      origin: 'git',
      line: 16,
      scopes: ['prod'],
      source: 'https://host.invalid/tool.git#0123abcd',
    },
    { name: 'local', version: '', origin: 'file', line: 20, scopes: ['prod'], source: './local' },
    { name: 'pytest', version: '8.0', origin: 'registry', line: 24, scopes: ['dev'], integrity: 'sha256:dd' },
    { name: 'sphinx', version: '', requested: '*', origin: 'registry', line: 27, scopes: ['dev'] },
  ]);
  expect(edgesKnown).toBe(false);
});

test('the Pipfile tells what is direct, and what the lockfile does not have', () => {
  expect(read(LOCK, PIPFILE).arrows).toEqual([
    'root prod Django ~=4.2',
    'root prod tool',
    'root dev pytest ==8.0',
  ]);
  expect(read(LOCK, `${PIPFILE}\n[docs]\nnew = "*"\n`).rules).toEqual(['lockfile/out-of-step: new']);
});

test.for([
  ['{}', ['file/unexpected-shape']],
  ['', ['file/empty']],
  ['{"default": {', ['file/not-json']],
] as const)('%s is a loss', ([text, expected]) => expect(read(text).codes).toEqual(expected));

test('a Pipfile alone gives ranges', () => {
  const { components, observations } = pipfile.extract({ path: 'Pipfile', text: PIPFILE }, () => undefined);
  expect(
    components
      .slice(1)
      .map(({ name, version, requested, origin, line }) => [name, version, requested, origin, line]),
  ).toEqual([
    ['django', '', '~=4.2', 'registry', 6],
    ['tool', '0123abcd', undefined, 'git', 7],
    ['win', '', '', 'registry', 8],
    ['pytest', '8.0', undefined, 'registry', 11],
  ]);
  expect(observations.map((found) => [found.rule, found.names])).toEqual([
    ['manifest/not-locked', ['django', 'win']],
  ]);
});
