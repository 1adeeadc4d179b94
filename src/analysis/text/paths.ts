/** Last part of a `/`-separated path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path, `''` for the root: `a/b/c` → `a/b`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

const TEST_FOLDER =
  /(?:^|\/)(?:__tests__|bench(?:es|marks?)?|e2e|examples?|fixtures?|fuzz|integration-tests?|samples?|spec|testdata|test-data|tests?)\//i;

/** The outermost folder of a path that by its name holds tests or examples, with its slash; `undefined` when it lies in none. */
export function testFolderOf(path: string): string | undefined {
  const match = TEST_FOLDER.exec(path);
  return match === null ? undefined : path.slice(0, match.index + match[0].length);
}

/**
 * Joins a folder of the tree and a relative path and resolves `.` and `..`.
 * `undefined` when the result would leave the tree, is absolute, or holds a NUL: hostile files name such paths.
 */
export function joinPath(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/') || /^[A-Za-z]:/.test(relative) || relative.includes('\0')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.join('/');
}
