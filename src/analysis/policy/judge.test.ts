import { expect, test } from 'vitest';
import type { Finding, Priority } from '../../model/finding.ts';
import type { NotChecked } from '../../model/result.ts';
import { judge } from './judge.ts';

const finding = (priority: Priority, decision?: string): Finding => ({
  fingerprint: `f-${priority}`,
  kind: 'advisory',
  rule: 'advisory/X',
  ids: ['X'],
  subject: 'repository',
  title: '',
  priority,
  reasons: [],
  occurrences: [],
  evidence: [],
  fixed: [],
  advisories: [],
  reachability: 'unknown',
  ...(decision === undefined ? {} : { decision }),
});
const unchecked = (holdsUpPolicy: boolean): NotChecked => ({
  ecosystem: 'Maven',
  count: 3,
  why: 'no-data',
  examples: [],
  holdsUpPolicy,
});
const lost = { code: 'file/truncated', message: '', at: { path: 'a' }, lost: true };

test.for([
  ['nothing wrong', judge([], [], [], 'high', 1), 'pass'],
  ['below the threshold', judge([finding('medium')], [], [], 'high', 1), 'pass'],
  ['at the threshold', judge([finding('high')], [], [], 'high', 1), 'block'],
  ['unscored is never below', judge([finding('unknown')], [], [], 'critical', 1), 'block'],
  ['decided', judge([finding('critical', 'd1')], [], [], 'high', 1), 'pass'],
  ['no policy', judge([finding('critical')], [], [], undefined, 1), 'pass'],
  ['data missing', judge([], [unchecked(true)], [], 'high', 1), 'unknown'],
  ['data that nobody publishes', judge([], [unchecked(false)], [], 'high', 1), 'pass'],
  ['data missing without a policy', judge([], [unchecked(true)], [], undefined, 1), 'pass'],
  ['unreadable input, even without a policy', judge([], [], [lost], undefined, 1), 'unknown'],
  ['blocking wins over not knowing', judge([finding('high')], [unchecked(true)], [lost], 'high', 1), 'block'],
  ['nothing recognised', judge([], [], [], 'high', 0), 'unknown'],
  ['nothing recognised, no policy', judge([], [], [], undefined, 0), 'pass'],
] as const)('%s', ([, verdict, effect]) => expect(verdict.effect).toBe(effect));
