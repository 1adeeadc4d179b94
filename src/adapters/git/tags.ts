import type { TagFact } from '../../model/adoption.ts';
import { AssayError } from '../../model/problem.ts';
import { isObjectId, parseTag } from './commit-object.ts';
import type { Objects } from './objects.ts';
import type { Refs } from './refs.ts';

const MAX_TAGS_OF_TAGS = 8;

/**
 * Every tag that leads to a commit, with its time: the tagger's, else the committer's (git's `creatordate`).
 * Ordered by time, then name. Tags of other things, and those whose objects are missing, are left out.
 */
export function readTags(refs: Refs, objects: Objects): TagFact[] {
  const tags: TagFact[] = [];
  for (const full of refs.names()) {
    if (!full.startsWith('refs/tags/')) continue;
    const id = refs.resolve(full);
    const found = id === undefined ? undefined : follow(id, objects);
    if (found !== undefined) tags.push({ name: full.slice('refs/tags/'.length), ...found });
  }
  return tags.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
}

function follow(id: string, objects: Objects): { readonly commit: string; readonly at: number } | undefined {
  let current = id;
  let tagged: number | undefined;
  for (let step = 0; step < MAX_TAGS_OF_TAGS; step++) {
    const object = readOr(current, objects);
    if (object?.type === 'commit')
      return { commit: current, at: tagged ?? timeOf(object.bytes, 'committer') };
    const tag = object?.type === 'tag' ? parseTag(object.bytes) : undefined;
    if (tag === undefined || !isObjectId(tag.object)) return undefined;
    const at = timeOf(object!.bytes, 'tagger');
    if (at > 0) tagged ??= at;
    current = tag.object;
  }
  return undefined;
}

function readOr(id: string, objects: Objects): ReturnType<Objects['read']> | undefined {
  try {
    return objects.read(id);
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

/** Seconds since 1970 of a person's line in an object's header; 0 when there is none. */
function timeOf(bytes: Buffer, who: 'tagger' | 'committer'): number {
  const end = bytes.indexOf('\n\n');
  const header = bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
  const at = header.indexOf(`\n${who} `);
  if (at === -1) return 0;
  const stop = header.indexOf('\n', at + 1);
  const line = header.slice(at, stop === -1 ? undefined : stop);
  return Number(/^ (\d{1,15}) [+-]\d+$/.exec(line.slice(line.lastIndexOf('>') + 1))?.[1] ?? 0);
}
