import { join } from 'node:path';
import { parseGitConfig } from './config.ts';
import type { Repository } from './repository.ts';
import { readSmallText } from './small-file.ts';

/** Names of the remotes that a push goes to: the one that was named, and those whose address it is. */
export function remotesOf({ commonDir }: Repository, remote: string, url: string): readonly string[] {
  const config = parseGitConfig(readSmallText(join(commonDir, 'config'), 1024 * 1024) ?? '');
  const names = new Set(remote === '' ? [] : [remote]);
  for (const [key, value] of config) {
    const name = /^remote\.(.+)\.(?:push)?url$/.exec(key)?.[1];
    if (name !== undefined && (value === url || value === remote) && value !== '') names.add(name);
  }
  return [...names];
}
