import { join, resolve } from 'node:path';
import { homeFolder } from '../cache/location.ts';

/**
 * Where the advisory folder is: what the person named, else ASSAY_DB, else the user's cache folder
 * (`$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows).
 */
export function advisoryFolderPath(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string = homeFolder(),
): string {
  const chosen = named ?? env['ASSAY_DB'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  // An empty or relative XDG_CACHE_HOME is to be ignored: https://specifications.freedesktop.org/basedir-spec/
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg?.startsWith('/')) return join(xdg, 'assay', 'db');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'assay', 'db');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'assay', 'Cache', 'db');
  return join(home, '.cache', 'assay', 'db');
}
