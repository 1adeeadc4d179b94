import type { CardEvidence, CardVerdict, ForgeThread, HealthCard } from '../../model/adoption.ts';
import { counted, DAY, dayOf, inDays, median, percent, secondsOf, YEAR } from './figures.ts';
import type { HealthInput } from './input.ts';
import { unknownCard } from './input.ts';

const TITLE = 'Responsiveness';
const GIVE = 'give an export of issues and pull requests with their comments: --forge FILE';
const MERGE_DAYS = 30;
/** Threads below which a median says little. */
const FEW = 5;

/**
 * Does anybody answer? Median days to the first reply by somebody else who is no bot, over the issues and pull requests of
 * 12 months (a thread without an answer counts with its age, so silence does not flatter), and the share of pull requests
 * merged within 30 days. Good: a median below 7 days; weak: above 60.
 */
export function responsivenessCard({ forge, asOf }: HealthInput): HealthCard {
  if (forge === undefined)
    return unknownCard('responsiveness', TITLE, 'issues and pull requests are not in a clone', GIVE);
  const end = secondsOf(forge.asOf) ?? asOf;
  const threads = forge.threads.filter(({ createdAt, bot }) => {
    const at = secondsOf(createdAt);
    return !bot && at !== undefined && at > end - YEAR && at <= end;
  });
  if (threads.length === 0)
    return unknownCard(
      'responsiveness',
      TITLE,
      `the export has no issue or pull request by people in the 12 months to ${dayOf(end)}`,
      GIVE,
    );
  const waits = threads.filter(({ repliesKnown }) => repliesKnown).map((thread) => waitOf(thread, end));
  const middle = median(waits.map(({ days }) => days));
  const silent = waits.filter(({ answered }) => !answered).length;
  const pulls = threads.filter(({ kind }) => kind === 'pull');
  // A pull request younger than 30 days that is open may still be merged in time.
  const due = pulls.filter(
    ({ createdAt, closedAt, mergedAt }) =>
      closedAt !== undefined || mergedAt !== undefined || secondsOf(createdAt)! <= end - MERGE_DAYS * DAY,
  );
  const prompt = due.filter(({ createdAt, mergedAt }) => {
    const at = secondsOf(mergedAt);
    return at !== undefined && at - secondsOf(createdAt)! <= MERGE_DAYS * DAY;
  });
  const merged = due.length === 0 ? undefined : prompt.length / due.length;
  const evidence: CardEvidence[] = [
    {
      text: `${counted(threads.length - pulls.length, 'issue')} and ${counted(pulls.length, 'pull request')} by people in the 12 months to ${dayOf(end)} (${forge.from.join(', ')})`,
    },
    waits.length === 0
      ? { text: 'the export holds no comments: who answered, and when, is not known' }
      : {
          text: `${silent} of ${waits.length} without an answer by somebody else; they count with their age`,
        },
  ];
  if (merged !== undefined)
    evidence.push({
      text: `${prompt.length} of ${counted(due.length, 'pull request')} merged within ${MERGE_DAYS} days`,
    });
  if (middle === undefined && merged === undefined)
    return { ...unknownCard('responsiveness', TITLE, 'the export holds no comments', GIVE), evidence };
  return {
    id: 'responsiveness',
    title: TITLE,
    verdict: middle === undefined || waits.length < FEW ? 'unknown' : verdictOf(middle),
    says: [
      ...(middle === undefined
        ? []
        : [
            `first answer after ${middle < 1 ? 'less than a day' : inDays(middle)} (median of ${waits.length})`,
          ]),
      ...(merged === undefined
        ? []
        : [`${percent(merged)} of pull requests merged within ${MERGE_DAYS} days`]),
    ].join('; '),
    figures: {
      issues12m: threads.length - pulls.length,
      pulls12m: pulls.length,
      medianDaysToReply: middle === undefined ? null : Math.round(middle * 10) / 10,
      withoutReply: waits.length === 0 ? null : silent,
      mergedWithin30Days: merged === undefined ? null : Math.round(merged * 1000) / 1000,
    },
    evidence,
    ...(waits.length < FEW ? { give: GIVE } : {}),
  };
}

function waitOf(
  { createdAt, firstReplyAt }: ForgeThread,
  end: number,
): { readonly days: number; readonly answered: boolean } {
  const created = secondsOf(createdAt)!;
  const reply = secondsOf(firstReplyAt);
  const answered = reply !== undefined && reply >= created;
  return { days: ((answered ? reply : end) - created) / DAY, answered };
}

const verdictOf = (days: number): CardVerdict => (days < 7 ? 'good' : days > 60 ? 'weak' : 'watch');
