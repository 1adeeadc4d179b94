import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { arePlainWords } from '../command.ts';
import { baseName, folderOf } from '../../text/paths.ts';

/** Bundler's command for a lockfile; where the Gemfile's requirement refuses the version, `bundlerEdit` comes first. */
export function bundlerCommand({ name, manifest }: UpgradeRequest): string | undefined {
  if (!/(?:\.lock|\.locked)$/.test(manifest) || !arePlainWords(name)) return undefined;
  return `bundle update ${name} --conservative`;
}

/** No command changes the requirement in a Gemfile. */
export function bundlerEdit({ name, to, range, manifest }: UpgradeRequest): string | undefined {
  const gemfile = gemfileOf(baseName(manifest));
  if (gemfile === undefined) return undefined;
  const folder = folderOf(manifest);
  const now = range === undefined ? '' : ` from ${range}`;
  return `change the requirement of ${name} in ${folder === '' ? '' : `${folder}/`}${gemfile}${now} to >= ${to}`;
}

function gemfileOf(lockfile: string): string | undefined {
  if (lockfile === 'gems.locked') return 'gems.rb';
  return lockfile.endsWith('.lock') ? lockfile.slice(0, -'.lock'.length) : undefined;
}
