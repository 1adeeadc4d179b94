import type { ObjectStore } from '../../model/history.ts';
import { parseTag } from './commit-object.ts';
import type { Refs } from './refs.ts';

const MOST_TAGS_OF_TAGS = 8;

/** Every reference that leads to a commit, annotated tags followed; sorted by name. Those of trees and blobs are left out. */
export function commitTips(
  refs: Refs,
  store: Pick<ObjectStore, 'object'>,
): readonly { readonly name: string; readonly commit: string }[] {
  return refs.names().flatMap((name) => {
    const id = refs.resolve(name);
    const commit = id === undefined || !isTagged(name) ? id : follow(id, store);
    return commit === undefined ? [] : [{ name, commit }];
  });
}

/** Branches are commits: their objects need not be read to know it. */
function isTagged(name: string): boolean {
  return (
    !name.startsWith('refs/heads/') && !name.startsWith('refs/remotes/') && !name.startsWith('refs/pull/')
  );
}

function follow(id: string, store: Pick<ObjectStore, 'object'>): string | undefined {
  let current = id;
  for (let step = 0; step < MOST_TAGS_OF_TAGS; step++) {
    const object = store.object(current, 1024 * 1024);
    if (object?.kind === 'commit') return current;
    const tag = object?.kind === 'tag' ? parseTag(Buffer.from(object.bytes)) : undefined;
    if (tag === undefined) return undefined;
    current = tag.object;
  }
  return undefined;
}
