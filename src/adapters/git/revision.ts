import { AssayError } from '../../model/problem.ts';
import { isObjectId, parseCommit, parseTag } from './commit-object.ts';
import type { CommitObject } from './commit-object.ts';
import { closestNames } from './closest.ts';
import type { Objects } from './objects.ts';
import type { Refs } from './refs.ts';

/** Where git looks for a short name, in this order. https://git-scm.com/docs/gitrevisions */
const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'] as const;
const MAX_TAGS_OF_TAGS = 32;

export interface ResolvedCommit {
  readonly id: string;
  readonly commit: CommitObject;
}

/**
 * The commit that a revision names: an id (whole, or four digits and more), a branch, tag or remote branch, `HEAD` or `@`,
 * each followed by any of `~N`, `^N`, `^{commit}`, `^{}`. Annotated tags are followed.
 * AssayErrors: `git/unknown-revision` (with the closest names), `git/ambiguous-revision`, `git/unsupported-revision`.
 */
export function resolveRevision(revision: string, refs: Refs, objects: Objects): ResolvedCommit {
  const match = /^([^~^:]*)((?:~\d*|\^\d*|\^\{[a-z]*\})*)$/.exec(revision);
  if (match === null || revision.length > 1024 || match[1]!.includes('@{'))
    throw new AssayError(
      'git/unsupported-revision',
      `the revision "${revision}" is of a form that is not read here`,
      {
        hint: 'give a branch, a tag, a commit id, or one of them with ~N or ^N; `git rev-parse` turns all else into an id',
      },
    );
  let found = commitOf(
    startOf(['', '@'].includes(match[1]!) ? 'HEAD' : match[1]!, revision, refs, objects),
    objects,
  );
  for (const [step, digits] of match[2]!.matchAll(/[~^](\d*)(?:\{[a-z]*\})?/g)) {
    if (step.startsWith('^{')) {
      if (step !== '^{}' && step !== '^{commit}')
        throw new AssayError('git/unsupported-revision', `"${revision}" does not name a commit`, {
          hint: 'use ^{commit}',
        });
      continue;
    }
    const count = digits === '' ? 1 : Number(digits);
    if (step.startsWith('~')) for (let i = 0; i < count; i++) found = parentOf(found, 0, revision, objects);
    else if (count > 0) found = parentOf(found, count - 1, revision, objects);
  }
  return found;
}

function startOf(name: string, revision: string, refs: Refs, objects: Objects): string {
  if (isObjectId(name.toLowerCase())) return name.toLowerCase();
  for (const place of PLACES) {
    const id = refs.resolve(place + name);
    if (id !== undefined) return id;
  }
  const remote = refs.resolve(`refs/remotes/${name}/HEAD`);
  if (remote !== undefined) return remote;
  // `git describe` writes v1.2-14-g2414721.
  const digits = (/-g([0-9a-f]{4,64})$/.exec(name)?.[1] ?? name).toLowerCase();
  if (/^[0-9a-f]{4,64}$/.test(digits)) {
    const ids = objects.matching(digits, 64);
    const commits = ids.length < 2 ? ids : ids.filter((id) => leadsToCommit(id, objects));
    if (commits.length === 1) return commits[0]!;
    if (commits.length > 1)
      throw new AssayError(
        'git/ambiguous-revision',
        `"${name}" is the beginning of ${commits.length} commits: ${commits.slice(0, 3).join(', ')}`,
        {
          hint: 'give more digits',
        },
      );
  }
  throw unknown(name, revision, refs);
}

function unknown(name: string, revision: string, refs: Refs): AssayError {
  if (name === 'HEAD')
    return new AssayError('git/unknown-revision', `"${revision}": HEAD names no commit yet`, {
      hint: 'name a branch or commit, or commit something first',
    });
  const names = refs.names().map((full) => full.replace(/^refs\/(?:heads|tags|remotes)\//, ''));
  const closest = closestNames(name, names);
  return new AssayError('git/unknown-revision', `there is no revision "${name}"`, {
    hint:
      closest.length === 0
        ? 'the repository has no such branch, tag or commit; is it fetched?'
        : `did you mean ${closest.join(', ')}?`,
  });
}

const leadsToCommit = (id: string, objects: Objects): boolean => {
  try {
    commitOf(id, objects);
    return true;
  } catch {
    return false;
  }
};

function commitOf(id: string, objects: Objects): ResolvedCommit {
  let current = id;
  for (let step = 0; step < MAX_TAGS_OF_TAGS; step++) {
    const object = objects.read(current);
    if (object.type === 'commit') {
      const commit = parseCommit(object.bytes);
      if (commit === undefined)
        throw new AssayError('git/damaged-object', `commit ${current} cannot be read`);
      return { id: current, commit };
    }
    const tag = object.type === 'tag' ? parseTag(object.bytes) : undefined;
    if (tag === undefined)
      throw new AssayError('git/unsupported-revision', `${id} is a ${object.type}, not a commit`, {
        hint: 'name a commit',
      });
    current = tag.object;
  }
  throw new AssayError('git/damaged-object', `tag ${id} points at more than ${MAX_TAGS_OF_TAGS} tags`);
}

function parentOf(of: ResolvedCommit, index: number, revision: string, objects: Objects): ResolvedCommit {
  const id = of.commit.parents[index];
  if (id === undefined)
    throw new AssayError(
      'git/unknown-revision',
      `"${revision}": commit ${of.id} has ${of.commit.parents.length} parents`,
      {
        hint: 'history ends there',
      },
    );
  return commitOf(id, objects);
}
