import { expect, test } from 'vitest';
import { memory } from '../../adapters/tree/memory.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import { buildInventory } from '../../analysis/graph/inventory.ts';
import { emptySnapshot } from '../../documents/testing/samples.ts';
import { extractAll } from '../../engine/extract.ts';
import type { UsageReport } from '../../model/usage.ts';
import type { Why } from '../../model/why.ts';
import { readUsage, usageReport, withUsage } from './usage.ts';
import { explainName } from './why.ts';

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** package.json and package-lock.json of a project `app`, and what is installed by name. */
function npm(
  root: Package & { readonly scripts?: Readonly<Record<string, string>> },
  installed: Readonly<Record<string, Package>>,
): Record<string, string> {
  const packages: Record<string, unknown> = { '': { name: 'app', ...root } };
  for (const [name, one] of Object.entries(installed))
    packages[`node_modules/${name}`] = { version: '1.0.0', ...one };
  return {
    'package.json': JSON.stringify({ name: 'app', ...root }),
    'package-lock.json': JSON.stringify({ name: 'app', lockfileVersion: 3, packages }),
  };
}

async function read(files: Readonly<Record<string, string>>) {
  const tree = memory(files);
  const { extractions } = await extractAll(tree, { extractors, workers: 0 });
  const ecosystems = new Map(extractors.map(({ id, ecosystem }) => [id, ecosystem]));
  const inventory = buildInventory(
    extractions.map((one) => ({ ...one, ecosystem: ecosystems.get(one.extractor)! })),
    [],
  );
  const snapshot = { ...emptySnapshot(), inventory, problems: inventory.problems };
  const collector = await readUsage(tree, snapshot);
  return {
    report: (): UsageReport => usageReport(snapshot, collector),
    why: (name: string): Why => withUsage(explainName(snapshot, name, { ways: 5 }), collector),
  };
}

const short = ({ unseen, unsure, phantoms }: UsageReport): unknown => ({
  unseen: unseen.map(({ name, manifest, elsewhere }) => `${name} ${manifest} ${elsewhere}`),
  unsure: unsure.map(({ name, because }) => `${name}: ${because}`),
  phantoms: phantoms.map(
    ({ name, manifest, at, typesOnly }) =>
      `${name} ${manifest} ${at.map(({ path, line }) => `${path}:${line}`).join(' ')}${typesOnly ? ' types' : ''}`,
  ),
});

const app = npm(
  {
    dependencies: { used: '1', sub: '1', '@s/scoped': '1', left: '1', styled: '1', loaded: '1' },
    devDependencies: { tool: '1', hooked: '1', 'x-plugin': '1', '@types/used': '1', beside: '1' },
    scripts: { build: 'do-it --now' },
  },
  {
    used: { dependencies: { deep: '1' } },
    deep: {},
    sub: {},
    '@s/scoped': {},
    left: {},
    styled: {},
    loaded: {},
    tool: { bin: { 'do-it': 'x.js' } },
    hooked: {},
    'x-plugin': {},
    '@types/used': {},
    beside: {},
    wants: { peerDependencies: { beside: '1' } },
  },
);

test('imports, commands, hooks, settings and styles are use; what only others bring in is a phantom', async () => {
  const { report } = await read({
    ...app,
    'src/a.ts': "import used from 'used'\nimport x from 'sub/x'\nimport d from 'deep'\nimport fs from 'fs'",
    'src/b.js': "const s = require('@s/scoped/y')\n/** @type {import('deep').T} */",
    'settings.json': '{ "use": ["loaded"] }',
    'a.scss': '@import "~styled/x";',
    '.husky/pre-commit': 'npx hooked',
  });
  expect(short(report())).toEqual({
    unseen: ['left package.json 0'],
    unsure: [
      '@types/used: type declarations may hold for the whole program',
      'beside: wants wants it beside itself (peer dependency)',
      'x-plugin: tools load such packages by name or by convention',
    ],
    phantoms: ['deep package.json src/a.ts:3 src/b.js:2'],
  });
});

