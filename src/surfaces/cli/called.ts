import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseGitConfig } from '../../adapters/git/config.ts';
import { readSmallText } from '../../adapters/git/small-file.ts';

/**
 * What reports call a place: its own name, never where it lies, since they are read elsewhere and by others. A bare clone, whose folder may
 * be called anything, has the name of what it was cloned from, where it knows that. `.git` of a clone is left away. `path` is absolute.
 */
export function calledAfter(path: string): string {
  return originOf(path) ?? lastPart(path) ?? path;
}

/** The last part of the address of `origin`, of a bare clone. */
function originOf(path: string): string | undefined {
  if (!existsSync(join(path, 'HEAD')) || !existsSync(join(path, 'objects'))) return undefined;
  if (existsSync(join(path, '.git')) || lastFolder(path) === '.git') return undefined;
  const config = parseGitConfig(readSmallText(join(path, 'config'), 1024 * 1024) ?? '');
  const url = config.get('remote.origin.url')?.replace(/[?#].*$/, '');
  const name = url === undefined ? undefined : lastPart(url.slice(url.lastIndexOf(':') + 1));
  return name === '..' || name === '.' ? undefined : name;
}

const lastFolder = (path: string): string | undefined => path.split(/[/\\]/).findLast((part) => part !== '');

function lastPart(path: string): string | undefined {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.git');
  return parts.at(-1)?.replace(/(.)\.git$/, '$1');
}
