import type { CommitFact } from '../../model/adoption.ts';
import { AssayError } from '../../model/problem.ts';
import type { Objects } from './objects.ts';
import { parseTree } from './tree-object.ts';

/**
 * Ids of those commits that change a folder (or file): its object differs from that of the first parent.
 * AssayError `tree/not-found` when no commit has it. Commits whose trees cannot be read are left out.
 */
export function commitsWithin(
  folder: string,
  commits: readonly CommitFact[],
  objects: Objects,
  idBytes: number,
): readonly string[] {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  const known = new Map<string, string | undefined>();
  const entryOf = (tree: string): string | undefined => {
    if (known.has(tree)) return known.get(tree);
    let id: string | undefined = tree;
    for (const part of parts)
      id =
        id === undefined ? undefined : entriesOf(id, objects, idBytes)?.find(({ name }) => name === part)?.id;
    known.set(tree, id);
    return id;
  };
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  let found = false;
  const ids: string[] = [];
  for (const commit of commits) {
    const now = entryOf(commit.tree);
    found ||= now !== undefined;
    const [parent] = commit.parents;
    const before = parent === undefined ? undefined : entryOf(treeOf(parent, byId, objects) ?? '');
    if (now !== before) ids.push(commit.id);
  }
  if (!found && commits.length > 0)
    throw new AssayError('tree/not-found', `no commit of the window has ${folder}`, {
      hint: 'name a folder of the repository, from its top',
    });
  return ids;
}

/** A parent is most often in the window too; the rest is read. */
function treeOf(id: string, known: ReadonlyMap<string, CommitFact>, objects: Objects): string | undefined {
  const commit = known.get(id);
  if (commit !== undefined) return commit.tree;
  const object = orUndefined(() => objects.head(id, 80));
  return object?.type === 'commit'
    ? /^tree ([0-9a-f]+)\n/.exec(object.bytes.toString('latin1', 0, 80))?.[1]
    : undefined;
}

function entriesOf(id: string, objects: Objects, idBytes: number): ReturnType<typeof parseTree> {
  const object = orUndefined(() => objects.read(id));
  return object?.type === 'tree' ? parseTree(object.bytes, idBytes) : undefined;
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
