import { expect, test } from 'vitest';
import { NO_CONFIG, parseConfig } from './config.ts';

const read = (text: string) => {
  const { config, problems } = parseConfig(text, '.assay/config.yaml');
  return { config, problems: problems.map((problem) => `${problem.code}:${problem.at?.line ?? 0}`) };
};

test('everything it can say', () => {
  expect(
    read(
      'exposure: internet\nfail-on: high\nlicences:\n  allow: [MIT, Apache-2.0]\n  deny:\n    - AGPL-3.0-only\nignore:\n  - "test/**"\n',
    ),
  ).toEqual({
    config: {
      exposure: 'internet',
      failOn: 'high',
      licences: { allow: ['MIT', 'Apache-2.0'], deny: ['AGPL-3.0-only'] },
      ignore: ['test/**'],
    },
    problems: [],
  });
});

test.for([
  ['an unknown key', 'exposure: internet\nfailon: high\n', ['config/unexpected-value:2']],
  ['an unknown level', 'fail-on: severe\n', ['config/unexpected-value:1']],
  ['a text where a list belongs', 'licences:\n  allow: MIT\n', ['config/unexpected-value:2']],
  ['a list where a mapping belongs', 'licences: [MIT]\n', ['config/unexpected-value:1']],
  ['a list of lists', 'ignore: [[a]]\n', ['config/unexpected-value:1']],
  ['nothing', '', ['file/empty:0']],
  ['prototype keys', '__proto__: {a: 1}\n', ['config/unexpected-value:1']],
] as const)('%s is a problem that keeps a policy from passing', ([, text, problems]) => {
  expect(read(text).problems).toEqual(problems);
  expect(parseConfig(text, 'c').problems.every((problem) => problem.lost)).toBe(true);
});

test('no key at all is no config', () =>
  expect(read('# nothing yet\nexposure:\n').config).toEqual(NO_CONFIG));
