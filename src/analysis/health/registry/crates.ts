import type { RegistryFacts, RegistryRelease } from '../../../model/adoption.ts';
import { compareText } from '../figures.ts';
import { at, given, objectOf, objectsOf, repositoryOf, textOf } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export function isCrates(value: Json): boolean {
  return objectOf(at(value, 'crate')) !== undefined && Array.isArray(at(value, 'versions'));
}

/** The answer of `/api/v1/crates/NAME`. It names no dependencies: they are one answer for each version. */
export function cratesFacts(value: Json, from: string): RegistryFacts {
  const crate = objectOf(at(value, 'crate'))!;
  const versions = objectsOf(at(value, 'versions'));
  const latest = textOf(at(crate, 'max_stable_version')) ?? textOf(at(crate, 'max_version'));
  const newest = versions.find((version) => at(version, 'num') === latest);
  const releases = versions
    .flatMap((version): RegistryRelease[] => {
      const number = textOf(at(version, 'num'));
      if (number === undefined) return [];
      return [
        {
          version: number,
          ...given('at', textOf(at(version, 'created_at'))),
          ...(at(version, 'yanked') === true
            ? { withdrawn: true as const, ...given('withdrawnFor', textOf(at(version, 'yank_message'))) }
            : {}),
        },
      ];
    })
    .sort((a, b) => compareText(a.at ?? '', b.at ?? '') || compareText(a.version, b.version));
  const allWithdrawn = releases.length > 0 && releases.every(({ withdrawn }) => withdrawn === true);
  return {
    ecosystem: 'crates.io',
    name: textOf(at(crate, 'name')) ?? textOf(at(crate, 'id')) ?? '',
    from,
    ...given('latest', latest),
    ...given('licence', textOf(at(newest, 'license'))),
    ...given('repository', repositoryOf(at(crate, 'repository'))),
    releases,
    ...(allWithdrawn ? { deprecated: 'every version is withdrawn (yanked)' } : {}),
    ...given('description', textOf(at(crate, 'description'))),
  };
}
