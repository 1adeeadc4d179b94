/**
 * What reports call a place: its own name, never where it lies, since they are read elsewhere and by others.
 * `.git` of a clone is left away. `path` is absolute.
 */
export function calledAfter(path: string): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.git');
  return parts.at(-1)?.replace(/(.)\.git$/, '$1') ?? path;
}
