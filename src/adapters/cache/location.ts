import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$XDG_CACHE_HOME/assay`, or `~/.cache/assay`; on Windows `%LOCALAPPDATA%\assay`. https://specifications.freedesktop.org/basedir/latest/ */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && xdg.startsWith('/')) return join(xdg, 'assay');
  if (process.platform === 'win32' && env['LOCALAPPDATA'] !== undefined)
    return join(env['LOCALAPPDATA'], 'assay');
  return join(homedir(), '.cache', 'assay');
}
