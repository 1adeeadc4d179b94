import type { CardEvidence, CardVerdict, HealthCard } from '../../model/adoption.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { groupHits } from '../advisories/groups.ts';
import { matchComponent } from '../advisories/match.ts';
import { counted, DAY, dayOf, inDays, median, secondsOf } from './figures.ts';
import type { Candidate, HealthInput } from './input.ts';
import { unknownCard } from './input.ts';
import type { Release } from './releases.ts';
import { judgedPart } from './releases.ts';

const TITLE = 'Security latency';
/** Advisories older than this say little of the people of today. */
const RECENT = 5 * 365 * DAY;
const FAST_DAYS = 14;
const SLOW_DAYS = 90;
const MANY = 5;

/** One issue of a component, and when it was told and ended. Seconds since 1970. */
interface Issue {
  readonly id: string;
  readonly name: string;
  readonly published: number | undefined;
  /** The first release that ends it for some line of versions. */
  readonly fixed: { readonly version: string; readonly at: number } | undefined;
  readonly hasFix: boolean;
  readonly openInNewest: boolean;
  readonly malicious: boolean;
}

/**
 * How long did users wait for a fix? Days from an advisory's publication to the first release that ends it, over the installed
 * advisories of five years; fixed before it was told counts as 0. Good: median within 14 days; weak: above 90, or something
 * open in the newest release for longer than 90 days. Withdrawn advisories are left out.
 */
export function latencyCard(input: HealthInput): HealthCard {
  const { store, asOf, candidates, releases } = input;
  if (candidates.length === 0)
    return unknownCard(
      'security-latency',
      TITLE,
      'which component this is, is not known',
      'name it: assay adopt NAME@VERSION --clone PATH',
    );
  const covered = candidates.filter(({ ecosystem }) => store.covers(ecosystem));
  if (covered.length === 0) {
    const ecosystems = [...new Set(candidates.map(({ ecosystem }) => ecosystem))].sort().join(', ');
    return unknownCard(
      'security-latency',
      TITLE,
      `advisories of ${ecosystems} are not installed`,
      'assay db update, or --db DIR',
    );
  }
  const all = covered.flatMap((candidate) => issuesOf(candidate, input));
  // What was told later than the moment that is looked at was not known then.
  const issues = all.filter(({ published }) => published === undefined || published <= asOf);
  const own = versionWords(input, covered);
  if (issues.length === 0)
    return {
      ...unknownCard(
        'security-latency',
        TITLE,
        `no advisory names ${nameWords(covered)}; that is neither good nor bad`,
        '',
        { advisories: 0, openInNewest: 0 },
      ),
      evidence: own,
    };
  const recent = issues.filter(({ published, malicious }) => !malicious && (published ?? 0) > asOf - RECENT);
  const measured = recent.flatMap(({ published, fixed }) =>
    published === undefined || fixed === undefined || fixed.at > asOf
      ? []
      : [Math.max(0, (fixed.at - published) / DAY)],
  );
  const middle = median(measured);
  const open = issues.filter(({ openInNewest }) => openInNewest);
  const overdue = open.filter(
    ({ published }) => published !== undefined && asOf - published > SLOW_DAYS * DAY,
  );
  const undated = recent.filter(({ fixed, hasFix }) => hasFix && fixed === undefined);
  const evidence: CardEvidence[] = [
    ...own,
    ...[...recent]
      .sort((a, b) => (b.published ?? 0) - (a.published ?? 0) || (a.id < b.id ? -1 : 1))
      .slice(0, MANY)
      .map((issue) => ({ text: issueWords(issue, asOf) })),
  ];
  if (recent.length > MANY)
    evidence.push({
      text: `and ${recent.length - MANY} more of five years`,
    });
  if (undated.length > 0)
    evidence.push({
      text: `${counted(undated.length, 'fix', 'fixes')} in releases whose day is not known here: no such tag, and no metadata`,
    });
  if (releases.length === 0)
    return {
      ...unknownCard(
        'security-latency',
        TITLE,
        `${counted(issues.length, 'advisory', 'advisories')}, but no releases to hold them against`,
        'give a clone with tags, or --metadata FILE',
        { advisories: issues.length },
      ),
      evidence,
    };
  return {
    id: 'security-latency',
    title: TITLE,
    verdict: verdictOf(middle, open.length, overdue.length),
    says: saysOf(middle, measured.length, issues.length, open),
    figures: {
      advisories: issues.length,
      advisories5y: recent.length,
      measured: measured.length,
      medianDays: middle === undefined ? null : Math.round(middle * 10) / 10,
      worstDays: measured.length === 0 ? null : Math.round(Math.max(...measured) * 10) / 10,
      fixedBeforeTold: measured.filter((days) => days === 0).length,
      openInNewest: open.length,
    },
    evidence,
    ...(middle === undefined && undated.length > 0
      ? { give: 'give a clone with tags, or --metadata FILE' }
      : {}),
  };
}

