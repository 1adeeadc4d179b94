import { CLASSES, classOfComponent, classOfEdge } from './agreement/classes.ts';
import type { DifferenceClass, NotBuiltWith } from './agreement/classes.ts';
import { goSums } from './agreement/go-sum.ts';
import type { Listings } from './agreement/listing.ts';
import { keyOfOsv, osvScannerAnswer } from './agreement/osv-scanner.ts';
import { ourListings } from './agreement/ours.ts';
import { trivyListings } from './agreement/trivy.ts';
import { osvScannerOverAll, realIndex, trivyOverAll } from './materials.ts';
import { assay, data, measure } from './measure.ts';
import { rounded, unmeasured } from './rows.ts';
import type { Case, Row } from './rows.ts';

/*
 * Do we give the answers that the peers give? Every (component, advisory) pair and component of osv-scanner, every component and
 * edge of trivy, file by file. A difference has a class whose condition was checked for it, or it is printed as not explained.
 */
export const agreement: Case = {
  name: 'agreement',
  async run() {
    const repos = data('repos');
    const db = realIndex();
    if (repos === undefined || db === undefined)
      return [unmeasured('agreement with osv-scanner and trivy', 'the real data are absent')];
    const ours = await ourListings(repos);
    const scanner = osvScannerOverAll();
    const trivy = trivyOverAll();
    return [
      ...(scanner === undefined
        ? [unmeasured('agreement with osv-scanner', 'osv-scanner is absent')]
        : withOsvScanner(scanner.stdout, repos, db, ours)),
      ...(trivy === undefined
        ? [unmeasured('agreement with trivy', 'trivy is absent')]
        : withTrivy(trivyListings(trivy.stdout), ours, goSums(repos))),
    ];
  },
};

function withOsvScanner(text: string, repos: string, db: string, ours: Listings): Row[] {
  const theirs = osvScannerAnswer(text, repos);
  const mine = ourPairs(repos, db);
  const missing = [...theirs.pairs].filter((pair) => !mine.has(pair)).sort();
  const more = [...mine].filter((pair) => !theirs.pairs.has(pair)).sort();
  return [
    {
      what: '(component, advisory) pairs of osv-scanner, all real repositories and advisories',
      ours: { pairs: theirs.pairs.size, found: theirs.pairs.size - missing.length, more: more.length },
      peers: [{ name: 'osv-scanner 2.5.1', figures: { rows: theirs.rows, pairs: theirs.pairs.size } }],
      goals: [{ goal: 'every pair', met: missing.length === 0 }],
      notes: [
        ...missing.map((pair) => `not found: ${pair}`),
        ...more.map((pair) => `found by us alone: ${pair}`),
      ],
    },
    differences('components of osv-scanner', theirs.listings, ours, goSums(repos), 'components'),
  ];
}

interface ScanReport {
  readonly components: readonly {
    readonly purl: string;
    readonly ecosystem: string;
    readonly name: string;
    readonly version: string;
  }[];
  readonly findings: readonly {
    readonly kind: string;
    readonly component?: { readonly ecosystem: string; readonly name: string; readonly version: string };
    readonly advisories?: readonly { readonly id: string }[];
  }[];
}

/** (component, advisory) pairs of our JSON: a finding folds the records of one flaw, each of which is a pair. */
function ourPairs(repos: string, db: string): Set<string> {
  const command = assay('scan', repos, '--db', db, '--no-cache', '--format', 'json');
  const report = JSON.parse(measure(command, { runs: 1, warmUp: false }).stdout) as ScanReport;
  const pairs = new Set<string>();
  for (const { component, advisories = [] } of report.findings)
    if (component !== undefined)
      for (const { id } of advisories)
        pairs.add(`${keyOfOsv(component.ecosystem, component.name, component.version)} ${id}`);
  return pairs;
}

/** Ecosystems for whose edges there is a goal, by purl type. */
const EDGE_TYPES = ['npm', 'gem', 'pypi'];

function withTrivy(theirs: Listings, ours: Listings, notBuiltWith: NotBuiltWith): Row[] {
  const types = [...new Set([...theirs.values()].flatMap(({ edges }) => [...edges].map(typeOf)))].sort();
  return [
    differences('components of trivy', theirs, ours, notBuiltWith, 'components'),
    ...types.map((type) => {
      const row = differences(`edges of trivy: ${type}`, theirs, ours, notBuiltWith, 'edges', type);
      const percent = row.ours!['percent']!;
      return EDGE_TYPES.includes(type)
        ? { ...row, goals: [{ goal: '≥ 98 %', met: percent >= 98 }, ...row.goals] }
        : row;
    }),
  ];
}

/** Everything of theirs that is not among ours in the same file, by class. */
function differences(
  what: string,
  theirs: Listings,
  ours: Listings,
  notBuiltWith: NotBuiltWith,
  part: 'components' | 'edges',
  type?: string,
): Row {
  const classify = part === 'components' ? classOfComponent : classOfEdge;
  const byClass = new Map<DifferenceClass, string[]>();
  const unexplained: string[] = [];
  let total = 0;
  let same = 0;
  for (const [file, listing] of theirs)
    for (const key of listing[part]) {
      if (type !== undefined && typeOf(key) !== type) continue;
      total++;
      if (ours.get(file)?.[part].has(key) === true) {
        same++;
        continue;
      }
      const why = classify(key, file, ours, notBuiltWith);
      if (why === undefined) unexplained.push(`${file}: ${key}`);
      else byClass.set(why, [...(byClass.get(why) ?? []), key]);
    }
  return {
    what: `${what}, file by file`,
    ours: { total, same, percent: rounded((100 * same) / total, 2), unexplained: unexplained.length },
    peers: [],
    goals: [{ goal: 'each difference explained', met: unexplained.length === 0 }],
    notes: [
      ...[...byClass].map(([why, keys]) => `${keys.length}: ${CLASSES[why]} (${keys.sort()[0]})`),
      ...unexplained.sort().map((line) => `not explained: ${line}`),
    ],
  };
}

const typeOf = (key: string): string => key.slice(0, key.indexOf(' '));
