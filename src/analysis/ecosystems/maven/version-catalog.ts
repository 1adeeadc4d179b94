import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { objectAt, stringAt, type JsonObject } from '../../text/json.ts';
import { baseName } from '../../text/paths.ts';
import { parseToml } from '../../text/toml.ts';

/** Gradle's version catalogue. https://docs.gradle.org/current/userguide/version_catalogs.html */
export const versionCatalog: Extractor = {
  id: 'maven/version-catalog',
  version: 1,
  ecosystem: 'Maven',
  title: 'Gradle version catalogue',
  files: ['libs.versions.toml', 'gradle/*.versions.toml'],
  notes: [
    'The libraries that build scripts may ask for, with their versions. Which of them a script uses, and for what, is in code and is not read.',
    'Plugins and bundles are not listed. A library without a version, or with a range, is listed without one.',
  ].join('\n'),
  claims: (path) =>
    baseName(path) === 'libs.versions.toml' || /(^|\/)gradle\/[^/]+\.versions\.toml$/.test(path),
  extract({ path, text }) {
    const { value, problems, lineOf } = parseToml(text, path);
    const libraries = objectAt(value, 'libraries');
    const versions = objectAt(value, 'versions');
    const components: ExtractedComponent[] = [];
    const bad: string[] = [];
    for (const alias of Object.keys(libraries ?? {})) {
      const library = readLibrary(libraries![alias], versions);
      if (library === undefined) {
        bad.push(alias);
        continue;
      }
      const isExact = library.version !== '' && !/^[[\](]|[,+]|^latest\./.test(library.version);
      components.push({
        name: library.name,
        version: isExact ? library.version : '',
        origin: 'registry',
        line: lineOf('libraries', alias),
        ...(isExact || library.version === '' ? {} : { requested: library.version }),
      });
    }
    const malformed: Problem[] =
      bad.length === 0
        ? []
        : [
            {
              code: 'maven/malformed-catalogue',
              message: `${bad.length} librar${bad.length === 1 ? 'y' : 'ies'} without group and name: ${bad.slice(0, 3).join(', ')}`,
              at: { path, line: lineOf('libraries', bad[0]!) },
              lost: true,
            },
          ];
    return {
      role: 'manifest',
      components,
      edges: [],
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: [...problems, ...malformed],
    };
  },
};

/** `"g:a:v"`, `{ module = "g:a", version = … }` or `{ group, name, version }`; the version a string, a `ref`, or rich. */
function readLibrary(
  raw: unknown,
  versions: JsonObject | undefined,
): { readonly name: string; readonly version: string } | undefined {
  if (typeof raw === 'string') {
    const [group, name, version = ''] = raw.split(':');
    return group && name ? { name: `${group}:${name}`, version } : undefined;
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const table = raw as JsonObject;
  const [group, name] = (
    stringAt(table, 'module') ?? `${stringAt(table, 'group') ?? ''}:${stringAt(table, 'name') ?? ''}`
  ).split(':');
  if (!group || !name) return undefined;
  const rich = objectAt(table, 'version');
  const ref = stringAt(rich, 'ref') ?? stringAt(table, 'version.ref');
  const version =
    ref === undefined
      ? (stringAt(table, 'version') ?? richVersion(rich))
      : (stringAt(versions, ref) ?? richVersion(objectAt(versions, ref)));
  return { name: `${group}:${name}`, version };
}

const richVersion = (table: JsonObject | undefined): string =>
  stringAt(table, 'strictly') ?? stringAt(table, 'require') ?? stringAt(table, 'prefer') ?? '';
