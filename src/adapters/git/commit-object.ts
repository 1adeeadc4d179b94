/** What a commit says of its place in history; author and message are left to their readers. */
export interface CommitObject {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Seconds since 1970 of the committer; 0 when the line is malformed. */
  readonly committedAt: number;
}

/** Reads the header lines of a commit; `undefined` when it has no tree. https://git-scm.com/docs/git-cat-file */
export function parseCommit(bytes: Buffer): CommitObject | undefined {
  let tree: string | undefined;
  let committedAt = 0;
  const parents: string[] = [];
  for (const line of headerLines(bytes)) {
    if (line.startsWith('tree ') && tree === undefined) tree = line.slice(5);
    else if (line.startsWith('parent ')) parents.push(line.slice(7));
    else if (line.startsWith('committer '))
      committedAt = Number(/> (\d{1,15}) [+-]\d+$/.exec(line)?.[1] ?? 0);
  }
  return tree !== undefined && isObjectId(tree) && parents.every(isObjectId)
    ? { tree, parents, committedAt }
    : undefined;
}

/** What an annotated tag points at; `undefined` when malformed. */
export function parseTag(bytes: Buffer): { readonly object: string; readonly type: string } | undefined {
  const [object, type] = headerLines(bytes);
  if (object?.startsWith('object ') !== true || type?.startsWith('type ') !== true) return undefined;
  return isObjectId(object.slice(7)) ? { object: object.slice(7), type: type.slice(5) } : undefined;
}

/** Whether the text is a whole object id of either algorithm. */
export function isObjectId(text: string): boolean {
  return (text.length === 40 || text.length === 64) && /^[0-9a-f]+$/.test(text);
}

function headerLines(bytes: Buffer): readonly string[] {
  const end = bytes.indexOf('\n\n');
  return bytes.toString('latin1', 0, end === -1 ? bytes.length : end).split('\n');
}
