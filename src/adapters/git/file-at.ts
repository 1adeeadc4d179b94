import { AssayError } from '../../model/problem.ts';
import { parseCommit } from './commit-object.ts';
import type { Objects } from './objects.ts';
import { MODE_FOLDER, parseTree } from './tree-object.ts';

/** The bytes of one file of a commit, without listing the rest; `undefined` when it is not there or cannot be read. */
export function fileAt(
  objects: Pick<Objects, 'read'>,
  idBytes: number,
  commit: string,
  path: string,
): Buffer | undefined {
  try {
    let id = parseCommit(objects.read(commit).bytes)?.tree;
    const parts = path.split('/');
    for (const [i, part] of parts.entries()) {
      const entry =
        id === undefined
          ? undefined
          : parseTree(objects.read(id).bytes, idBytes)?.find(
              ({ name, mode }) => name === part && (mode === MODE_FOLDER) === i < parts.length - 1,
            );
      id = entry?.id;
    }
    return id === undefined ? undefined : objects.read(id).bytes;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return undefined;
  }
}
