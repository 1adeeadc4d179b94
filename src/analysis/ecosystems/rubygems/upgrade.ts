import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { arePlainWords } from '../command.ts';

/** Bundler's command for a lockfile. `undefined` when the Gemfile's requirement must be edited first: no command does that. */
export function bundlerCommand({ name, direct, inRange, manifest }: UpgradeRequest): string | undefined {
  if (!/(?:\.lock|\.locked)$/.test(manifest) || !arePlainWords(name)) return undefined;
  return direct && inRange === false ? undefined : `bundle update ${name} --conservative`;
}
