import { readMetrics, values, type MetricTable } from './metrics.ts';
import { macroScore } from './v4-table.ts';

const BASE: MetricTable['required'] = {
  AV: values('NALP'),
  AC: values('LH'),
  AT: values('NP'),
  PR: values('NLH'),
  UI: values('NPA'),
  VC: values('HLN'),
  VI: values('HLN'),
  VA: values('HLN'),
  SC: values('HLN'),
  SI: values('HLN'),
  SA: values('HLN'),
};

const TABLE: MetricTable = {
  required: BASE,
  optional: {
    E: values('XAPU'),
    CR: values('XHML'),
    IR: values('XHML'),
    AR: values('XHML'),
    ...Object.fromEntries(Object.entries(BASE).map(([metric, known]) => [`M${metric}`, ['X', ...known]])),
    MSI: values('XSHLN'),
    MSA: values('XSHLN'),
    S: values('XNP'),
    AU: values('XNY'),
    R: values('XAUI'),
    V: values('XDC'),
    RE: values('XLMH'),
    U: ['X', 'Clear', 'Green', 'Amber', 'Red'],
  },
};

type Metrics = (metric: string) => string;

/**
 * CVSS 4.0 score of the metrics after the prefix, with threat and environmental metrics where the vector has them.
 * The macro-vector's score, less how far the vector is below the worst of its macro-vector.
 * https://www.first.org/cvss/v4.0/specification-document#Scoring
 */
export function scoreV4(vector: string): number | undefined {
  const metrics = readMetrics(vector, TABLE);
  if (metrics === undefined) return undefined;
  const at: Metrics = (metric) => effective(metrics, metric);
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((metric) => at(metric) === 'N')) return 0;
  const macro = macroVector(at);
  const top = macroScore(macro)!;
  const drops: number[] = [];
  for (const [set, lower] of lowerScores(macro)) {
    if (lower === undefined) continue;
    const share = distance(WORST[set][keyOf(set, macro)]!, at) / DEPTH[set][keyOf(set, macro)]!;
    drops.push((top - lower) * share);
  }
  const drop = drops.length === 0 ? 0 : drops.reduce((sum, one) => sum + one, 0) / drops.length;
  return Math.round(Math.min(10, Math.max(0, top - drop)) * 10 + 1e-5) / 10;
}

/** A modified metric replaces its base metric; what is not defined counts as the worst. */
function effective(metrics: ReadonlyMap<string, string>, metric: string): string {
  const modified = metrics.get(`M${metric}`);
  if (modified !== undefined && modified !== 'X') return modified;
  const value = metrics.get(metric) ?? 'X';
  if (value !== 'X') return value;
  return metric === 'E' ? 'A' : 'H';
}

/** The six equivalence classes, 0 the worst. */
interface Macro {
  readonly eq1: number;
  readonly eq2: number;
  readonly eq3: number;
  readonly eq4: number;
  readonly eq5: number;
  readonly eq6: number;
}

function macroVector(at: Metrics): Macro {
  const open = [at('AV') === 'N', at('PR') === 'N', at('UI') === 'N'];
  const high = (metric: string): boolean => at(metric) === 'H';
  const subsequent = high('SC') || high('SI') || high('SA');
  return {
    eq1: open.every(Boolean) ? 0 : open.some(Boolean) && at('AV') !== 'P' ? 1 : 2,
    eq2: at('AC') === 'L' && at('AT') === 'N' ? 0 : 1,
    eq3: high('VC') && high('VI') ? 0 : high('VC') || high('VI') || high('VA') ? 1 : 2,
    eq4: at('SI') === 'S' || at('SA') === 'S' ? 0 : subsequent ? 1 : 2,
    eq5: 'APU'.indexOf(at('E')),
    eq6: ['C', 'I', 'A'].some((letter) => high(`${letter}R`) && high(`V${letter}`)) ? 0 : 1,
  };
}

/** Classes 3 and 6 depend on one another and are one set. Within class 5 nothing differs, so its share is always none. */
type MetricSet = 'eq1' | 'eq2' | 'eq3eq6' | 'eq4' | 'eq5';