function issuesOf({ ecosystem, name }: Candidate, input: HealthInput): readonly Issue[] {
  const scheme = ecosystemOf(ecosystem).versions;
  const entries = input.store.lookup(ecosystem, name);
  // A monorepo publishes hundreds of names, and most have no advisory.
  if (entries.length === 0) return [];
  const { releases } = judgedPart(input.releases, name, input.asOf);
  const newest = newestOf(releases, scheme.compare);
  const open = new Set(
    newest === undefined
      ? []
      : matchComponent(input.store, ecosystem, name, newest.version, scheme).hits.map(
          ({ entry }) => entry.id,
        ),
  );
  const hits = entries.map((entry) => ({
    entry,
    fixed: entry.ranges.flatMap(({ fixed }) => (fixed === undefined ? [] : [fixed])),
  }));
  return groupHits(input.store, ecosystem, hits).map((group): Issue => {
    const published = group.advisories
      .map((advisory) => secondsOf(advisory.published))
      .filter((at) => at !== undefined);
    const fixes = group.hits.flatMap(({ fixed }) => fixed);
    const dated = releases
      .filter(({ version }) => fixes.some((fix) => scheme.compare(fix, version) === 0))
      .sort((a, b) => a.at - b.at);
    return {
      id: group.id,
      name,
      published: published.length === 0 ? undefined : Math.min(...published),
      fixed: dated[0],
      hasFix: fixes.length > 0,
      openInNewest: group.hits.some(({ entry }) => open.has(entry.id)),
      malicious: group.advisories.some(({ malicious }) => malicious),
    };
  });
}

/** The highest finished version, by the ecosystem's own order. */
function newestOf(
  releases: readonly Release[],
  compare: (a: string, b: string) => number,
): Release | undefined {
  const finished = releases.filter(({ prerelease }) => !prerelease);
  let best = finished[0];
  for (const release of finished)
    if (best !== undefined && compare(release.version, best.version) > 0) best = release;
  return best;
}

/** What is known against the very version that people ask about. */
function versionWords({ version, store }: HealthInput, covered: readonly Candidate[]): CardEvidence[] {
  if (version === undefined) return [];
  return covered.slice(0, 1).map(({ ecosystem, name }) => {
    const { hits, problem } = matchComponent(
      store,
      ecosystem,
      name,
      version,
      ecosystemOf(ecosystem).versions,
    );
    if (problem !== undefined) return { text: problem.message };
    const groups = groupHits(store, ecosystem, hits);
    if (groups.length === 0) return { text: `${name} ${version}: no known advisory` };
    const ids = groups.slice(0, 3).map(({ id }) => id);
    const more = groups.length > 3 ? ` and ${groups.length - 3} more` : '';
    return {
      text: `${name} ${version} itself: ${counted(groups.length, 'known advisory', 'known advisories')} (${ids.join(', ')}${more})`,
    };
  });
}

function nameWords(covered: readonly Candidate[]): string {
  // One name may stand in several ecosystems: a server and its tools.
  const names = [...new Set(covered.map(({ name }) => name))];
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} or ${names.length - 3} more`;
}

function issueWords(
  { id, name, published, fixed, hasFix, openInNewest, malicious }: Issue,
  asOf: number,
): string {
  const told = published === undefined ? 'no date of publication' : `told ${dayOf(published)}`;
  const end = malicious
    ? 'malicious code'
    : fixed !== undefined && fixed.at <= asOf
      ? `fixed in ${fixed.version}, ${dayOf(fixed.at)}${
          published === undefined
            ? ''
            : dayOf(fixed.at) === dayOf(published)
              ? ' (the same day)'
              : fixed.at < published
                ? ' (before it was told)'
                : ` (${inDays(Math.floor((fixed.at - published) / DAY))})`
        }`
      : hasFix
        ? 'fixed, the day is not known'
        : openInNewest
          ? 'not fixed'
          : 'newer releases are not affected';
  return `${id} (${name}): ${told}, ${end}`;
}

function saysOf(
  middle: number | undefined,
  measured: number,
  issues: number,
  open: readonly Issue[],
): string {
  const wait =
    middle === undefined
      ? `${counted(issues, 'advisory', 'advisories')}, none of five years with both days known`
      : `a fix ${middle < 1 ? 'within a day' : `after ${inDays(Math.round(middle))}`} (median of ${measured})`;
  return open.length === 0
    ? wait
    : `${wait}; ${open.length} open in the newest release (${open
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')})`;
}

function verdictOf(middle: number | undefined, open: number, overdue: number): CardVerdict {
  if (overdue > 0 || (middle ?? 0) > SLOW_DAYS) return 'weak';
  if (open > 0) return 'watch';
  if (middle === undefined) return 'unknown';
  return middle <= FAST_DAYS ? 'good' : 'watch';
}
