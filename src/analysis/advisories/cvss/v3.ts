import { readMetrics, values, type MetricTable } from './metrics.ts';

const BASE: MetricTable['required'] = {
  AV: values('NALP'),
  AC: values('LH'),
  PR: values('NLH'),
  UI: values('NR'),
  S: values('UC'),
  C: values('HLN'),
  I: values('HLN'),
  A: values('HLN'),
};

const TABLE: MetricTable = {
  required: BASE,
  optional: {
    E: values('XUPFH'),
    RL: values('XOTWU'),
    RC: values('XURC'),
    CR: values('XLMH'),
    IR: values('XLMH'),
    AR: values('XLMH'),
    ...Object.fromEntries(Object.entries(BASE).map(([metric, known]) => [`M${metric}`, ['X', ...known]])),
  },
};

const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  PRchanged: { N: 0.85, L: 0.68, H: 0.5 },
  UI: { N: 0.85, R: 0.62 },
  CIA: { H: 0.56, L: 0.22, N: 0 },
};

/**
 * CVSS 3.0 and 3.1 base score of the metrics after the prefix; the versions differ in how they round.
 * Temporal and environmental metrics are checked and left out. https://www.first.org/cvss/v3.1/specification-document#7-1-Base-Metrics-Equations
 */
export function scoreV3(vector: string, minor: 0 | 1): number | undefined {
  const metrics = readMetrics(vector, TABLE);
  if (metrics === undefined) return undefined;
  const weight = (table: string, metric: string): number => WEIGHTS[table]![metrics.get(metric)!]!;
  const changed = metrics.get('S') === 'C';
  const iss = 1 - (1 - weight('CIA', 'C')) * (1 - weight('CIA', 'I')) * (1 - weight('CIA', 'A'));
  const impact = changed ? 7.52 * (iss - 0.029) - 3.25 * (iss - 0.02) ** 15 : 6.42 * iss;
  if (impact <= 0) return 0;
  const exploitability =
    8.22 *
    weight('AV', 'AV') *
    weight('AC', 'AC') *
    weight(changed ? 'PRchanged' : 'PR', 'PR') *
    weight('UI', 'UI');
  const score = Math.min((impact + exploitability) * (changed ? 1.08 : 1), 10);
  return minor === 0 ? Math.ceil(cutNoise(score) * 10) / 10 : roundUp(score);
}

/** Appendix A of 3.1: the same result on any machine, whatever its fractions do. */
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

/** 3.0 says only "round up": 4.000000000000001 is meant to be 4. */
const cutNoise = (score: number): number => Math.round(score * 1e9) / 1e9;
