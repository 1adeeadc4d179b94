import type { RegistryFacts, RegistryRelease } from '../../../model/adoption.ts';
import { ecosystemOf } from '../../ecosystems/index.ts';
import { compareText } from '../figures.ts';
import { at, given, listOf, objectOf, objectsOf, repositoryOf, textOf } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

export function isPypi(value: Json): boolean {
  const info = objectOf(at(value, 'info'));
  return info !== undefined && textOf(at(info, 'name')) !== undefined;
}

/** The answer of `/pypi/NAME/json`. */
export function pypiFacts(value: Json, from: string): RegistryFacts {
  const info = objectOf(at(value, 'info'))!;
  const classifiers = listOf(at(info, 'classifiers')).filter((one) => typeof one === 'string');
  const urls = objectOf(at(info, 'project_urls'));
  const status = textOf(
    at(objectOf(at(info, 'project_status')) ?? objectOf(at(value, 'project-status')), 'status'),
  );
  const source = Object.keys(urls ?? {}).find((key) => /source|repository|code|github|gitlab/i.test(key));
  const inactive = classifiers.includes('Development Status :: 7 - Inactive');
  const yanked = at(info, 'yanked') === true ? (textOf(at(info, 'yanked_reason')) ?? 'withdrawn') : undefined;
  const archived = status === 'archived';
  const deprecated =
    status === 'deprecated' || status === 'quarantined'
      ? `${status} (project status)`
      : inactive
        ? 'Development Status :: 7 - Inactive'
        : yanked;
  return {
    ecosystem: 'PyPI',
    name: ecosystemOf('PyPI').normaliseName(textOf(at(info, 'name'))!),
    from,
    ...given('latest', textOf(at(info, 'version'))),
    ...given('licence', licenceOf(info, classifiers)),
    ...given('repository', repositoryOf(source === undefined ? at(info, 'home_page') : at(urls, source))),
    ...maintainersOf(value),
    releases: releasesOf(objectOf(at(value, 'releases'))),
    ...given('deprecated', deprecated),
    ...(archived ? { archived } : {}),
    dependencies: requirementsOf(listOf(at(info, 'requires_dist'))),
    ...given('description', textOf(at(info, 'summary'))),
  };
}

/** People with a role, each once; answers of before 2025 name none. https://docs.pypi.org/api/json/ */
function maintainersOf(value: Json): Pick<RegistryFacts, 'maintainers'> {
  const roles = objectsOf(at(objectOf(at(value, 'ownership')), 'roles'));
  const users = new Set(roles.flatMap((role) => textOf(at(role, 'user')) ?? []));
  return users.size > 0 ? { maintainers: users.size } : {};
}

/** A release came out with its first file, and is withdrawn when all of them are. */
function releasesOf(releases: Json | undefined): readonly RegistryRelease[] {
  return Object.keys(releases ?? {})
    .map((version): RegistryRelease => {
      const files = objectsOf(at(releases, version));
      const times = files
        .flatMap((file) => textOf(at(file, 'upload_time_iso_8601')) ?? textOf(at(file, 'upload_time')) ?? [])
        .sort();
      const withdrawn = files.length > 0 && files.every((file) => at(file, 'yanked') === true);
      const why = files.flatMap((file) => textOf(at(file, 'yanked_reason')) ?? [])[0];
      return {
        version,
        ...given('at', times[0]),
        ...(withdrawn ? { withdrawn, ...given('withdrawnFor', why) } : {}),
      };
    })
    .sort((a, b) => compareText(a.at ?? '', b.at ?? '') || compareText(a.version, b.version));
}

/** PEP 639's expression, else a short `license`, else the classifiers. A `license` with line breaks holds a text. */
function licenceOf(info: Json, classifiers: readonly unknown[]): string | undefined {
  const expression = textOf(at(info, 'license_expression'));
  if (expression !== undefined) return expression;
  const words = textOf(at(info, 'license'));
  if (words !== undefined && words.length <= 100 && !words.includes('\n')) return words;
  const named = classifiers.filter((one) => String(one).startsWith('License :: ')).map(String);
  return named.length === 0 ? undefined : named[0];
}

/** Names of requirements that are not bound to an extra. */
function requirementsOf(requirements: readonly unknown[]): readonly string[] {
  const names = requirements.flatMap((requirement) => {
    const text = textOf(requirement);
    if (text === undefined || /;.*\bextra\s*==/.test(text)) return [];
    const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0];
    return name === undefined ? [] : [ecosystemOf('PyPI').normaliseName(name)];
  });
  return [...new Set(names)].sort(compareText);
}
