import type { CloneFacts } from '../../model/adoption.ts';
import type { SmallInflater } from '../../model/deflate.ts';
import { AssayError } from '../../model/problem.ts';
import { commitsWithin } from './commits-within.ts';
import { readHistory } from './history.ts';
import { readLicenceEdits } from './licence-history.ts';
import { openObjects } from './objects.ts';
import { openRefs } from './refs.ts';
import { openRepository } from './repository.ts';
import { resolveRevision } from './revision.ts';
import { readTags } from './tags.ts';

export interface CloneOptions {
  /** As the person named it. */
  readonly name: string;
  /** Look from the newest main-line commit at or before this time (seconds since 1970); default: the tip. */
  readonly asOf?: number;
  /** How far back commits of all lines are read, counted from the commit that is looked from. */
  readonly windowSeconds: number;
  /** Find the commits that change this folder, `/`-separated. */
  readonly within?: string;
  /** Asked first for what is small. */
  readonly inflater?: SmallInflater;
}

/**
 * Reads what health looks at from a clone, bare or not, without a checkout and without git.
 * Objects are not hashed again: figures over thousands of commits do not hang on one that lies.
 * AssayErrors: `tree/not-a-repository`, `adopt/no-commit-then`, and those of `resolveRevision`.
 */
export function readClone(path: string, options: CloneOptions): CloneFacts {
  const repository = openRepository(path);
  if (repository === undefined)
    throw new AssayError('tree/not-a-repository', `${path} is no git repository`, {
      hint: 'clone it first (with its history: no --depth), then name the clone',
    });
  const { inflater } = options;
  const objects = openObjects(repository, {
    verify: false,
    cacheBytes: 8 * 1024 * 1024,
    ...(inflater === undefined ? {} : { inflater }),
  });
  try {
    const refs = openRefs(repository);
    const head = resolveRevision('HEAD', refs, objects);
    const tip = options.asOf === undefined ? head : commitAt(head, options.asOf, objects, refs);
    const tipAt = tip.commit.committedAt;
    const since = (options.asOf ?? tipAt) - options.windowSeconds;
    const history = readHistory(repository, objects, tip.id, since, inflater);
    const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
    const { edits, step } = readLicenceEdits(history.mainline, objects, idBytes);
    return {
      name: options.name,
      tip: tip.id,
      tipAt,
      shallow: repository.shallow,
      ...(history.wholeSince === undefined ? {} : { wholeSince: history.wholeSince }),
      authors: history.authors,
      authorsFirstAt: history.firstAt,
      commits: history.commits,
      since,
      totalCommits: history.total,
      firstAt:
        history.mainline.length === 0 ? tipAt : history.mainline.committedAt(history.mainline.length - 1),
      tags: readTags(refs, objects),
      licenceEdits: edits,
      licenceStep: step,
      ...(options.within === undefined
        ? {}
        : {
            within: {
              folder: options.within,
              commits: commitsWithin(options.within, history.commits, objects, idBytes),
            },
          }),
      problems: history.problems,
    };
  } finally {
    objects.close();
  }
}

type Resolved = ReturnType<typeof resolveRevision>;

function commitAt(
  head: Resolved,
  asOf: number,
  objects: Parameters<typeof resolveRevision>[2],
  refs: Parameters<typeof resolveRevision>[1],
): Resolved {
  let found = head;
  while (found.commit.committedAt > asOf) {
    const parent = found.commit.parents[0];
    if (parent === undefined)
      throw new AssayError(
        'adopt/no-commit-then',
        `the clone's history begins after ${new Date(asOf * 1000).toISOString().slice(0, 10)}`,
        { hint: 'give a later --as-of' },
      );
    found = resolveRevision(parent, refs, objects);
  }
  return found;
}
