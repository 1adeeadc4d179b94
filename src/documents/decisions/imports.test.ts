import { existsSync, readFileSync } from 'node:fs';
import { parse as parseToml } from 'smol-toml';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Decision } from '../../model/decision.ts';
import type { DecisionFormat } from './format.ts';
import { decisionFormats } from './index.ts';

const format = (id: string): DecisionFormat => decisionFormats.find((one) => one.id === id)!;
const read = (id: string, text: string, path?: string) => {
  const one = format(id);
  return one.read({ path: path ?? one.files[0]!, text });
};
/** A decision as one line: what it is about, and what was said. */
const brief = ({ about, status, reason, expires, at, by, source }: Decision): string =>
  [JSON.stringify(about), status, reason, expires ?? '', at, by, source.line].join(' | ');

test('every format claims its own files and no others', () => {
  for (const one of decisionFormats) {
    for (const file of one.files) {
      expect(one.claims(file)).toBe(true);
      expect(one.claims(`sub/${file}`)).toBe(true);
      expect(decisionFormats.filter((other) => other.claims(file)).map(({ id }) => id)).toEqual([one.id]);
    }
    expect(one.claims('package.json')).toBe(false);
  }
});

const OSV = `GoVersionOverride = "1.22.7"

[[IgnoredVulns]]
id = "GO-2022-0968"
ignoreUntil = 2022-11-09
reason = "no ssh here"

[[IgnoredVulns]]
id = "GHSA-aaaa-bbbb-cccc"
ignoreUntil = 2027-01-02T03:04:05+02:00
owner = "someone"

[[IgnoredVulns]]
id = "GO-2022-0968"

[[PackageOverrides]]
name = "lib"
version = "1.0.0"
ecosystem = "Go"
group = "dev"
ignore = true
reason = "test only"

[[PackageOverrides]]
name = "@scope/.*|other"
nameIsRegex = true
vulnerability.ignore = true
effectiveUntil = 2027-01-01

[[PackageOverrides]]
name = "lib"
license.override = ["MIT"]

[[PackageOverrides]]
name = "x"
group = "assets"
ignore = true
`;

test('osv-scanner.toml: holds for its own folder only, first of several counts, conditions we lack are not dropped', () => {
  const { decisions, kept, problems } = read('osv-scanner', OSV, 'api/osv-scanner.toml');
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["GO-2022-0968"],"manifest":"api/*"} | affected | no ssh here | 2022-11-09T00:00:00Z |  |  | 3',
    '{"advisories":["GHSA-aaaa-bbbb-cccc"],"manifest":"api/*"} | affected |  | 2027-01-02T01:04:05Z |  |  | 8',
    '{"advisories":[]} | affected |  |  |  |  | 13',
    '{"advisories":[],"manifest":"api/*","namePattern":"^lib$","versions":"=1.0.0","ecosystem":"Go","scope":"dev"} | affected | test only |  |  |  | 16',
    '{"advisories":[],"manifest":"api/*","namePattern":"^@scope/.*|other$"} | affected |  | 2027-01-01T00:00:00Z |  |  | 24',
    '{"advisories":[]} | affected |  |  |  |  | 34',
  ]);
  expect(problems.map(({ message, at }) => `${at?.line}: ${message}`)).toEqual([
    '13: not applied: GO-2022-0968 has an entry before, and the first counts',
    '34: not applied: the group assets is none that we tell apart',
  ]);
  expect(kept.map(({ section }) => section)).toEqual(['GoVersionOverride', 'PackageOverrides']);
  const original = parseToml(OSV) as unknown as { IgnoredVulns: object[]; PackageOverrides: object[] };
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  expect(decisions.map((decision) => format('osv-scanner').entryOf(decision))).toEqual([
    ...original.IgnoredVulns.map(plain),
    ...[0, 1, 3].map((index) => plain(original.PackageOverrides[index])),
  ]);
  expect(kept[1]!.value).toEqual(plain(original.PackageOverrides[2]));
});

const TRIVY = `# accepted until the rewrite
# (see ticket 12)
CVE-2022-1 exp:2026-01-01

CVE-2022-2 # not reachable
AVD-DS-0002
CVE-2022-3 exp:soon
`;

