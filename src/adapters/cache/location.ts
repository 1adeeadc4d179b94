import { join } from 'node:path';

/** `$XDG_CACHE_HOME/assay`, or `~/.cache/assay`; on Windows `%LOCALAPPDATA%\assay`. https://specifications.freedesktop.org/basedir/latest/ */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && xdg.startsWith('/')) return join(xdg, 'assay');
  if (process.platform === 'win32' && env['LOCALAPPDATA'] !== undefined)
    return join(env['LOCALAPPDATA'], 'assay');
  return join(homeFolder(), '.cache', 'assay');
}

/** As `os.homedir`, without loading `node:os` for what stands in the environment. */
export function homeFolder(): string {
  const stated = process.platform === 'win32' ? undefined : process.env['HOME'];
  return stated === undefined || stated === '' ? process.getBuiltinModule('node:os').homedir() : stated;
}
