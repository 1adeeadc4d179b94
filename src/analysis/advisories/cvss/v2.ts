import { readMetrics, values, type MetricTable } from './metrics.ts';

const TABLE: MetricTable = {
  required: {
    AV: values('LAN'),
    AC: values('HML'),
    Au: values('MSN'),
    C: values('NPC'),
    I: values('NPC'),
    A: values('NPC'),
  },
  optional: {
    E: ['U', 'POC', 'F', 'H', 'ND'],
    RL: ['OF', 'TF', 'W', 'U', 'ND'],
    RC: ['UC', 'UR', 'C', 'ND'],
    CDP: ['N', 'L', 'LM', 'MH', 'H', 'ND'],
    TD: ['N', 'L', 'M', 'H', 'ND'],
    CR: ['L', 'M', 'H', 'ND'],
    IR: ['L', 'M', 'H', 'ND'],
    AR: ['L', 'M', 'H', 'ND'],
  },
};

const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
};

/** CVSS 2 base score of `AV:N/AC:L/Au:N/C:P/I:P/A:P`. https://www.first.org/cvss/v2/guide (3.2.1) */
export function scoreV2(vector: string): number | undefined {
  const metrics = readMetrics(vector, TABLE);
  if (metrics === undefined) return undefined;
  const weight = (metric: string): number => WEIGHTS[metric]![metrics.get(metric)!]!;
  const impact = 10.41 * (1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A')));
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au');
  const score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176);
  // Halves are rounded up; the small addend makes up for what binary fractions lose.
  return Math.round(score * 10 + 1e-9) / 10;
}