const keyOf = (set: MetricSet, macro: Macro): string =>
  set === 'eq3eq6' ? `${macro.eq3}${macro.eq6}` : String(macro[set]);

/** Score of the next lower macro-vector in each set; `undefined` where there is none. */
function lowerScores(macro: Macro): [MetricSet, number | undefined][] {
  const { eq1, eq2, eq3, eq4, eq5, eq6 } = macro;
  const sixth = macroScore({ ...macro, eq6: eq6 + 1 });
  const third = macroScore({ ...macro, eq3: eq3 + 1 });
  // From the top of both, the way down is over the higher of the two neighbours.
  const both = eq3 === 0 && eq6 === 0 ? Math.max(sixth!, third!) : eq6 === 0 ? sixth : third;
  return [
    ['eq1', macroScore({ ...macro, eq1: eq1 + 1 })],
    ['eq2', macroScore({ ...macro, eq2: eq2 + 1 })],
    ['eq3eq6', both],
    ['eq4', macroScore({ ...macro, eq4: eq4 + 1 })],
    ['eq5', macroScore({ ...macro, eq5: eq5 + 1 })],
  ];
}

/** Steps from the worst vector of a set that is nowhere below the vector; several may be the worst, the first that fits counts. */
function distance(worst: readonly string[], at: Metrics): number {
  for (const candidate of worst) {
    let steps = 0;
    let fits = true;
    for (const part of candidate.split('/')) {
      const [metric, value] = part.split(':') as [string, string];
      const order = ORDER[metric]!;
      const below = order.indexOf(at(metric)) - order.indexOf(value);
      if (below < 0) fits = false;
      steps += below;
    }
    if (fits) return steps;
  }
  return 0;
}

/** Values from worst to mildest. */
const ORDER: Readonly<Record<string, string>> = {
  AV: 'NALP',
  PR: 'NLH',
  UI: 'NPA',
  AC: 'LH',
  AT: 'NP',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'SHLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
  E: 'APU',
};

/** The worst vectors of each class (table 24 and following of the specification). */
const WORST: Readonly<Record<MetricSet, Readonly<Record<string, readonly string[]>>>> = {
  eq1: {
    '0': ['AV:N/PR:N/UI:N'],
    '1': ['AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:N', 'AV:N/PR:N/UI:P'],
    '2': ['AV:P/PR:N/UI:N', 'AV:A/PR:L/UI:P'],
  },
  eq2: { '0': ['AC:L/AT:N'], '1': ['AC:H/AT:N', 'AC:L/AT:P'] },
  eq3eq6: {
    '00': ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H'],
    '01': ['VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:H/VI:H/VA:H/CR:M/IR:M/AR:M'],
    '10': ['VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:L/VA:H/CR:H/IR:H/AR:H'],
    '11': [
      'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
      'VC:L/VI:H/VA:H/CR:H/IR:M/AR:M',
      'VC:H/VI:L/VA:H/CR:M/IR:H/AR:M',
      'VC:H/VI:L/VA:L/CR:M/IR:H/AR:H',
      'VC:L/VI:L/VA:H/CR:H/IR:H/AR:M',
    ],
    '21': ['VC:L/VI:L/VA:L/CR:H/IR:H/AR:H'],
  },
  eq4: { '0': ['SC:H/SI:S/SA:S'], '1': ['SC:H/SI:H/SA:H'], '2': ['SC:L/SI:L/SA:L'] },
  eq5: { '0': ['E:A'], '1': ['E:P'], '2': ['E:U'] },
};

/** Steps from the worst to the mildest vector of each class. */
const DEPTH: Readonly<Record<MetricSet, Readonly<Record<string, number>>>> = {
  eq1: { '0': 1, '1': 4, '2': 5 },
  eq2: { '0': 1, '1': 2 },
  eq3eq6: { '00': 7, '01': 6, '10': 8, '11': 8, '21': 10 },
  eq4: { '0': 6, '1': 5, '2': 4 },
  eq5: { '0': 1, '1': 1, '2': 1 },
};
