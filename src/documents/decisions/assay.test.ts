import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Decision } from '../../model/decision.ts';
import { VEX_JUSTIFICATIONS, VEX_STATUSES } from '../../model/decision.ts';
import { appendDecision, DECISIONS_PATH, decisionId } from './append.ts';
import { assay, writtenFields } from './assay.ts';

const read = (text: string) => assay.read({ path: DECISIONS_PATH, text });
const sample: Decision = {
  id: '2026-11-21-lodash-3f2a9c',
  about: {
    advisories: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
    component: 'pkg:npm/lodash',
    versions: '<4.17.21',
  },
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  reason: 'only _.get is used: "template" # never',
  by: 'Jo Example <jo@example.invalid>',
  at: '2026-11-21T09:00:00Z',
  expires: '2027-05-20T00:00:00Z',
  source: { path: DECISIONS_PATH, line: 4, format: 'assay' },
};

test('the first decision makes the file, and reads back as it was', () => {
  const { text } = appendDecision('', sample);
  expect(text)
    .toBe(`# What was decided about findings, by whom, why, and until when. Add at the end (\`assay decide\`), change nothing above:
# a later decision replaces an earlier one by naming it in \`supersedes\`. On a merge conflict keep both sides.

- id: 2026-11-21-lodash-3f2a9c
  status: not_affected
  justification: vulnerable_code_not_in_execute_path
  about: { advisories: [CVE-2021-23337, GHSA-35jh-r3h4-6jhm], component: pkg:npm/lodash, versions: "<4.17.21" }
  reason: "only _.get is used: \\"template\\" # never"
  by: "Jo Example <jo@example.invalid>"
  expires: 2027-05-20T00:00:00Z
  at: 2026-11-21T09:00:00Z
`);
  expect(read(text!)).toEqual({ decisions: [sample], kept: [], problems: [] });
});

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => `x${text}y`.replace(/[\r\n]/g, ' '));
const decisions: fc.Arbitrary<Decision> = fc
  .record({
    advisories: fc.array(fc.oneof(words, fc.constantFrom('true', '12', '-', '2026-01-01', 'a: b')), {
      minLength: 1,
      maxLength: 3,
    }),
    component: fc.option(words, { nil: undefined }),
    path: fc.option(fc.constantFrom('a > b', '*', '@a/b > c@^1'), { nil: undefined }),
    status: fc.constantFrom(...VEX_STATUSES),
    justification: fc.option(fc.constantFrom(...VEX_JUSTIFICATIONS), { nil: undefined }),
    reason: words,
    by: words,
  })
  .map(({ advisories, component, path, status, justification, reason, by }) => {
    const bare = {
      about: {
        advisories,
        ...(component === undefined ? {} : { component }),
        ...(path === undefined ? {} : { path }),
      },
      status,
      ...(justification === undefined ? {} : { justification }),
      reason: reason.trim(),
      by: by.trim(),
      at: '2026-11-21T09:00:00Z',
      expires: '2027-01-01T00:00:00Z',
    };
    return { id: decisionId(bare), ...bare, source: { path: DECISIONS_PATH, format: 'assay' } };
  });

test('any decisions, appended one after the other: what was there stays byte for byte, and another YAML reader agrees', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(decisions, { maxLength: 4, selector: ({ id }) => id }),
      fc.constantFrom('', '# ours\n', '\r\n', '# no newline'),
      (list, start) => {
        let text: string = start;
        for (const one of list) {
          const next = appendDecision(text, one);
          expect(next.problem).toBeUndefined();
          expect(next.text!.startsWith(text)).toBe(true);
          text = next.text!;
        }
        const { decisions: back, problems } = read(text);
        expect(problems).toEqual([]);
        expect(back.map(writtenFields)).toEqual(list.map(writtenFields));
        expect(parseYaml(`${text}\n- end`, { schema: 'failsafe' })).toEqual([
          ...list.map(writtenFields),
          'end',
        ]);
      },
    ),
    { numRuns: 200 },
  );
});

test('what is written is valid by the published schema', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile(
    JSON.parse(readFileSync('docs/schema/decisions-1.schema.json', 'utf8')) as object,
  );
  fc.assert(
    fc.property(decisions, (one) => {
      validate([JSON.parse(JSON.stringify(writtenFields(one)))]);
      expect(validate.errors ?? []).toEqual([]);
    }),
    { numRuns: 50 },
  );
  expect(validate([{ ...writtenFields(sample), environment: 'test' }])).toBe(false);
});

test.for([
  ['a mapping', 'decisions:\n  - id: x\n'],
  ['a flow list', '[]\n'],
  ['a closed document', '- id: x\n...\n'],
  ['an open string', '- id: "x\n'],
  ['an indented list', '  - id: x\n    status: affected\n    about: {advisories: [a]}\n'],
] as const)('%s cannot be added to, and is left alone', ([, text]) => {
  expect(appendDecision(text, sample)).toMatchObject({ problem: { code: 'decision/cannot-append' } });
});

