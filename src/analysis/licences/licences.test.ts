import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LicenceExpression } from './expression.ts';
import { isSpdx, licencesOf, parseLicence, printLicence } from './expression.ts';
import type { LicenceAnswer } from './judge.ts';
import { evaluateLicence, judgeLicence } from './judge.ts';
import { spdxExceptions, spdxLicences } from './list.ts';
import { licenceNamed } from './names.ts';

const canonical = (text: string): string => {
  const { expression, fault } = parseLicence(text);
  return expression === undefined
    ? `fault: ${fault}`
    : `${isSpdx(expression) ? '' : '? '}${printLicence(expression)}`;
};

test.for([
  ['MIT', 'MIT'],
  ['mit', 'MIT'],
  ['(MIT OR Apache-2.0)', 'MIT OR Apache-2.0'],
  ['MIT or apache-2.0', 'MIT OR Apache-2.0'],
  ['MIT/Apache-2.0', 'MIT OR Apache-2.0'],
  ['MIT / Apache-2.0', 'MIT OR Apache-2.0'],
  ['MIT/X11', 'MIT'],
  ['Apache 2.0', 'Apache-2.0'],
  ['Apache License, Version 2.0', 'Apache-2.0'],
  ['The Apache Software License, Version 2.0', 'Apache-2.0'],
  ['Apache-2', 'Apache-2.0'],
  ['The MIT License (MIT)', 'MIT'],
  ['License :: OSI Approved :: MIT License', 'MIT'],
  ['License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later'],
  ['BSD', '? BSD'],
  ['BSD License', '? BSD License'],
  ['BSD 3-Clause', 'BSD-3-Clause'],
  ['New BSD License', 'BSD-3-Clause'],
  ['3-Clause BSD License', 'BSD-3-Clause'],
  ['GPL', '? GPL'],
  ['GPLv3', 'GPL-3.0-only'],
  ['GPL v2 or later', 'GPL-2.0-or-later'],
  ['LGPLv2.1+', 'LGPL-2.1-or-later'],
  ['GNU Lesser General Public License v3.0', 'LGPL-3.0-only'],
  ['GPL-2.0', 'GPL-2.0-only'],
  ['GPL-2.0+', 'GPL-2.0-or-later'],
  ['Apache-2.0+', 'Apache-2.0+'],
  ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['Apache-2.0 WITH LLVM-exception', 'Apache-2.0 WITH LLVM-exception'],
  ['apache-2.0 with llvm-exception OR MIT', 'Apache-2.0 WITH LLVM-exception OR MIT'],
  ['LicenseRef-house', 'LicenseRef-house'],
  ['DocumentRef-a:LicenseRef-b AND MIT', 'DocumentRef-a:LicenseRef-b AND MIT'],
  ['MIT AND (BSD-3-Clause OR ISC)', 'MIT AND (BSD-3-Clause OR ISC)'],
  ['MIT AND BSD-3-Clause OR ISC', 'MIT AND BSD-3-Clause OR ISC'],
  ['(MIT AND BSD-3-Clause) OR ISC', 'MIT AND BSD-3-Clause OR ISC'],
  ['SEE LICENSE IN LICENCE.md', '? SEE LICENSE IN LICENCE.md'],
  ['UNLICENSED', '? UNLICENSED'],
  ['Unlicense', 'Unlicense'],
  ['MIT AND Our Own Words 2', '? MIT AND Our Own Words 2'],
  ['MIT WITH nothing-known', '? MIT WITH nothing-known'],
  ['', 'fault: it is empty'],
  ['(MIT', 'fault: a bracket is not closed'],
  ['MIT)', 'fault: a bracket is closed that was not opened'],
  ['MIT OR', 'fault: a licence is missing at the end'],
  ['AND MIT', 'fault: a licence is missing before AND'],
  ['()', 'fault: a licence is missing before a closing bracket'],
  ['MIT (ISC)', 'fault: an operator is missing between two licences'],
  ['MIT WITH', 'fault: WITH is not followed by an exception'],
  ['__proto__', '? __proto__'],
] as const)('reads %s', ([text, expected]) => expect(canonical(text)).toBe(expected));

test('the list holds every identifier once, and every identifier names itself or its successor', () => {
  expect(new Set(spdxLicences()).size).toBe(spdxLicences().length);
  expect(spdxLicences().length).toBeGreaterThan(700);
  expect(spdxExceptions().length).toBeGreaterThan(80);
  for (const id of spdxLicences()) {
    const named = licenceNamed(id)!;
    expect(spdxLicences()).toContain(named.id);
    // What it names is not itself deprecated in favour of something else.
    expect(licenceNamed(named.id)!.id).toBe(named.id);
  }
});

