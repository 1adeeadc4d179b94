import type { CardEvidence, CardVerdict, HealthCard } from '../../model/adoption.ts';
import { counted, dayOf, daysBetween, inDays, median, percentile, YEAR } from './figures.ts';
import type { HealthInput } from './input.ts';
import { unknownCard } from './input.ts';
import { humanCommits } from './people.ts';
import type { JudgedPart } from './releases.ts';
import { deliveries, newestFinished } from './releases.ts';

const TITLE = 'Release cadence';

/**
 * Does work reach those who use it? Gaps between finished releases of 24 months, what came out on one day counted once.
 * Good: a release within 365 days; watch: within two years; weak: none for longer.
 */
export function cadenceCard(input: HealthInput): HealthCard {
  const { asOf, clone, judged } = input;
  const { releases } = judged;
  const finished = releases.filter(({ prerelease }) => !prerelease);
  const last = newestFinished(releases);
  if (input.releasesFrom === 'nowhere')
    return unknownCard(
      'cadence',
      TITLE,
      input.registry?.undated === undefined
        ? 'there are no releases to look at'
        : `${input.registry.from} says nothing of when releases came out: ${input.registry.undated}`,
      input.registry?.undated === undefined
        ? 'give a clone (--clone PATH) or the registry’s answer (--metadata FILE)'
        : 'give a clone (--clone PATH), or the registry’s own full answer (--metadata FILE)',
    );
  if (last === undefined)
    return unknownCard(
      'cadence',
      TITLE,
      releases.length > 0
        ? `no finished release: ${counted(releases.length, 'prerelease')} only`
        : clone !== undefined && clone.facts.tags.length > 0
          ? `none of ${counted(clone.facts.tags.length, 'tag')} names a version`
          : 'the clone has no tags: it is not released that way, or they were not fetched',
      'git fetch --tags, or give the registry’s answer (--metadata FILE)',
    );
  const from = asOf - 2 * YEAR;
  const days = deliveries(finished, from, asOf);
  const gaps = days.slice(1).map((at, i) => (at - days[i]!) / 86_400);
  const middle = median(gaps);
  const long = percentile(gaps, 0.9);
  const count = finished.filter(({ at }) => at > from).length;
  const prereleases = releases.filter(({ at, prerelease }) => prerelease && at > from).length;
  const age = daysBetween(last.at, asOf);
  const waiting =
    clone === undefined
      ? 0
      : humanCommits(clone.facts, clone.crowd, Math.max(last.at, clone.facts.since), asOf).length;
  const evidence: CardEvidence[] = [
    {
      text: `${counted(count, 'release')} and ${counted(prereleases, 'prerelease')} in the 24 months to ${dayOf(asOf)}, on ${counted(days.length, 'day')} (${input.releasesFrom})`,
    },
    {
      text: `newest: ${last.version}, ${dayOf(last.at)}${last.tag === undefined ? '' : ` (tag ${last.tag})`}`,
    },
  ];
  if (judged.because !== 'only') evidence.push({ text: partWords(judged) });
  if (waiting > 0) evidence.push({ text: `${counted(waiting, 'commit')} by people since, not released yet` });
  return {
    id: 'cadence',
    title: TITLE,
    verdict: verdictOf(age),
    says:
      middle === undefined
        ? `${counted(count, 'release')} in 24 months, the newest ${inDays(age)} before ${dayOf(asOf)}`
        : `a release every ${inDays(middle)} (nine of ten within ${inDays(long!)})${age > 365 ? `, none for ${inDays(age)}` : ''}`,
    figures: {
      releases24m: count,
      prereleases24m: prereleases,
      releaseDays24m: days.length,
      medianGapDays: middle === undefined ? null : Math.round(middle * 10) / 10,
      p90GapDays: long === undefined ? null : Math.round(long * 10) / 10,
      newest: last.version,
      daysSinceNewest: age,
      commitsSinceNewest: clone === undefined ? null : waiting,
      releasesInAll: finished.length,
      part: judged.because === 'only' ? null : judged.part,
      parts: judged.parts,
    },
    evidence,
  };
}

function partWords({ part, parts, because }: JudgedPart): string {
  const [tags, it] =
    part === '' ? ['those without a part’s name', 'they are'] : [`those of ${part}`, 'it has'];
  const why = because === 'asked for' ? 'as was asked' : `${it} most; ask for another by its name`;
  return `tags name ${counted(parts, 'part')} that are released apart; judged by ${tags}: ${why}`;
}

const verdictOf = (age: number): CardVerdict => (age <= 365 ? 'good' : age <= 730 ? 'watch' : 'weak');
