import { baseName, folderOf, joinPath } from '../../text/paths.ts';

/** Whether a path is a requirements file by its name: `requirements*.txt`, `*requirements*.in`, `requirements/*.txt`, `constraints*.txt`. */
export function isRequirementsPath(path: string): boolean {
  const name = baseName(path).toLowerCase();
  // rye writes `requirements.lock` and `requirements-dev.lock`.
  if (/^requirements(?:-\w+)?\.lock$/.test(name)) return true;
  if (!name.endsWith('.txt') && !name.endsWith('.in')) return false;
  if (name === 'manifest.in') return false;
  return (
    /requirements|constraints/.test(name) || /^requirements?$/.test(baseName(folderOf(path)).toLowerCase())
  );
}

export function isConstraintsPath(path: string): boolean {
  return /constraints/.test(baseName(path).toLowerCase());
}

const DEVELOPMENT = new Set([
  'dev',
  'devel',
  'develop',
  'development',
  'test',
  'tests',
  'testing',
  'doc',
  'docs',
  'documentation',
  'lint',
  'linting',
  'linters',
  'typing',
  'mypy',
  'ci',
  'quality',
  'style',
]);

/** Whether the name of a group, file part or folder says that production does not need what it lists. */
export function isDevelopmentName(name: string): boolean {
  return DEVELOPMENT.has(name.toLowerCase());
}

/** Whether a requirements file is for development, by a word of its name or its folder: `requirements-dev.txt`, `docs/requirements.txt`. */
export function isDevelopmentPath(path: string): boolean {
  const words = baseName(path).split(/[-_.]/);
  return words.some(isDevelopmentName) || isDevelopmentName(baseName(folderOf(path)));
}

/**
 * Where a file that a comment names may be: beside the file, from the tree's root, or beside it by its last part,
 * since compilers write the path as it was typed in some working folder. Most likely first; none leaves the tree.
 */
export function candidatePaths(folder: string, named: string): readonly string[] {
  const paths = [joinPath(folder, named), joinPath('', named), joinPath(folder, baseName(named))];
  return [...new Set(paths.filter((path) => path !== undefined && path !== ''))] as string[];
}
