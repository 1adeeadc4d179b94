import { AssayError } from '../../model/problem.ts';
import type { TagTarget } from '../../model/commit-history.ts';
import { parseTag } from './commit-object.ts';
import type { Objects } from './objects.ts';

const MAX_TAGS_OF_TAGS = 32;

/** What an object leads to, annotated tags followed. A damaged or absent object is `missing`, never a throw. */
export function peel(id: string, objects: Objects): TagTarget {
  let current = id;
  try {
    for (let step = 0; step < MAX_TAGS_OF_TAGS; step++) {
      const object = objects.read(current);
      if (object.type === 'commit') return { kind: 'commit', commit: current };
      if (object.type !== 'tag') return { kind: object.type };
      const tag = parseTag(object.bytes);
      if (tag === undefined) break;
      current = tag.object;
    }
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
  }
  return { kind: 'missing' };
}
