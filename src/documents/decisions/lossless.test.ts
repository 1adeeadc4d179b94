import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DecisionFormat } from './format.ts';
import { decisionFormats } from './index.ts';

const format = (id: string): DecisionFormat => decisionFormats.find((one) => one.id === id)!;
const read = (id: string, text: string) => format(id).read({ path: format(id).files[0]!, text });

const json = fc.jsonValue({ maxDepth: 2 });
const word = fc.oneof(
  fc.constantFrom('', 'CVE-2021-1', '2026-01-02', '1', 'true', 'a > b', '__proto__', '2026-04-19T17:53:14Z'),
  fc.string(),
);
const entryWith = (keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string({ minLength: 1 })), fc.oneof(word, json), {
    maxKeys: 6,
  });
const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** JSON is YAML, but for the escapes that JSON leaves out. */
const asYaml = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Every entry is in the decisions or in what is kept, as it was. */
function expectNothingLost(id: string, text: string, entries: readonly unknown[]): void {
  const { decisions, kept } = read(id, text);
  const all = [
    ...decisions.map((decision) => format(id).entryOf(decision)),
    ...kept.map(({ value }) => value),
  ];
  const printed = new Set(all.map((one) => sorted(one)));
  for (const entry of entries) expect(printed).toContain(sorted(normal(entry)));
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

test('any entry at all comes back: trivy, grype, snyk', () => {
  const trivy = fc.array(entryWith(['id', 'paths', 'purls', 'expired_at', 'statement']), { maxLength: 3 });
  fc.assert(
    fc.property(trivy, (entries) =>
      expectNothingLost('trivyignore-yaml', asYaml({ vulnerabilities: entries }), entries),
    ),
  );
  const rules = fc.array(entryWith(['vulnerability', 'reason', 'package', 'fix-state']), { maxLength: 3 });
  fc.assert(
    fc.property(rules, (entries) => expectNothingLost('grype', asYaml({ ignore: entries }), entries)),
  );
  const ignores = fc.array(entryWith(['reason', 'expires', 'created', 'ignoredBy']), { maxLength: 3 });
  fc.assert(
    fc.property(ignores, (entries) => {
      const text = asYaml({ ignore: { 'CVE-1': entries.map((entry) => ({ 'a > b': entry })) } });
      expectNothingLost(
        'snyk',
        text,
        entries.map((entry) => ({ id: 'CVE-1', path: 'a > b', entry })),
      );
    }),
  );
});

test('any entry at all comes back: audit-resolve, nsprc, audit-ci', () => {
  const key = fc.oneof(fc.constantFrom('GHSA-1|a>b', '12', 'lodash', '*', '|', '__proto__'), fc.string());
  const resolve = fc.tuple(
    key,
    entryWith(['decision', 'reason', 'madeAt', 'expiresAt']),
    fc.constantFrom('ignore', 'postpone', 'fix'),
  );
  fc.assert(
    fc.property(resolve, ([name, entry, decision]) => {
      const record = Object.fromEntries([[name, { ...entry, decision }]]);
      expectNothingLost('audit-resolve', JSON.stringify({ decisions: record }), [record]);
    }),
  );
  const allow = fc.tuple(key, fc.oneof(word, entryWith(['active', 'notes', 'expiry'])));
  fc.assert(
    fc.property(allow, ([name, value]) => {
      const record = Object.fromEntries([[name, value]]);
      const { decisions, kept } = read('nsprc', JSON.stringify(record));
      const back = [
        ...decisions.map((decision) => format('nsprc').entryOf(decision)),
        ...kept.map(({ value: one }) => one),
      ];
      expect([sorted({ key: name, value: normal(value) }), sorted(normal(record))]).toContain(
        sorted(back[0]),
      );
      expectNothingLost('audit-ci', JSON.stringify({ allowlist: [record] }), [record]);
    }),
  );
});
