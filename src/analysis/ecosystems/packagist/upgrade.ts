import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { arePlainWords } from '../command.ts';

/** Composer's command: `require` when composer.json must change, else `update` of the one package and what it needs. */
export function composerCommand({ name, to, direct, dev, inRange }: UpgradeRequest): string | undefined {
  if (!arePlainWords(name, to)) return undefined;
  if (direct && inRange === false)
    return `composer require ${dev ? '--dev ' : ''}${name}:^${to.replace(/^v/, '')} --with-dependencies`;
  return `composer update ${name} --with-dependencies`;
}
