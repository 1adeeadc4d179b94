import type { CardEvidence, HealthCard } from '../../model/adoption.ts';
import { organisationShares } from './bus-factor.ts';
import { counted, grouped } from './figures.ts';
import type { HealthInput } from './input.ts';
import { CUT_OFF, GIVE_CLONE, GIVE_HISTORY, knowsSince, NO_CLONE, unknownCard, windows } from './input.ts';
import { humanCommits, tally } from './people.ts';

const TITLE = 'Community breadth';

/**
 * How many take part, do new people come, and from how many places? Good: ten authors in 12 months and new ones among them;
 * weak: one or two. Organisations are mail domains, free mail left out; a domain with one person is told apart.
 * Stars and forks are shown where an export has them and weigh nothing: they can be bought.
 */
export function communityCard({ clone, asOf, forge }: HealthInput): HealthCard {
  if (clone === undefined) return unknownCard('community', TITLE, NO_CLONE, GIVE_CLONE);
  const { facts, crowd } = clone;
  const { from } = windows(asOf);
  if (!knowsSince(facts, from)) return unknownCard('community', TITLE, CUT_OFF, GIVE_HISTORY);
  const commits = humanCommits(facts, crowd, from, asOf);
  const people = tally(commits.map(({ author }) => crowd.personOf[author]!));
  const whole = knowsSince(facts, 0);
  const newcomers = people.filter(([person]) => crowd.people[person]!.firstAt > from).length;
  const organisations = organisationShares(commits, crowd);
  const shared = organisations.filter(({ people: members }) => members > 1);
  const once = people.filter(([, count]) => count === 1).length;
  const evidence: CardEvidence[] = [
    {
      text: `${counted(people.length, 'author')} in 12 months, ${grouped(once)} of them with one commit; ${
        whole ? `${grouped(newcomers)} wrote their first` : 'who is new is not known: history is cut off'
      }`,
    },
    {
      text:
        organisations.length === 0
          ? 'no address says where anybody works'
          : `mail of ${counted(organisations.length, 'domain')} besides free mail, ${grouped(shared.length)} with more than one author: ${organisations
              .slice(0, 4)
              .map(({ domain }) => domain)
              .join(', ')}`,
    },
  ];
  if (forge?.stars !== undefined)
    evidence.push({ text: `${counted(forge.stars, 'star')}, which weigh nothing here` });
  return {
    id: 'community',
    title: TITLE,
    verdict:
      people.length >= 10 && (!whole || newcomers > 0) ? 'good' : people.length >= 3 ? 'watch' : 'weak',
    says:
      people.length === 0
        ? 'nobody in 12 months'
        : `${counted(people.length, 'author')} in 12 months${whole ? `, ${grouped(newcomers)} of them new` : ''}, ${counted(organisations.length, 'mail domain')}`,
    figures: {
      authors12m: people.length,
      newcomers12m: whole ? newcomers : null,
      authorsInAll: crowd.people.length,
      domains12m: organisations.length,
      domainsOfSeveral12m: shared.length,
      stars: forge?.stars ?? null,
    },
    evidence,
  };
}
