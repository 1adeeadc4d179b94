import { expect, test } from 'vitest';
import { isMentioning, tokensOf } from './tokens.ts';

test.for([
  ['npx tsc -p .', ['npx', 'p', 'tsc']],
  ['- uses: @s/a@1.2.3.', ['@s/a', '@s/a@1.2.3', 'uses']],
  ['"/node_modules/@s/a/css/x.css"', ['@s/a', 'css', 'node_modules', 'node_modules/@s/a/css/x.css', 'x.css']],
  ['@import "~a/scss"', ['@import', 'a', 'a/scss', 'scss']],
  ['a@^1 b==2', ['2', 'a', 'a@', 'b', '1']],
  ['-- ... //', []],
] as const)('words of %s', ([text, expected]) =>
  expect([...tokensOf(text)].sort()).toEqual([...expected].sort()),
);

test('linear on what never ends a word', () => {
  const started = process.threadCpuUsage();
  for (const piece of ['@', '/', '-', 'a@', '@/', 'a/']) tokensOf(piece.repeat(200_000));
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1500);
});

test('what may mention is known by its name', () => {
  const asked =
    '.eslintrc .github/workflows/a.yml .husky/pre-commit Dockerfile a.scss a.txt package.json README';
  expect(asked.split(' ').filter(isMentioning)).toEqual(
    '.eslintrc .github/workflows/a.yml .husky/pre-commit Dockerfile a.scss'.split(' '),
  );
});
