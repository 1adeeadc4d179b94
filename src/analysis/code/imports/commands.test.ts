import { expect, test } from 'vitest';
import { commandsIn, tellsCommands } from './commands.ts';

const told = (path: string, text: string): unknown => {
  const found = commandsIn(path, text);
  return found === undefined ? undefined : [Object.fromEntries(found.by), [...found.unnamed]];
};

test.for([
  [
    'package-lock.json',
    '{"packages":{"":{"bin":{"own":"x"}},"node_modules/typescript":{"bin":{"tsc":"bin/tsc","tsserver":"b"}},"node_modules/a/node_modules/@s/b":{"bin":"b.js"}}}',
    [{ tsc: ['typescript'], tsserver: ['typescript'], b: ['@s/b'] }, []],
  ],
  ['package-lock.json', '{"lockfileVersion":1,"dependencies":{}}', undefined],
  ['package-lock.json', '{', undefined],
  [
    'web/yarn.lock',
    '__metadata:\n  version: 8\n\n"@s/a@npm:^1, @s/a@npm:^2":\n  version: 1.0.0\n  bin:\n    a: ./a.js\n    "a:b": ./b.js\n  checksum: x\n\n"b@npm:1":\n  version: 1.0.0\n',
    [{ a: ['@s/a'], 'a:b': ['@s/a'] }, []],
  ],
  ['yarn.lock', '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n', undefined],
  [
    'pnpm-lock.yaml',
    "packages:\n  '@s/a@1.0.0':\n    hasBin: true\n  b@1.0.0:\n    engines: {}\n  /c/1.0.0:\n    hasBin: true\n",
    [{}, ['@s/a', 'c']],
  ],
  [
    'bun.lock',
    '{ "packages": { "a": ["a@1.0.0", "", { "bin": { "x": "x.js" } }, "sha"], "b": ["@s/b@1.0.0", "", { "bin": "b.js" }, ""], }, }',
    [{ x: ['a'], b: ['@s/b'] }, []],
  ],
  ['other.lock', '', undefined],
] as const)('commands of %s', ([path, text, expected]) => expect(told(path, text)).toEqual(expected));

test('names of objects are no lockfiles', () => {
  expect(['constructor', '__proto__', 'toString'].some(tellsCommands)).toBe(false);
});
