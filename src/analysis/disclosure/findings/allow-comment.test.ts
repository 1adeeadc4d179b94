import { expect, test } from 'vitest';
import { allowComment, allowedBefore } from './allow-comment.ts';

test.for([
  ['x = SECRET # assay:allow github-pat a token of the tests', 'a token of the tests'],
  ['x = SECRET # assay:allow * made up', 'made up'],
  ['x = SECRET # assay:allow github-pat', 'its line allows it'],
  ['x = SECRET # assay:allow npm-token other', undefined],
  ['x = SECRET // gitleaks:allow', 'its line says gitleaks:allow'],
  ['x = SECRET # pragma: allowlist secret', 'its line says pragma: allowlist secret'],
  ['# gitleaks:allow\nx = SECRET\n# gitleaks:allow', undefined],
  ['x = SECRET', undefined],
] as const)('%j', ([text, reason]) => {
  const start = text.indexOf('SECRET');
  expect(allowComment('github-pat', text, start, start + 6)).toBe(reason);
});

test.for([
  [
    '# pragma: allowlist nextline secret\nx = SECRET',
    'the line before says pragma: allowlist nextline secret',
  ],
  ['# pragma: allowlist nextline secret\n\nx = SECRET', undefined],
  ['# pragma: allowlist secret\nx = SECRET', undefined],
  ['x = SECRET', undefined],
  ['\nx = SECRET', undefined],
] as const)('the line before may allow the next: %j', ([text, reason]) => {
  expect(allowedBefore(new TextEncoder().encode(text), text.indexOf('SECRET'))).toBe(reason);
});

test('of a line that is very long nothing allows what stands far behind its start', () => {
  const bytes = new TextEncoder().encode(`# pragma: allowlist nextline secret\n${'x'.repeat(70_000)} SECRET`);
  expect(allowedBefore(bytes, 70_000)).toBeUndefined();
  expect(allowedBefore(bytes, 60_000)).toMatch(/^the line before/);
});
