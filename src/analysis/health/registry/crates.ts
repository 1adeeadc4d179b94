import type { RegistryFacts, RegistryRelease } from '../../../model/adoption.ts';
import { compareText } from '../figures.ts';
import { at, given, objectOf, objectsOf, repositoryOf, textOf } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export function isCrates(value: Json): boolean {
  return objectOf(at(value, 'crate')) !== undefined && Array.isArray(at(value, 'versions'));
}

/**
 * The answer of `/api/v1/crates/NAME`. It names no dependencies: they are one answer for each version. Its owners are an answer of their
 * own (`/owners`): they are known where its `users` stand beside `crate`, as merging the two objects gives them.
 */
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
    ...ownersIn(value),
    ...(allWithdrawn ? { deprecated: 'every version is withdrawn (yanked)' } : {}),
    ...given('description', textOf(at(crate, 'description'))),
  };
}

/** Accounts that may publish. Who is in a team is not said: with one among the owners their number is not known. */
function ownersIn(value: Json): Pick<RegistryFacts, 'maintainers'> {
  const owners = objectsOf(at(value, 'users'));
  return owners.length > 0 && owners.every((owner) => at(owner, 'kind') === 'user')
    ? { maintainers: owners.length }
    : {};
}