test.for([
  ['MIT OR GPL-3.0', { deny: ['GPL-3.0'] }, 'allowed'],
  ['MIT AND GPL-3.0', { deny: ['GPL-3.0'] }, 'denied'],
  ['GPL-3.0-or-later', { deny: ['GPL-3.0'] }, 'denied'],
  ['GPL-3.0-or-later', { deny: ['GPL-3.0-only'] }, 'allowed'],
  ['MIT OR GPL-3.0', { allow: ['MIT'] }, 'allowed'],
  ['MIT AND GPL-3.0', { allow: ['MIT'] }, 'denied'],
  ['MIT AND Our Words', { allow: ['MIT'] }, 'unknown'],
  ['GPL-3.0 AND Our Words', { allow: ['MIT'] }, 'denied'],
  ['MIT OR Our Words', { allow: ['MIT'] }, 'allowed'],
  ['GPL-3.0 OR Our Words', { allow: ['MIT'] }, 'unknown'],
  ['Our Words', { allow: ['MIT', 'our words'] }, 'allowed'],
  ['UNLICENSED', { deny: ['UNLICENSED'] }, 'denied'],
  ['UNLICENSED', { deny: ['GPL-3.0'] }, 'unknown'],
  ['GPL-2.0-or-later', { allow: ['GPL-3.0-only'] }, 'allowed'],
  ['GPL-2.0-only', { allow: ['GPL-3.0-only'] }, 'denied'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', { deny: ['GPL-2.0'] }, 'denied'],
  [
    'GPL-2.0-only WITH Classpath-exception-2.0',
    { deny: ['GPL-2.0'], allow: ['GPL-2.0-only WITH Classpath-exception-2.0'] },
    'allowed',
  ],
  ['CC-BY-NC-4.0', { deny: ['CC-BY-NC-*'] }, 'denied'],
  ['Apache 2.0', { allow: ['apache-2.0'] }, 'allowed'],
  ['MIT', { allow: ['MIT'], deny: ['MIT'] }, 'denied'],
  ['(MIT', { allow: ['MIT'] }, 'unknown'],
  ['', { deny: [] }, 'unknown'],
] as const)('%s under %j is %s', ([text, rules, expected]) => {
  const judged = judgeLicence(text, rules);
  expect(judged.answer).toBe(expected);
  expect(judged.reasons.length).toBeGreaterThan(0);
});

test('the reasons are those that decide', () => {
  expect(judgeLicence('MIT OR GPL-3.0', { deny: ['GPL-3.0'] }).reasons).toEqual(['MIT is not denied']);
  expect(judgeLicence('MIT AND GPL-3.0', { deny: ['GPL-3.0'] }).reasons).toEqual(['GPL-3.0-only is denied']);
});

const leaf: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'MIT',
    'ISC',
    'GPL-3.0-only',
    'Apache-2.0+',
    'LicenseRef-x',
    'Some Words',
    'GPL-2.0-or-later',
  ),
  fc.constant('GPL-2.0-only WITH Classpath-exception-2.0'),
);
const text: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(fc.constantFrom(' AND ', ' OR '), fc.array(tie('expression'), { minLength: 2, maxLength: 4 }))
      .map(([joint, parts]) => `(${parts.join(joint)})`),
  ),
})).expression;

test('parse of print gives the same expression', () => {
  fc.assert(
    fc.property(text, (written) => {
      const first = parseLicence(written).expression!;
      expect(parseLicence(printLicence(first)).expression).toEqual(first);
    }),
  );
});

/** The choices that an expression offers, each a set of licences that all apply: written out without folding. */
function choices(expression: LicenceExpression): string[][] {
  if (expression.kind === 'licence') return [[printLicence(expression)]];
  if (expression.kind === 'or') return expression.parts.flatMap(choices);
  let sets: string[][] = [[]];
  for (const part of expression.parts)
    sets = sets.flatMap((set) => choices(part).map((more) => [...set, ...more]));
  return sets;
}

test('the evaluator agrees with the table of all choices', () => {
  const small = text.filter((written) => {
    const { expression } = parseLicence(written);
    return expression !== undefined && licencesOf(expression).length <= 10;
  });
  fc.assert(
    fc.property(
      small,
      fc.array(fc.constantFrom('allowed', 'denied', 'unknown'), { minLength: 8, maxLength: 8 }),
      (written, answers) => {
        const expression = parseLicence(written).expression!;
        const names = [...new Set(licencesOf(expression).map(printLicence))];
        const table = new Map<string, LicenceAnswer>(names.map((name, i) => [name, answers[i % 8]!]));
        const options = choices(expression).map((set) => set.map((name) => table.get(name)!));
        const expected = options.some((set) => set.every((answer) => answer === 'allowed'))
          ? 'allowed'
          : options.every((set) => set.includes('denied'))
            ? 'denied'
            : 'unknown';
        const judged = evaluateLicence(expression, (one) => ({
          answer: table.get(printLicence(one))!,
          reasons: [],
        }));
        expect(judged.answer).toBe(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test('hostile expressions end in linear time and without a throw', () => {
  const started = process.threadCpuUsage();
  for (const piece of [
    '(',
    '(MIT OR ',
    'MIT AND ',
    'MIT OR ISC AND ',
    'a',
    ' ',
    'or later ',
    'WITH ',
    '/',
    'MIT/',
    '::',
    ')',
    'v2.0 ',
    '+',
  ])
    for (const tail of ['', 'MIT']) judgeLicence(piece.repeat(100_000) + tail, { allow: ['MIT'] });
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5_000);
  expect(judgeLicence(`${'('.repeat(60)}MIT${')'.repeat(60)}`, { allow: ['MIT'] }).answer).toBe('allowed');
  expect(judgeLicence(`${'('.repeat(65)}MIT${')'.repeat(65)}`, { allow: ['MIT'] }).answer).toBe('unknown');
});
