/** What of a tree is wanted. */
export interface Wanted {
  /**
   * Files below folders of installed packages too, if they were committed or lie in an archive: what somebody publishes. Without it such
   * folders are left out.
   */
  readonly installed?: boolean | undefined;
}

/**
 * The folder of installed packages that a path lies in, e.g. `web/node_modules` for `web/node_modules/a/package.json`;
 * `undefined` when it lies in none. They are left out of trees, unless they are wanted: thousands of manifests that nobody maintains here.
 */
export function installedFolder(path: string): string | undefined {
  if (!path.includes('node_modules/')) return undefined;
  const at = path.startsWith('node_modules/') ? 0 : path.indexOf('/node_modules/') + 1;
  return at === 0 && !path.startsWith('node_modules/')
    ? undefined
    : path.slice(0, at + 'node_modules'.length);
}

/** Whether a folder is left out by its name alone, wherever it lies. */
export function isInstalled(name: string): boolean {
  return name === 'node_modules';
}
