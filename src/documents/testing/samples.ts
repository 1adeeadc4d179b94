import type { Snapshot } from '../../model/result.ts';
import { advisoryOf, findingOf, inventoryOf, purlOf, snapshotOf } from './snapshot.ts';

/** A small snapshot that has one of everything a report must say: the input of the goldens. */
export function richSnapshot(): Snapshot {
  const inventory = inventoryOf(
    [
      {
        path: 'web/package-lock.json',
        places: [
          {
            what: 'shop@1.0.0',
            line: 1,
            direct: 'yes',
            asks: [
              ['express@4.17.1', 'prod'],
              ['jest@29.0.0', 'dev'],
              ['fsevents@2.3.2', 'optional'],
              ['@house/ui@0.0.0', 'prod'],
            ],
          },
          { what: '@house/ui@0.0.0', line: 9, direct: 'yes', asks: [['lodash@4.17.20', 'prod']] },
          {
            what: 'express@4.17.1',
            line: 20,
            direct: 'yes',
            asks: [
              ['qs@6.7.0', 'prod'],
              ['lodash@4.17.20', 'peer'],
            ],
          },
          { what: 'qs@6.7.0', line: 31 },
          { what: 'lodash@4.17.20', line: 42 },
          {
            what: 'jest@29.0.0',
            line: 53,
            direct: 'yes',
            scopes: ['dev'],
            asks: [['minimist@1.2.5', 'dev']],
          },
          { what: 'minimist@1.2.5', line: 64, scopes: ['dev'] },
          { what: 'fsevents@2.3.2', line: 75, direct: 'yes', scopes: ['optional'] },
          { what: 'evil-pkg@1.0.0', line: 86, alias: 'good-pkg' },
        ],
      },
      {
        path: 'Dockerfile',
        ecosystem: 'Docker',
        extractor: 'docker/dockerfile',
        role: 'use',
        edgesKnown: false,
        places: [{ what: 'node@20', line: 1, direct: 'yes' }],
      },
      {
        path: 'api/requirements.txt',
        ecosystem: 'PyPI',
        extractor: 'pypi/requirements',
        role: 'manifest',
        edgesKnown: false,
        places: [{ what: 'requests', line: 3, direct: 'unknown' }],
      },
    ],
    {
      'shop@1.0.0': { origin: 'project', licences: ['UNLICENSED'] },
      '@house/ui@0.0.0': { origin: 'workspace' },
      'express@4.17.1': {
        licences: ['MIT'],
        integrity: `sha512-${'A'.repeat(86)}==`,
        source: 'https://someone:pass@registry.example.invalid/express/-/express-4.17.1.tgz',
      },
      'qs@6.7.0': { licences: ['BSD-3-Clause', 'MIT'], integrity: `sha1-${'A'.repeat(27)}=` },
      'lodash@4.17.20': { licences: ['(MIT OR Apache-2.0)'], deprecated: 'use the platform' },
      'jest@29.0.0': { licences: ['Our "Words" <2>'], hasInstallScript: true },
      requests: { requested: '>=2.0' },
    },
  );
  const lodash = findingOf(
    inventory,
    'lodash@4.17.20',
    [
      advisoryOf('GHSA-35jh-r3h4-6jhm', {
        aliases: ['CVE-2021-23337'],
        summary: 'Command injection in lodash | with <markup> and @mention',
        scores: [{ type: 'CVSS_V3', vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 7.2 }],
        cwes: ['CWE-94', 'CWE-77'],
        references: [
          { type: 'WEB', url: 'https://web.example.invalid/lodash' },
          { type: 'ADVISORY', url: 'https://advisories.example.invalid/CVE-2021-23337' },
        ],
      }),
    ],
    {
      fixed: ['4.17.21'],
      priority: 'critical',
      reasons: [
        { code: 'cvss', text: 'CVSS 3.1 base score 7.2', effect: 'sets' },
        { code: 'kev', text: 'known to be exploited since 2021-11-03', effect: 'raises' },
      ],
      evidence: [
        {
          kind: 'path',
          manifest: 'web/package-lock.json',
          components: [purlOf('express@4.17.1'), purlOf('lodash@4.17.20')],
          ranges: ['^4.17.0', ''],
        },
      ],
    },
  );
  const minimist = findingOf(
    inventory,
    'minimist@1.2.5',
    [
      advisoryOf('GHSA-xvch-5gv4-984h', {
        aliases: ['CVE-2021-44906'],
        scores: [{ type: 'CVSS_V3', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8 }],
        cwes: ['CWE-1321'],
      }),
    ],
    { fixed: ['1.2.6'], priority: 'low', decision: 'd-minimist' },
  );
  const evil = findingOf(
    inventory,
    'evil-pkg@1.0.0',
    [advisoryOf('MAL-2024-1', { malicious: true, summary: 'Malicious code in evil-pkg' })],
    {
      priority: 'critical',
      rule: 'malware/MAL-2024-1',
      reasons: [{ code: 'malware', text: 'malicious code', effect: 'sets' }],
    },
  );
  const lockfile = {
    ...lodash,
    fingerprint: 'f'.repeat(64),
    kind: 'lockfile' as const,
    rule: 'lockfile/weak-integrity',
    ids: [],
    subject: 'repository' as const,
    title: 'web/package-lock.json: 1 of 7 entries has only a SHA-1 hash (qs)',
    priority: 'low' as const,
    reasons: [],
    occurrences: [],
    evidence: [{ kind: 'location' as const, at: { path: 'web/package-lock.json', line: 31 } }],
    fixed: [],
    advisories: [],
    hint: 'run `npm install` with npm 7 or later',
  };
  const { component: _component, ...repositoryFinding } = lockfile;
  const decision = {
    id: 'd-minimist',
    about: { advisories: ['CVE-2021-44906'], component: 'pkg:npm/minimist' },
    status: 'not_affected' as const,
    justification: 'vulnerable_code_not_in_execute_path' as const,
    reason: 'only the test runner parses arguments',
    by: 'Jo Example <jo@example.invalid>',
    at: '2026-10-01T08:00:00Z',
    expires: '2027-01-01T00:00:00Z',
    source: { path: '.assay/decisions.yaml', line: 3, format: 'assay' },
  };
  return snapshotOf(inventory, [evil, lodash, repositoryFinding, minimist], {
    actions: [
      {
        id: 'remove:npm/evil-pkg',
        kind: 'remove',
        ecosystem: 'npm',
        title: 'Remove evil-pkg 1.0.0',
        name: 'evil-pkg',
        moves: [{ name: 'evil-pkg', from: ['1.0.0'], findings: 1 }],
        via: [],
        manifests: ['web/package-lock.json'],
        direct: false,
        dev: false,
        priority: 'critical',
        clears: [evil.fingerprint],
        leaves: [],
        because: 'malicious code',
      },
      {
        id: 'refresh:npm/lodash',
        kind: 'refresh',
        ecosystem: 'npm',
        title: 'Refresh lodash 4.17.20 to 4.17.21',
        name: 'lodash',
        moves: [{ name: 'lodash', from: ['4.17.20'], to: '4.17.21', inRange: true, findings: 1 }],
        via: ['express@4.17.1'],
        manifests: ['web/package-lock.json'],
        direct: false,
        dev: false,
        command: 'npm update lodash',
        priority: 'critical',
        clears: [lodash.fingerprint],
        leaves: [],
        because: 'known to be exploited',
      },
    ],
    notChecked: [
      { ecosystem: 'Docker', count: 1, why: 'no-source', examples: ['node'], holdsUpPolicy: false },
      { ecosystem: 'PyPI', count: 1, why: 'no-data', examples: ['requests'], holdsUpPolicy: true },
    ],
    decisions: [
      { decision, state: 'used', findings: [minimist.fingerprint] },
      {
        decision: { ...decision, id: 'd-old', reason: 'was fine then', expires: '2026-01-01T00:00:00Z' },
        state: 'expired',
        findings: [],
      },
    ],
    problems: [
      {
        code: 'file/truncated',
        message: 'not valid JSON (it ends in the middle: truncated?)',
        at: { path: 'old/yarn.lock', line: 12 },
        hint: 'commit the whole file',
        lost: true,
      },
      {
        code: 'file/duplicate-key',
        message: 'the key "a" is given twice',
        at: { path: 'web/package.json', line: 4 },
      },
    ],
    verdict: {
      effect: 'block',
      reasons: ['2 findings at or above high'],
      blocking: [evil.fingerprint, lodash.fingerprint],
    },
  });
}

