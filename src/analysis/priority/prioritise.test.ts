import { expect, test } from 'vitest';
import { prioritise, type PriorityInput } from './prioritise.ts';

const base: PriorityInput = {
  severity: 'critical',
  severitySource: 'CVSS 3.1 base 9.8',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  malicious: false,
  scopes: ['prod'],
  direct: 'no',
  hasFix: true,
  exposure: 'unknown',
  reachability: 'unknown',
};

test.for<[string, Partial<PriorityInput>, string, string[]]>([
  ['a plain critical', {}, 'critical', ['cvss']],
  ['development only', { scopes: ['dev'] }, 'medium', ['cvss', 'dev-only']],
  ['production wins over development', { scopes: ['prod', 'dev'] }, 'critical', ['cvss']],
  ['scopes not known count as production', { scopes: [] }, 'critical', ['cvss']],
  [
    'a high that only development needs is low',
    { severity: 'high', scopes: ['dev', 'build'] },
    'low',
    ['cvss', 'dev-only'],
  ],
  ['an internal service', { exposure: 'internal' }, 'high', ['cvss', 'exposure']],
  [
    'a high open to anyone on the internet',
    { severity: 'high', exposure: 'internet' },
    'critical',
    ['cvss', 'exposure'],
  ],
  [
    'local access on a service',
    { severity: 'high', exposure: 'internet', vector: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    'medium',
    ['cvss', 'exposure'],
  ],
  [
    'a medium that is exploited',
    { severity: 'medium', exploited: { added: '2024-01-01', ransomware: false } },
    'critical',
    ['cvss', 'kev'],
  ],
  [
    'exploited, in development',
    { exploited: { added: '2024-01-01', ransomware: true }, scopes: ['dev'] },
    'high',
    ['cvss', 'kev', 'dev-only'],
  ],
  [
    'exploited beats internal',
    { exploited: { added: '2024-01-01', ransomware: false }, exposure: 'internal' },
    'critical',
    ['cvss', 'kev'],
  ],
  ['a low that is likely to be exploited', { severity: 'low', epss: 0.6 }, 'high', ['cvss', 'epss']],
  ['a medium above average', { severity: 'medium', epss: 0.2 }, 'high', ['cvss', 'epss']],
  [
    'malware in development',
    { malicious: true, severity: 'unknown', scopes: ['dev'] },
    'critical',
    ['malware'],
  ],
  ['unscored stays unknown', { severity: 'unknown' }, 'unknown', ['unscored']],
  [
    'unscored in development stays unknown',
    { severity: 'unknown', scopes: ['dev'] },
    'unknown',
    ['unscored', 'dev-only'],
  ],
  [
    'unscored but exploited',
    { severity: 'unknown', exploited: { added: '2024-01-01', ransomware: false } },
    'critical',
    ['unscored', 'kev'],
  ],
  ['unreachable', { reachability: 'unreachable' }, 'medium', ['cvss', 'reachability']],
  ['optional only', { scopes: ['optional'] }, 'high', ['cvss', 'optional-only']],
  ['no fix is said', { hasFix: false }, 'critical', ['cvss', 'no-fix']],
  ['severity none is low', { severity: 'none' }, 'low', ['cvss']],
])('%s', ([, change, priority, codes]) => {
  const result = prioritise({ ...base, ...change });
  expect(result.priority).toBe(priority);
  expect(result.reasons.map((reason) => reason.code)).toEqual(codes);
});

test('a reason that changed nothing says so', () => {
  const { reasons } = prioritise({ ...base, epss: 0.9 });
  expect(reasons.map((reason) => reason.effect)).toEqual(['sets', 'notes']);
});
