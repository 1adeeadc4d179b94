import type { CardEvidence, CardVerdict, HealthCard } from '../../model/adoption.ts';
import { compareText, counted, percent } from './figures.ts';
import type { HealthInput } from './input.ts';
import { CUT_OFF, GIVE_CLONE, GIVE_HISTORY, knowsSince, NO_CLONE, unknownCard, windows } from './input.ts';
import type { Crowd } from './people.ts';
import { humanCommits, tally } from './people.ts';
import type { CommitFact } from '../../model/adoption.ts';

const TITLE = 'Bus factor';
/** Commits below which shares say little. */
const FEW = 10;

/** The share of commits that one organisation wrote. */
export interface OrganisationShare {
  readonly domain: string;
  /** By the address of each commit: at least so much. */
  readonly byAddress: number;
  /** With all commits of people who ever used an address of it: free mail does not hide an employer. */
  readonly byPeople: number;
  readonly people: number;
}

/**
 * How many people would have to be lost? BF50 is the least number who wrote half of the commits of 12 months, BF80 four fifths.
 * Good from 3 where there are ten commits or more, watch 2, weak 1. With `--within` only commits that change that folder count. How many accounts may publish is told
 * beside it, where the registry's answer says so: no verdict hangs on it, for an account may be a team's.
 */
export function busFactorCard(input: HealthInput): HealthCard {
  const card = cardOfCommits(input);
  const { maintainers, from } = input.registry ?? {};
  return {
    ...card,
    figures: { ...card.figures, publishers: maintainers ?? null },
    evidence:
      maintainers === undefined
        ? card.evidence
        : [...card.evidence, { text: `${counted(maintainers, 'account')} may publish it (${from!})` }],
  };
}

function cardOfCommits({ clone, asOf }: HealthInput): HealthCard {
  if (clone === undefined) return unknownCard('bus-factor', TITLE, NO_CLONE, GIVE_CLONE);
  const { facts, crowd, within } = clone;
  const { from } = windows(asOf);
  if (!knowsSince(facts, from)) return unknownCard('bus-factor', TITLE, CUT_OFF, GIVE_HISTORY);
  const commits = humanCommits(facts, crowd, from, asOf).filter(
    ({ id }) => within === undefined || within.commits.has(id),
  );
  const where = within === undefined ? '' : ` in ${within.folder}`;
  if (commits.length === 0)
    return unknownCard(
      'bus-factor',
      TITLE,
      `nobody wrote a commit${where} in 12 months: nothing to measure`,
      'look at who answers for it',
    );
  const writers = tally(commits.map(({ author }) => crowd.personOf[author]!));
  const half = least(writers, commits.length, 0.5);
  const most = least(writers, commits.length, 0.8);
  const top = writers.slice(0, Math.min(half, 5));
  const share = top.reduce((sum, [, count]) => sum + count, 0) / commits.length;
  const evidence: CardEvidence[] = [
    {
      text: `${top.map(([person, count]) => `${crowd.people[person]!.name} ${count}`).join(', ')}: ${percent(share)} of ${counted(commits.length, 'commit')}${where}`,
    },
    {
      text: `${counted(writers.length, 'person', 'people')} wrote at least one; merges and automation left out`,
    },
  ];
  const organisation = organisationShares(commits, crowd).find(({ people }) => people > 1);
  evidence.push({
    text:
      organisation === undefined
        ? 'no mail domain besides free mail has more than one author'
        : organisationWords(organisation),
  });
  return {
    id: 'bus-factor',
    title: TITLE,
    verdict: verdictOf(half, commits.length),
    says: `${half} for half of the commits, ${most} for four fifths${commits.length < FEW ? ` (of only ${commits.length})` : ''}`,
    figures: {
      bf50: half,
      bf80: most,
      commits12m: commits.length,
      people12m: writers.length,
      largestOrganisation: organisation?.domain ?? null,
      shareOfLargestOrganisation: organisation === undefined ? null : rounded(organisation.byAddress),
      shareOfItsPeople: organisation === undefined ? null : rounded(organisation.byPeople),
      within: within?.folder ?? null,
    },
    evidence,
  };
}

/** The least number of keys, largest first, that hold at least `share` of `total`. */
export function least(counts: readonly (readonly [unknown, number])[], total: number, share: number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]![1];
    if (sum >= total * share) return i + 1;
  }
  return counts.length;
}

/**
 * Mail domains by their share: those of several people first, largest first (by people, then address, then name). What a single
 * person wrote under other addresses is not counted to a domain of their own.
 */
export function organisationShares(
  commits: readonly CommitFact[],
  crowd: Crowd,
): readonly OrganisationShare[] {
  const total = commits.length;
  const members = new Map<string, Set<number>>();
  for (const { author } of commits) {
    const domain = crowd.organisationOf[author];
    if (domain === undefined) continue;
    const known = members.get(domain) ?? new Set<number>();
    members.set(domain, known.add(crowd.personOf[author]!));
  }
  const byAddress = new Map(
    tally(
      commits.flatMap(({ author }) => {
        const domain = crowd.organisationOf[author];
        return domain === undefined ? [] : [domain];
      }),
    ),
  );
  const perPerson = new Map(tally(commits.map(({ author }) => crowd.personOf[author]!)));
  return [...members]
    .map(([domain, people]) => ({
      domain,
      byAddress: byAddress.get(domain)! / total,
      byPeople:
        (people.size === 1
          ? byAddress.get(domain)!
          : [...people].reduce((sum, person) => sum + perPerson.get(person)!, 0)) / total,
      people: people.size,
    }))
    .sort(
      (a, b) =>
        Number(b.people > 1) - Number(a.people > 1) ||
        b.byPeople - a.byPeople ||
        b.byAddress - a.byAddress ||
        compareText(a.domain, b.domain),
    );
}

/** `58 % of the commits come from addresses at example.org (9 people); 64 % with their other addresses`. */
export function organisationWords({ domain, byAddress, byPeople, people }: OrganisationShare): string {
  const more = byPeople - byAddress >= 0.01 ? `; ${percent(byPeople)} with their other addresses` : '';
  return `${percent(byAddress)} of the commits come from addresses at ${domain} (${counted(people, 'person', 'people')})${more}`;
}

/** Seven people with a commit each keep nothing: of few commits it is never good. */
function verdictOf(half: number, commits: number): CardVerdict {
  if (half === 1) return 'weak';
  return half >= 3 && commits >= FEW ? 'good' : 'watch';
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;