/** The same with nothing in it, and only the embedded advisories: every report must still be valid and say so. */
export function emptySnapshot(): Snapshot {
  const inventory = inventoryOf([]);
  return snapshotOf(inventory, [], {
    target: { name: '.', kind: 'worktree' },
    knowledge: {
      sources: [
        {
          ecosystem: 'npm',
          advisories: 61,
          newest: '2026-01-02T00:00:00Z',
          builtAt: '2026-01-02T00:00:00Z',
          kind: 'starter',
          from: 'embedded',
        },
      ],
      digest: 'e'.repeat(64),
    },
    verdict: { effect: 'unknown', reasons: ['no advisories are installed'], blocking: [] },
  });
}

/** `count` components in a chain of triples, each fortieth with a finding. */
export function largeSnapshot(count: number): Snapshot {
  const what = (n: number): string => `@scope-${n % 50}/component-${n}@${n % 7}.${n % 13}.${n % 17}`;
  const inventory = inventoryOf(
    [
      {
        path: 'package-lock.json',
        places: Array.from({ length: count }, (_, n) => ({
          what: what(n),
          line: n * 10 + 1,
          direct: n % 20 === 0 ? ('yes' as const) : ('no' as const),
          asks: [n + 1, n + 2, n + 3].filter((to) => to < count).map((to) => [what(to), 'prod'] as const),
        })),
      },
    ],
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        what(n),
        {
          licences: [n % 9 === 0 ? '(MIT OR Apache-2.0)' : n % 31 === 0 ? `Some Words ${n % 5}` : 'MIT'],
          integrity: `sha512-${String(n).padStart(86, 'A')}==`,
          source: `https://registry.example.invalid/${n}.tgz`,
        },
      ]),
    ),
  );
  const findings = inventory.components
    .filter((_, n) => n % 40 === 0)
    .map(({ name, version }, n) =>
      findingOf(
        inventory,
        `${name}@${version}`,
        [advisoryOf(`GHSA-aaaa-bbbb-${String(n).padStart(4, '0')}`, { aliases: [`CVE-2024-${10_000 + n}`] })],
        { fixed: ['99.0.0'], fingerprint: String(n).padStart(64, '0') },
      ),
    );
  return snapshotOf(inventory, findings);
}
