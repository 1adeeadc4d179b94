import type { RegistryFacts, RegistryRelease } from '../../../model/adoption.ts';
import { compareText } from '../figures.ts';
import { at, given, listOf, objectOf, repositoryOf, textOf } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export function isPackument(value: Json): boolean {
  return objectOf(at(value, 'versions')) !== undefined && textOf(at(value, 'name')) !== undefined;
}

/**
 * A full packument; the short form (`application/vnd.npm.install-v1+json`) lacks times and licences, which are then not known.
 * Times without `created`, which the registry always gives, are a mirror's: of when it copied each version, so they are left out.
 * https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export function npmFacts(value: Json, from: string): RegistryFacts {
  const versions = objectOf(at(value, 'versions'))!;
  const stated = objectOf(at(value, 'time'));
  const times = textOf(at(stated, 'created')) === undefined ? undefined : stated;
  const latest = textOf(at(objectOf(at(value, 'dist-tags')), 'latest'));
  const newest = latest === undefined ? undefined : objectOf(at(versions, latest));
  const releases = Object.keys(versions)
    .map((version): RegistryRelease => {
      const deprecated = deprecationOf(objectOf(at(versions, version)));
      return {
        version,
        ...given('at', textOf(at(times, version))),
        ...given('deprecated', deprecated),
      };
    })
    .sort((a, b) => compareText(a.at ?? '', b.at ?? '') || compareText(a.version, b.version));
  const licence = licenceOf(at(newest, 'license') ?? at(value, 'license'), at(newest, 'licenses'));
  const dependencies = objectOf(at(newest, 'dependencies'));
  const scripts = objectOf(at(newest, 'scripts'));
  const installs =
    at(newest, 'hasInstallScript') === true ||
    ['preinstall', 'install', 'postinstall'].some((name) => textOf(at(scripts, name)) !== undefined);
  const maintainers = listOf(at(value, 'maintainers')).length;
  return {
    ecosystem: 'npm',
    name: textOf(at(value, 'name'))!,
    from,
    ...given('latest', latest),
    ...given('licence', licence),
    ...given('repository', repositoryOf(at(newest, 'repository') ?? at(value, 'repository'))),
    ...(maintainers > 0 ? { maintainers } : {}),
    releases,
    ...(times === undefined
      ? {
          undated:
            stated === undefined
              ? 'it has no times (the short form of the answer?)'
              : 'its times lack `created`, so they may be those of a mirror’s copying',
        }
      : {}),
    ...given('deprecated', deprecationOf(newest)),
    ...(newest === undefined
      ? {}
      : { dependencies: Object.keys(dependencies ?? {}).sort(compareText), hasInstallScript: installs }),
    ...given('description', textOf(at(value, 'description'))),
  };
}

/** npm shows any text; the empty one lifts a deprecation. */
function deprecationOf(version: Json | undefined): string | undefined {
  const value = at(version, 'deprecated');
  return value === true ? 'deprecated' : textOf(value);
}

/** `MIT`, or the old forms `{ type }` and `[{ type }, …]`. */
function licenceOf(value: unknown, old: unknown): string | undefined {
  const direct = textOf(typeof value === 'object' ? at(objectOf(value), 'type') : value);
  if (direct !== undefined) return direct;
  const types = listOf(old).flatMap(
    (one) => textOf(typeof one === 'object' ? at(objectOf(one), 'type') : one) ?? [],
  );
  return types.length === 0 ? undefined : types.join(' OR ');
}
