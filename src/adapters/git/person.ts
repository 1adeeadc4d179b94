import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseGitConfig } from './config.ts';
import { findRepository } from './repository.ts';

/**
 * Who git says is at work, `Name <mail>`: from GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, the repository's config,
 * then the user's. Files are read as text; nothing is run and includes are not followed. `undefined` when nobody is named.
 */
export function personOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const repository = findRepository(folder);
  const home = env['HOME'] ?? homedir();
  const configs = [
    ...(repository === undefined ? [] : [join(repository.commonDir, 'config')]),
    join(home, '.gitconfig'),
    join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'git', 'config'),
  ].map(readConfig);
  const look = (variable: string, key: string): string | undefined =>
    env[variable] ||
    configs.map((config) => config.get(key)).find((value) => value !== undefined && value !== '');
  const name = look('GIT_AUTHOR_NAME', 'user.name');
  const mail = look('GIT_AUTHOR_EMAIL', 'user.email');
  if (name === undefined) return mail;
  return mail === undefined ? name : `${name} <${mail}>`;
}

function readConfig(path: string): ReadonlyMap<string, string> {
  try {
    return parseGitConfig(readFileSync(path, 'utf8'));
  } catch {
    return new Map();
  }
}
