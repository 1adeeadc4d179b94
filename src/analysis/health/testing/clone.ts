import type { CommitFact } from '../../../model/adoption.ts';
import type { AdvisoryStore } from '../../../model/advisory.ts';
import { DAY } from '../figures.ts';
import type { CloneView, HealthInput } from '../input.ts';
import { crowdOf } from '../people.ts';
import { judgedPart } from '../releases.ts';

/** The moment that made-up histories are looked at. */
export const AS_OF: number = Date.UTC(2026, 5, 1) / 1000;

/** A commit so many days before `AS_OF`. */
export interface Made {
  readonly days: number;
  /** `Name <mail>`. */
  readonly by: string;
  readonly merge?: true;
  readonly signedOff?: true;
}

/** A clone's facts out of a few words. */
export function madeClone(
  made: readonly Made[],
  more: Partial<CloneView['facts']> = {},
  files: Readonly<Record<string, string>> = {},
): CloneView {
  const people = [...new Set(made.map(({ by }) => by))];
  const authors = people.map((person) => {
    const [name = '', email = ''] = person.split(' <');
    return { name, email: email.replace('>', '') };
  });
  const at = (days: number): number => AS_OF - days * DAY;
  const commits = made
    .map(({ days, by, merge, signedOff }, i): CommitFact => ({
      id: String(i).padStart(40, '0'),
      tree: ''.padStart(40, '0'),
      parents: merge === true ? ['a', 'b'] : ['a'],
      author: people.indexOf(by),
      authoredAt: at(days),
      committedAt: at(days),
      signedOff: signedOff === true,
    }))
    .sort((a, b) => b.committedAt - a.committedAt);
  const facts: CloneView['facts'] = {
    name: 'made',
    tip: ''.padStart(40, '0'),
    tipAt: AS_OF,
    shallow: false,
    authors,
    authorsFirstAt: people.map((person) =>
      Math.min(...made.filter(({ by }) => by === person).map(({ days }) => at(days))),
    ),
    commits,
    since: at(730),
    totalCommits: commits.length,
    firstAt: commits.at(-1)?.committedAt ?? AS_OF,
    tags: [],
    licenceEdits: [],
    licenceStep: 1,
    problems: [],
    ...more,
  };
  return {
    facts,
    crowd: crowdOf(facts, files['.mailmap'] ?? ''),
    paths: Object.keys(files).sort(),
    texts: new Map(Object.entries(files)),
  };
}

/** What the cards get, with nothing known but what is given. */
export function madeInput(store: AdvisoryStore, more: Partial<HealthInput> = {}): HealthInput {
  return {
    asOf: AS_OF,
    now: AS_OF,
    asOfIsCommit: true,
    releases: [],
    judged: judgedPart(more.releases ?? [], undefined, more.asOf ?? AS_OF),
    releasesFrom: more.releases === undefined ? 'nowhere' : 'tags',
    candidates: [],
    asked: false,
    store,
    ...more,
  };
}

/** `count` commits by somebody, one every `every` days, the first `from` days before. */
export function work(by: string, count: number, every: number, from = 1): Made[] {
  return Array.from({ length: count }, (_, i) => ({ by, days: from + i * every }));
}