test('.trivyignore: comments are the reason, exp: the end', () => {
  const { decisions, problems } = read('trivyignore', TRIVY);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["CVE-2022-1"]} | affected | accepted until the rewrite (see ticket 12) | 2026-01-01T00:00:00Z |  |  | 3',
    '{"advisories":["CVE-2022-2"]} | affected | not reachable |  |  |  | 5',
    '{"advisories":["AVD-DS-0002"]} | affected |  |  |  |  | 6',
    '{"advisories":[]} | affected |  |  |  |  | 7',
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['decision/not-applied']);
  // Every line that is not blank comes back.
  expect(decisions.flatMap((decision) => format('trivyignore').entryOf(decision))).toEqual(
    TRIVY.split('\n').filter((line) => line !== ''),
  );
  expect(read('trivyignore', 'CVE-1-1\n', 'a[b]/.trivyignore').decisions[0]!.about).toEqual({
    advisories: ['CVE-1-1'],
    manifest: 'a\\[b\\]/**',
  });
});

const TRIVY_YAML = `vulnerabilities:
  - id: CVE-2023-1
    paths: ["web/**", package-lock.json]
    purls: ["pkg:npm/x@1.0.0"]
    expired_at: 2026-10-15
    statement: why not
  - {id: CVE-2023-2}
  - {id: CVE-2023-3, severity: LOW}
secrets:
  - id: aws-key
`;

test('.trivyignore.yaml: a decision for each path and purl, other sections kept', () => {
  const { decisions, kept, problems } = read('trivyignore-yaml', TRIVY_YAML);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["CVE-2023-1"],"manifest":"web/**","component":"pkg:npm/x@1.0.0"} | affected | why not | 2026-10-15T00:00:00Z |  |  | 2',
    '{"advisories":["CVE-2023-1"],"manifest":"package-lock.json","component":"pkg:npm/x@1.0.0"} | affected | why not | 2026-10-15T00:00:00Z |  |  | 2',
    '{"advisories":["CVE-2023-2"]} | affected |  |  |  |  | 7',
    '{"advisories":[]} | affected |  |  |  |  | 8',
  ]);
  expect(decisions.map(({ id }) => id).slice(0, 2)).toEqual([
    '.trivyignore.yaml#CVE-2023-1',
    '.trivyignore.yaml#CVE-2023-1~2',
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['decision/not-applied', 'decision/other-section']);
  const { vulnerabilities, secrets } = parseYaml(TRIVY_YAML) as Record<string, unknown[]>;
  const [first, ...others] = vulnerabilities!;
  expect(decisions.map((decision) => format('trivyignore-yaml').entryOf(decision))).toEqual([
    first,
    first,
    ...others,
  ]);
  expect(kept).toEqual([{ section: 'secrets', value: secrets }]);
});

const GRYPE = `fail-on-severity: high
ignore:
  - vulnerability: CVE-2008-1
    include-aliases: true
    reason: "not ours"
    package: {name: "lib.*", version: 1.5.1, type: npm, location: "/web/**"}
  - package: {type: gem}
  - vulnerability: CVE-2
    fix-state: not-fixed
  - vulnerability: CVE-3
    package: {upstream-name: a}
  - reason: nothing
`;

test('.grype.yaml: names are patterns, and no condition is dropped', () => {
  const { decisions, problems, kept } = read('grype', GRYPE);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["CVE-2008-1"],"namePattern":"^lib.*$","versions":"=1.5.1","ecosystem":"npm","manifest":"web/**"} | affected | not ours |  |  |  | 3',
    '{"advisories":[],"ecosystem":"RubyGems"} | affected |  |  |  |  | 7',
    '{"advisories":[]} | affected |  |  |  |  | 8',
    '{"advisories":[]} | affected |  |  |  |  | 10',
    '{"advisories":[]} | affected | nothing |  |  |  | 12',
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    'not applied: the condition fix-state is one that we cannot check',
    'not applied: the condition package.upstream-name is one that we cannot check',
    'not applied: it names neither a vulnerability nor a package',
  ]);
  const original = parseYaml(GRYPE) as { ignore: unknown[] };
  expect(decisions.map((decision) => format('grype').entryOf(decision))).toEqual(original.ignore);
  expect(kept).toEqual([{ section: 'fail-on-severity', value: 'high' }]);
});

const SNYK = `# Snyk (https://snyk.io) policy file
version: v1.25.0
ignore:
  'SNYK-JS-LODASH-590103':
    - 'jsonp > debug':
        reason: not used
        expires: '2026-04-19T17:53:14.464Z'
        created: 2026-03-20T17:53:14.470Z
        ignoredBy: {name: Jo, email: jo@example.invalid}
    - '*':
        reason: None given
  CVE-2021-1:
    - '*': {reason: x, expires: never}
    - a@1.0.0 > b: {disregardIfFixable: true}
patch:
  'npm:x:1': [{x: {patched: '2020-01-01'}}]
exclude: {global: ['test/**']}
`;