test.for([
  ['reason', { reason: '' }],
  ['by', { by: '' }],
  ['at', { at: '' }],
] as const)('a decision without %s is not written', ([field, lack]) => {
  expect(appendDecision('', { ...sample, ...lack }).problem?.message).toContain(field);
});

test('an id given twice is refused when writing, and the first counts when reading', () => {
  const { text } = appendDecision('', sample);
  expect(appendDecision(text!, sample).problem?.code).toBe('decision/cannot-append');
  const { decisions: back, problems } = read(text! + text!);
  expect(back).toHaveLength(1);
  expect(problems.map(({ code }) => code)).toEqual(['decision/duplicate-id']);
});

const entry = (fields: string): string =>
  `- id: d1\n  about:\n    advisories: [CVE-1]\n  status: affected\n  at: 2026-01-01\n  reason: r\n  by: b\n  expires: 2027-01-01\n${fields}`;

test.for([
  ['good', entry(''), 1, []],
  ['an unknown field may be a condition', entry('  environment: test\n'), 0, ['9: decision/not-read']],
  [
    'an unknown condition',
    entry('').replace('advisories', 'package'),
    0,
    ['3: decision/not-read', '1: decision/not-read'],
  ],
  ['unknown status', entry('').replace('affected', 'accepted'), 0, ['1: decision/not-read']],
  ['unknown justification', entry('  justification: fine\n'), 0, ['1: decision/not-read']],
  ['no date', entry('').replace('2027-01-01', 'later'), 0, ['1: decision/not-read']],
  ['about nothing', entry('').replace('    advisories: [CVE-1]\n', ''), 0, ['1: decision/not-read']],
  ['no id', entry('').replace('id: d1', 'id: ""'), 0, ['1: decision/not-read']],
  ['no reason', entry('').replace('  reason: r\n', ''), 1, ['1: decision/incomplete']],
  ['no expiry', entry('').replace('  expires: 2027-01-01\n', ''), 1, ['1: decision/incomplete']],
  ['one id instead of a list', entry('').replace('[CVE-1]', 'CVE-1'), 1, []],
  [
    'a map for a list',
    entry('').replace('[CVE-1]', '{a: b}'),
    0,
    ['1: decision/not-read', '1: decision/not-read'],
  ],
  ['not a list', 'a: b\n', 0, ['1: file/unexpected-shape']],
  ['not a mapping', '- just words\n', 0, ['1: decision/unexpected-shape']],
  ['a merge conflict', '<<<<<<< ours\n- id: x\n', 0, ['1: file/merge-marker']],
  ['empty', '', 0, []],
  ['comments only', '# nothing yet\n', 0, []],
] as const)('reading: %s', ([, text, count, expected]) => {
  const { decisions: back, problems } = read(text);
  expect(back).toHaveLength(count);
  expect(problems.map(({ code, at }) => `${at?.line}: ${code}`)).toEqual(expected);
});

test('an id is a function of the decision', () => {
  const { id: _id, source: _source, ...bare } = sample;
  expect(decisionId(bare)).toMatch(/^2026-11-21-lodash-[0-9a-f]{6}$/);
  expect(decisionId(bare)).toBe(decisionId({ ...bare }));
  expect(decisionId({ ...bare, reason: 'other' })).not.toBe(decisionId(bare));
});

const hasGit = spawnSync('git', ['--version']).status === 0;

test.skipIf(!hasGit)(
  'two branches that each add a decision merge to both, whole, with git’s union driver (skipped without git)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-merge-'));
    try {
      const base = appendDecision('', sample).text!;
      // The worst case: the same component, ruling, author and reason, told apart by id, advisory and time alone.
      const ours = {
        ...sample,
        id: 'ours',
        about: { ...sample.about, advisories: ['CVE-1'] },
        at: '2026-11-22T09:00:00Z',
      };
      const theirs = {
        ...sample,
        id: 'theirs',
        about: { ...sample.about, advisories: ['CVE-2'] },
        at: '2026-11-22T10:00:00Z',
      };
      for (const [name, text] of [
        ['base', base],
        ['ours', appendDecision(base, ours).text!],
        ['theirs', appendDecision(base, theirs).text!],
      ] as const)
        writeFileSync(join(folder, name), text);
      execFileSync('git', ['merge-file', '--union', 'ours', 'base', 'theirs'], { cwd: folder });
      const merged = read(readFileSync(join(folder, 'ours'), 'utf8'));
      expect(merged.problems).toEqual([]);
      expect(merged.decisions.map(writtenFields)).toEqual([sample, ours, theirs].map(writtenFields));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
