import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where a program is found on PATH, as a shell would; `undefined` when it is not. */
export function onPath(name: string, path: string | undefined): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (path ?? '').split(delimiter))
    for (const ending of endings) {
      const file = join(folder === '' ? '.' : folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // The next one.
      }
    }
  return undefined;
}

/** A file of this person's own that every hook's script reads first, if it is there: it may set PATH. */
export function hookSettings(env: Readonly<Record<string, string | undefined>>): string {
  const config = env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? homedir(), '.config');
  return join(config, 'assay', 'hook-env.sh');
}

/** Where a hook's script finds a program: on PATH, as its settings leave it. */
export function onHookPath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const settings = hookSettings(env);
  if (!existsSync(settings)) return onPath(name, env['PATH']);
  const { status, stdout } = spawnSync('sh', ['-c', '. "$0"; command -v "$1"', settings, name], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

/** What `PROGRAM --version` prints; `undefined` when it cannot be run. */
export function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? stdout.trim() : undefined;
}