test('.snyk: by id and path; private ids are said to be so', () => {
  const { decisions, problems, kept } = read('snyk', SNYK);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["SNYK-JS-LODASH-590103"],"path":"jsonp > debug"} | affected | not used | 2026-04-19T17:53:14Z | 2026-03-20T17:53:14Z | Jo <jo@example.invalid> | 5',
    '{"advisories":["SNYK-JS-LODASH-590103"]} | affected | None given |  |  |  | 10',
    '{"advisories":[]} | affected | x |  |  |  | 13',
    '{"advisories":[]} | affected |  |  |  |  | 14',
  ]);
  expect(problems.map(({ code }) => code)).toEqual([
    'decision/private-id',
    'decision/private-id',
    'decision/not-applied',
    'decision/not-applied',
    'decision/other-section',
  ]);
  const original = parseYaml(SNYK) as { ignore: Record<string, Record<string, unknown>[]> };
  expect(decisions.map((decision) => format('snyk').entryOf(decision))).toEqual(
    Object.entries(original.ignore).flatMap(([id, list]) =>
      list.flatMap((item) => Object.entries(item).map(([path, entry]) => ({ id, path, entry }))),
    ),
  );
  expect(kept.map(({ section }) => section)).toEqual(['version', 'patch', 'exclude']);
});

const RESOLVE = `{
  "version": 1,
  "decisions": {
    "1092310|@angular/localize>@babel/core>semver": {
      "decision": "ignore", "reason": "", "madeAt": 1687523635078, "expiresAt": 1693004400000
    },
    "GHSA-c2qf-rxjj-qqgw|semver": {"decision": "postpone", "madeAt": 1687523635078},
    "GHSA-aaaa|x": {"decision": "fix", "madeAt": 1},
    "GHSA-bbbb|x": {"decision": "perhaps"}
  },
  "rules": {"ignoreLowSeverity": true}
}
`;

test('audit-resolve.json: ignore and postpone rule, the rest is kept', () => {
  const { decisions, problems, kept } = read('audit-resolve', RESOLVE);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["1092310"],"ecosystem":"npm","path":"@angular/localize > @babel/core > semver"} | affected |  | 2023-08-25T23:00:00Z | 2023-06-23T12:33:55Z |  | 4',
    '{"advisories":["GHSA-c2qf-rxjj-qqgw"],"ecosystem":"npm","path":"semver"} | under_investigation |  |  | 2023-06-23T12:33:55Z |  | 7',
  ]);
  expect(problems.map(({ code, at }) => `${at?.line}: ${code}`)).toEqual([
    '4: decision/private-id',
    '9: decision/not-applied',
  ]);
  const original = JSON.parse(RESOLVE) as { decisions: Record<string, unknown> };
  const keys = Object.keys(original.decisions);
  expect(decisions.map((decision) => format('audit-resolve').entryOf(decision))).toEqual(
    keys.slice(0, 2).map((key) => ({ [key]: original.decisions[key] })),
  );
  expect(kept).toHaveLength(4);
});

const NSPRC = `{
  // people comment here too
  "GHSA-vpq2-c234-7xj6": "devDependency only",
  "1064843": {"active": true, "notes": "kept", "expiry": "20 November 2026"},
  "CVE-2021-1": {"active": false},
  "GHSA-fv7c-fp4j-7gwp": {"notes": "n", "expiry": "whenever"},
  "GHSA-w9j2-pvgh-6h63|jest>*>axios": {"expiry": 1795132800000},
  "lodash": true,
  "exceptions": ["https://nodesecurity.io/advisories/39", "https://github.com/advisories/GHSA-xvch-5gv4-984h"],
}
`;

test('.nsprc: notes, objects, old exceptions, dates in words', () => {
  const { decisions, problems, kept } = read('nsprc', NSPRC);
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["GHSA-vpq2-c234-7xj6"],"ecosystem":"npm"} | affected | devDependency only |  |  |  | 3',
    '{"advisories":["1064843"],"ecosystem":"npm"} | affected | kept | 2026-11-20T00:00:00Z |  |  | 4',
    '{"advisories":[]} | affected | n |  |  |  | 6',
    '{"advisories":["GHSA-w9j2-pvgh-6h63"],"ecosystem":"npm","path":"jest > * > axios"} | affected |  | 2026-11-20T00:00:00Z |  |  | 7',
    '{"advisories":[],"component":"pkg:npm/lodash"} | affected |  |  |  |  | 8',
    '{"advisories":["39"],"ecosystem":"npm"} | affected |  |  |  |  | 9',
    '{"advisories":["GHSA-xvch-5gv4-984h"],"ecosystem":"npm"} | affected |  |  |  |  | 9',
  ]);
  expect(problems.map(({ code, at }) => `${at?.line}: ${code}`)).toEqual([
    '4: decision/private-id',
    '6: decision/not-applied',
    '9: decision/private-id',
  ]);
  expect(kept).toEqual([{ section: '', value: { 'CVE-2021-1': { active: false } } }]);
  expect(decisions.map((decision) => format('nsprc').entryOf(decision))).toEqual([
    { key: 'GHSA-vpq2-c234-7xj6', value: 'devDependency only' },
    { key: '1064843', value: { active: true, notes: 'kept', expiry: '20 November 2026' } },
    { key: 'GHSA-fv7c-fp4j-7gwp', value: { notes: 'n', expiry: 'whenever' } },
    { key: 'GHSA-w9j2-pvgh-6h63|jest>*>axios', value: { expiry: 1795132800000 } },
    { key: 'lodash', value: true },
    { key: 'https://nodesecurity.io/advisories/39', value: null },
    { key: 'https://github.com/advisories/GHSA-xvch-5gv4-984h', value: null },
  ]);
});

