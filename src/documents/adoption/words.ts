import type { AdoptionReport, CardEvidence, CardVerdict } from '../../model/adoption.ts';
import { ageInDays, grouped } from '../common/words.ts';

/** `express@4.18.2 as of 2026-07-27 (its newest commit, 117 days before today)`: what is judged, and of when it speaks. */
export function headWords({ subject, asOf, asOfIs, newestCommitAt, takenAt }: AdoptionReport): string {
  const age = newestCommitAt === undefined ? undefined : ageInDays(newestCommitAt, takenAt);
  const commit =
    age === undefined
      ? ''
      : `newest commit ${newestCommitAt!.slice(0, 10)}, ${age === 0 ? 'today' : `${grouped(age)} ${age === 1 ? 'day' : 'days'} before today`}`;
  const why = asOfIs === 'newest commit' ? commit : [asOfIs, commit].filter((part) => part !== '').join('; ');
  return `${subject.name} as of ${asOf.slice(0, 10)} (${why})`;
}

/** What the report was made from, one line each. */
export function sourceWords({ subject, knowledge }: AdoptionReport): readonly string[] {
  const { clone, metadata, forge, ecosystem, component } = subject;
  return [
    ...(component === undefined ? [] : [`component: ${component} (${ecosystem!})`]),
    clone === undefined ? 'clone: none' : `clone: ${clone.name} at ${clone.commit.slice(0, 12)}`,
    `metadata: ${metadata ?? 'none'}`,
    `issues and pull requests: ${forge === undefined ? 'none' : forge.join(', ')}`,
    ...knowledge.map(
      (source) =>
        `advisories: ${source.ecosystem}, ${grouped(source.advisories)}, newest ${source.newest.slice(0, 10)}${source.kind === 'starter' ? ' (starter set only)' : ''}`,
    ),
  ];
}

/** A line of evidence with the commit that shows it. */
export function evidenceWords({ text, commit }: CardEvidence): string {
  return commit === undefined ? text : `${text} (commit ${commit.slice(0, 12)})`;
}

export const VERDICT_ORDER: readonly CardVerdict[] = ['good', 'watch', 'weak', 'unknown'];

/** `3 good, 2 watch, 1 weak, 2 unknown`: a count of answers, not a score. */
export function tallyWords({ cards }: AdoptionReport): string {
  return VERDICT_ORDER.flatMap((verdict) => {
    const count = cards.filter((card) => card.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  }).join(', ');
}