test('fixtures, built files and folders of the same name are no phantoms; types alone are told as such', async () => {
  const { report } = await read({
    ...app,
    'test/fixtures/a.js': "import 'deep'",
    'dist/a.js': "require('deep')",
    'src/a.ts': "import type { T } from 'deep'",
  });
  expect(report().phantoms.map(({ at, typesOnly }) => [at[0]!.path, typesOnly])).toEqual([
    ['src/a.ts', true],
  ]);
  const own = await read({ ...app, 'src/deep/x.ts': '', 'src/a.ts': "import 'deep'" });
  expect(own.report().phantoms).toEqual([]);
});

test('without code below a manifest nothing is said to be unused', async () => {
  const { report, why } = await read(app);
  expect(report().unseen).toEqual([]);
  expect(new Set(report().unsure.map(({ because }) => because))).toEqual(
    new Set(['no code was read below this manifest']),
  );
  expect(why('left').usage).toBeUndefined();
});

test('of what is optional nothing is said', async () => {
  const { report } = await read({
    ...npm({}, {}),
    'package.json': '{"name":"app","optionalDependencies":{"a":"1"}}',
    'x.js': '',
  });
  expect(short(report())).toMatchObject({
    unseen: [],
    unsure: ['a: optional: what asks for it does without it'],
  });
});

test('each manifest answers for its own folder, and says where else it is imported', async () => {
  const { report } = await read({
    ...npm({ dependencies: { a: '1' } }, { a: {} }),
    'package.json': '{"name":"app","dependencies":{"a":"1"}}',
    'part/package.json': '{"name":"part","dependencies":{"a":"1"}}',
    'part/x.js': '',
    'x.js': "import 'a'",
  });
  expect(short(report())).toMatchObject({ unseen: ['a part/package.json 1'] });
});

test('what code says of one name', async () => {
  const { why } = await read({
    ...app,
    'src/a.ts': "import used from 'used'\nimport d from 'deep'\nimport g from 'gone'",
    'scripts/run': '#!/usr/bin/env node\nrequire("used")',
  });
  const seen = (name: string): unknown =>
    why(name).usage?.names.map(({ seen, files, declaredIn, at }) => [seen, files, declaredIn.length, at]);
  expect(seen('used')).toEqual([
    [
      'imported',
      2,
      1,
      [
        { path: 'scripts/run', line: 2 },
        { path: 'src/a.ts', line: 1 },
      ],
    ],
  ]);
  expect(seen('deep')).toEqual([['imported', 1, 0, [{ path: 'src/a.ts', line: 2 }]]]);
  expect(seen('left')).toEqual([['not-seen', 0, 1, []]]);
  expect(seen('tool')).toEqual([['mentioned', 1, 1, [{ path: 'package.json' }]]]);
  expect(seen('gone')).toEqual([['imported', 1, 0, [{ path: 'src/a.ts', line: 3 }]]]);
  expect(seen('wants')).toBeUndefined();
});

test('Python: distributions by their modules, requirements in a folder of their own', async () => {
  const { report } = await read({
    'requirements/base.txt': [
      'pyyaml==6.0 \\',
      '    # via -r base.in',
      'requests==2.0',
      '    # via -r base.in',
      'click==8.0',
      '    # via -r base.in',
      'urllib3==2.0',
      '    # via requests',
      'idna==3.0',
      '    # via requests',
      'unheard-of==1.0',
      '    # via -r base.in',
      '',
    ].join('\n'),
    'requirements/base.in': 'pyyaml\nrequests\nclick\nunheard-of\n',
    'app/main.py': 'import yaml\nfrom requests.adapters import X\nimport urllib3.util\nimport idna\n',
    'app/idna/__init__.py': '',
  });
  expect(short(report())).toEqual({
    unseen: ['click requirements/base.txt 0'],
    unsure: ['unheard-of: the names of its modules are not known here'],
    phantoms: ['urllib3 requirements/base.txt app/main.py:3'],
  });
});
