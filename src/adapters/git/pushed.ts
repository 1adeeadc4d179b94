import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import { parseTag } from './commit-object.ts';
import type { Objects, RawObject } from './objects.ts';
import type { CommitChanges } from './range.ts';
import { changedFiles, changesInRange } from './range.ts';

const MOST_TAGS_OF_TAGS = 32;

/** What references bring in, when they begin to lead to some objects. */
export interface Pushed {
  /** Newest first; what tags lead to that is no commit comes last, as one without a message. */
  readonly commits: readonly (CommitChanges | { readonly files: CommitChanges['files'] })[];
  /** Annotated tags on the way. */
  readonly tags: readonly { readonly id: string; readonly bytes: Uint8Array }[];
  readonly problems: readonly Problem[];
}

/** What `to` leads to and none of `without` does. Any kind of object may be named; what of `without` is not here is passed over. */
export function pushedChanges(
  objects: Objects,
  idBytes: number,
  to: readonly string[],
  without: readonly string[],
): Pushed {
  const problems: Problem[] = [];
  const old = without.flatMap((id) => peel(objects, id, []).filter(({ type }) => type === 'commit'));
  const ends = to.flatMap((id) => peel(objects, id, problems));
  const of = (type: string): readonly Peeled[] => ends.filter((end) => end.type === type);
  const range = changesInRange(objects, idBytes, of('commit').map(idOf), old.map(idOf));
  const rest = [
    ...of('blob').map(({ id }) => ({ path: id.slice(0, 12), blob: id, before: [] })),
    ...of('tree').flatMap(({ id }) => changedFiles(objects, idBytes, id, [], problems)),
  ];
  return {
    commits: [...range.commits, ...(rest.length === 0 ? [] : [{ files: rest }])],
    tags: of('tag').map(({ id, bytes }) => ({ id, bytes })),
    problems: [...problems, ...range.problems],
  };
}

interface Peeled extends RawObject {
  readonly id: string;
}

const idOf = ({ id }: Peeled): string => id;

/** The object, and when it is a tag what it leads to. */
function peel(objects: Objects, id: string, problems: Problem[]): readonly Peeled[] {
  const found: Peeled[] = [];
  let next: string | undefined = id;
  try {
    while (next !== undefined && found.length < MOST_TAGS_OF_TAGS) {
      const object: RawObject = objects.read(next);
      found.push({ ...object, id: next });
      next = object.type === 'tag' ? parseTag(object.bytes)?.object : undefined;
    }
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, lost: true, ...(hint === undefined ? {} : { hint }) });
  }
  return found;
}
