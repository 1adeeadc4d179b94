import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Disclosure, DisclosureReport } from '../../model/disclosure-report.ts';
import { disclosureJson } from './json.ts';
import { disclosureMarkdown } from './markdown.ts';
import { disclosureSarif } from './sarif.ts';

const SPEC = process.env['ASSAY_SPEC'] ?? '../shared/data/spec';

const found: Disclosure = {
  fingerprint: `v1:acme-token:${'0'.repeat(32)}`,
  rule: 'acme-token',
  title: 'Acme token <b>',
  kind: 'credential',
  provider: 'Acme',
  tier: 'certain',
  reasons: ['checksum is right'],
  excerpt: 'TOKEN=acme_…',
  advice: 'Revoke it.',
  revokePage: 'https://acme.example.invalid/tokens',
  spots: [
    {
      source: 'file',
      path: 'a b/`c`|@d.env',
      line: 3,
      object: 'f'.repeat(40),
      within: ['zip: x.env, line 2'],
    },
    { source: 'commit-message', object: 'e'.repeat(40), commit: 'e'.repeat(40), within: [] },
  ],
  copies: 2,
  history: {
    first: {
      commit: 'e'.repeat(40),
      authoredAt: '2026-01-01T00:00:00Z',
      spot: { source: 'path', path: 'x', within: [] },
    },
    inHead: false,
    refs: ['refs/heads/main'],
  },
};

const report: DisclosureReport = {
  target: { name: '.', mode: 'history', commit: 'e'.repeat(40) },
  createdAt: '2026-11-21T00:00:00Z',
  assay: '0.0.0',
  rules: 3,
  leftOut: [{ why: '--disable', rules: ['jwt'] }],
  stableFingerprints: true,
  disclosures: [
    found,
    {
      ...found,
      tier: 'likely',
      rule: 'ref',
      spots: [{ source: 'ref-name', path: 'refs/heads/x', within: [] }],
    },
    { ...found, tier: 'possible', rule: 'maybe' },
    { ...found, rule: 'old', covered: { by: 'ignored-path', reason: 'in test/**' } },
  ],
  coverage: {
    texts: 4,
    bytes: 12_345,
    objects: { commit: 1, tree: 1, blob: 1, tag: 1 },
    decoded: { zip: 1 },
    undecoded: [{ what: '7z archive', why: 'its compression is not read here', count: 2 }],
  },
  problems: [
    { code: 'rules/refused', message: 'the rule x is not used', at: { path: 'r.yaml', line: 2 }, lost: true },
    { code: 'rules/unknown', message: 'no such rule', hint: 'see the list' },
  ],
};
const none: DisclosureReport = {
  target: { name: '.', mode: 'range', range: 'a..b' },
  createdAt: '2026-11-21T00:00:00Z',
  assay: '0.0.0',
  rules: 3,
  stableFingerprints: false,
  disclosures: [],
  coverage: { texts: 0, bytes: 0, decoded: {}, undecoded: [] },
  problems: [],
};

test('the JSON is as its schema says', () => {
  const schema = JSON.parse(readFileSync('docs/schema/secrets-1.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  for (const one of [report, none]) {
    void validate(JSON.parse(disclosureJson(one)));
    expect(disclosureJson(one)).toBe(
      `${JSON.stringify({ format: 'assay-secrets', schema: 1, ...one }, null, 2)}\n`,
    );
    expect(validate.errors ?? null).toBeNull();
  }
  expect(validate({ ...report, format: 'assay-secrets', schema: 1, secret: 'x' })).toBe(false);
});

test('the SARIF is as the published schema says', ({ skip }) => {
  const file = `${SPEC}/sarif-schema-2.1.0.json`;
  if (!existsSync(file)) skip('the published schema is not here');
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // It is draft 4, which differs for us in the spelling of `id` alone.
  const text = readFileSync(file, 'utf8');
  const { $schema: _dialect, id: _id, ...schema } = JSON.parse(text) as { $schema?: string; id?: string };
  const validate = ajv.compile(schema);
  for (const one of [report, none]) {
    void validate(JSON.parse(disclosureSarif(one)));
    expect(validate.errors ?? null).toBeNull();
  }
});

test('Markdown: what counts in the open, the rest folded away, strangers’ text without markup', () => {
  const text = disclosureMarkdown(report);
  expect(text.split('\n').slice(0, 8)).toEqual([
    '### Assay: secrets in `.`',
    '',
    '1 certain, 1 likely, 1 possible; 1 covered. 1 commit, 1 version of a file, 1 folder, 1 tag; 12 kB searched for 3 kinds of secrets.',
    '',
    '#### Certain',
    '',
    '- **Acme token &lt;b&gt;** in ``a b/`c`|@d.env:3 › zip: x.env, line 2``, `the message of commit eeeeeeeeeeee`, since 2026-01-01 (eeeeeeeeeeee), in the history of refs/heads/main, 2 versions: checksum is right. Revoke it. [Revoke it](https://acme.example.invalid/tokens).',
    '',
  ]);
  expect(text).toContain('<details><summary>Covered: 1</summary>\n\n- Acme token');
  expect(text).toContain('- not looked for: jwt (--disable)\n- not looked into: 2 7z archive');
  expect(disclosureMarkdown(none)).toMatch(/^### Assay: no secrets in `a\.\.b`\n\n0 certain/);
  const many = { ...report, disclosures: Array.from({ length: 1000 }, () => found) };
  const short = disclosureMarkdown(many);
  expect(short.length).toBeLessThan(60_000);
  expect(short).toMatch(/- … and \d+ more: see the JSON or SARIF report/);
});
