import { expect, test } from 'vitest';
import type { Extraction } from '../../../model/extractor.ts';
import { withOverrides, type OverrideField } from './overrides.ts';

const empty: Extraction = {
  role: 'lock',
  components: [],
  edges: [],
  edgesKnown: true,
  covers: [],
  observations: [],
  problems: [],
};

const read = (files: Record<string, string>, fields: readonly OverrideField[], path = 'package-lock.json') =>
  withOverrides(empty, path, (wanted) => files[wanted], fields).overrides?.map(
    ({ name, range, path: at, line, keys }) => `${name} ${range} ${at}:${line} ${keys.join(' > ')}`,
  );

test('npm: nested, by version, of itself, through an alias; references and git are no versions', () => {
  const manifest = `{
  "overrides": {
    "a": "1.0.0",
    "b@^2": { ".": "2.0.0", "@s/c": "^3" },
    "d": "$e",
    "f": "git+https://git.example.invalid/f.git",
    "g": "npm:h@4.0.0",
    "__proto__": { "i": "5.0.0" }
  },
  "resolutions": { "z": "1.0.0" }
}`;
  expect(read({ 'web/package.json': manifest }, ['overrides'], 'web/package-lock.json')).toEqual([
    'a 1.0.0 web/package.json:3 overrides > a',
    'b 2.0.0 web/package.json:4 overrides > b@^2 > .',
    '@s/c ^3 web/package.json:4 overrides > b@^2 > @s/c',
    'h 4.0.0 web/package.json:7 overrides > g',
    'i 5.0.0 web/package.json:8 overrides > __proto__ > i',
  ]);
});

test('yarn: patterns name their last part', () => {
  const manifest = '{"resolutions": {"**/a": "1.0.0", "x/**/@s/b": "2.0.0", "c@npm:^1": "npm:1.2.0"}}';
  expect(read({ 'package.json': manifest }, ['resolutions'], 'yarn.lock')).toEqual([
    'a 1.0.0 package.json:1 resolutions > **/a',
    '@s/b 2.0.0 package.json:1 resolutions > x/**/@s/b',
    'c 1.2.0 package.json:1 resolutions > c@npm:^1',
  ]);
});

test('pnpm: in package.json, or in the workspace file of newer pnpm', () => {
  const files = {
    'package.json': '{"pnpm": {\n"overrides": {\n"x>a@1": "1.0.0"}}}',
    'pnpm-workspace.yaml': 'packages:\n  - a\noverrides:\n  b: ^2.0.0\n  "@s/c@1": 3.0.0\n',
  };
  expect(read(files, ['pnpm.overrides'], 'pnpm-lock.yaml')).toEqual([
    'a 1.0.0 package.json:3 pnpm > overrides > x>a@1',
    'b ^2.0.0 pnpm-workspace.yaml:4 overrides > b',
    '@s/c 3.0.0 pnpm-workspace.yaml:5 overrides > @s/c@1',
  ]);
});

test('none, and what is no JSON, leave the extraction as it is', () => {
  for (const text of ['{}', '{"overrides": 1}', '{"overrides": {', '{"overrides": {"a": 1, "": "2"}}'])
    expect(withOverrides(empty, 'package-lock.json', () => text, ['overrides'])).toBe(empty);
});