const AUDIT_CI = `{
  "$schema": "https://example.invalid/schema.json", // a comment with "quotes"
  /* and
     another */
  "moderate": true,
  "allowlist": [
    "GHSA-aaaa-bbbb-cccc",
    "@scope/module", // why
    "GHSA-1111-2222-3333|a>*",
    {"GHSA-dddd-eeee-ffff": {"active": true, "notes": "n", "expiry": "2026-12-01"}},
    {"GHSA-gggg-hhhh-jjjj": {"notes": "silent"}},
    {"one": {"active": true}, "two": {"active": true}},
    "*",
  ],
  "whitelist": ["x"]
}
`;

test('audit-ci: keys and objects of the allow-list; silence is not active', () => {
  const { decisions, problems, kept } = read('audit-ci', AUDIT_CI, 'audit-ci.jsonc');
  expect(decisions.map(brief)).toEqual([
    '{"advisories":["GHSA-aaaa-bbbb-cccc"],"ecosystem":"npm"} | affected |  |  |  |  | 7',
    '{"advisories":[],"component":"pkg:npm/%40scope/module"} | affected |  |  |  |  | 8',
    '{"advisories":["GHSA-1111-2222-3333"],"ecosystem":"npm","path":"a > *"} | affected |  |  |  |  | 9',
    '{"advisories":["GHSA-dddd-eeee-ffff"],"ecosystem":"npm"} | affected | n | 2026-12-01T00:00:00Z |  |  | 10',
    '{"advisories":[]} | affected |  |  |  |  | 13',
  ]);
  expect(decisions.map((decision) => format('audit-ci').entryOf(decision))).toEqual([
    'GHSA-aaaa-bbbb-cccc',
    '@scope/module',
    'GHSA-1111-2222-3333|a>*',
    { 'GHSA-dddd-eeee-ffff': { active: true, notes: 'n', expiry: '2026-12-01' } },
    '*',
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['decision/other-section', 'decision/unexpected-shape']);
  expect(kept.map(({ section }) => section)).toEqual([
    '$schema',
    'moderate',
    'whitelist',
    'allowlist',
    'allowlist',
  ]);
});

test('hostile files give problems, not throws, in linear time', () => {
  const started = process.threadCpuUsage();
  for (const one of decisionFormats)
    for (const piece of [
      '{"a":',
      '[',
      '- ',
      '/*',
      '//',
      '"',
      ',',
      '{',
      '\\',
      '# ',
      'a: ',
      '- id: x\n',
      '[[IgnoredVulns]]\n',
      '\0',
      '{"a":1,}',
      ',}',
    ])
      for (const path of one.files.slice(0, 1)) {
        const { decisions, problems } = one.read({ path, text: piece.repeat(30_000) });
        expect(decisions.length + problems.length).toBeGreaterThanOrEqual(0);
      }
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(20_000);
  expect(({} as Record<string, unknown>)['id']).toBeUndefined();
});

const REPOS = '../shared/data/repos';

test.skipIf(!existsSync(REPOS))(`real files are read whole (skipped without ${REPOS})`, () => {
  const files = globSync(
    [
      '**/.snyk',
      '**/.nsprc',
      '**/audit-ci.json*',
      '**/osv-scanner.toml',
      '**/.trivyignore*',
      '**/.grype.yaml',
    ],
    { cwd: REPOS, dot: true },
  );
  expect(files.length).toBeGreaterThanOrEqual(7);
  for (const file of files) {
    const one = decisionFormats.find((candidate) => candidate.claims(file))!;
    const { decisions, problems } = one.read({ path: file, text: readFileSync(`${REPOS}/${file}`, 'utf8') });
    expect(problems).toEqual([]);
    for (const decision of decisions) expect(one.entryOf(decision)).toBeDefined();
  }
});
