import { folderOf } from '../../text/paths.ts';
import { expandProperties, parseProjectFile, type ProjectFile, type ProjectItem } from './project-file.ts';

/** A package that a project asks for. */
export interface PackageRequest {
  readonly name: string;
  /** `''` when nothing gives one; may still hold `$(…)`. */
  readonly version: string;
  readonly isPrivate: boolean;
  readonly isConditional: boolean;
  readonly line: number;
}

/** A project with the property files that hold for it. */
export interface EvaluatedProject {
  readonly packages: readonly PackageRequest[];
  /** Names of referenced projects with their lines. */
  readonly projects: readonly { readonly name: string; readonly line: number }[];
  /** It runs tests and is not shipped. */
  readonly isTest: boolean;
  readonly file: ProjectFile;
}

type Read = (path: string) => string | undefined;

const MAX_LEVELS = 12;
const MAX_IMPORTS = 32;

/** Files of that name in the folder of `path` and above, nearest first. */
export function pathsAbove(path: string, name: string): readonly string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); found.length < MAX_LEVELS; folder = folderOf(folder)) {
    found.push(folder === '' ? name : `${folder}/${name}`);
    if (folder === '') break;
  }
  return found.filter((candidate) => candidate !== path);
}

/** The property files that may hold for a project or property file. */
export function propertyFiles(path: string): readonly string[] {
  return [...pathsAbove(path, 'Directory.Build.props'), ...pathsAbove(path, 'Directory.Packages.props')];
}

/**
 * Puts a project together: the nearest Directory.Build.props and Directory.Packages.props (and those above, where they say so)
 * and files imported by a literal path. Conditions are not judged: what stands under one counts.
 * References of the Directory files themselves are not repeated for each project: those files are read on their own.
 */
export function evaluateProject(path: string, text: string, read: Read): EvaluatedProject {
  const file = parseProjectFile(text, path);
  const imported = importsOf(file, read);
  const build = nearest(path, 'Directory.Build.props', read);
  const central = nearest(path, 'Directory.Packages.props', read);
  // The project has the last word on properties, except that central versions are read after it.
  const sources = [file, ...imported, ...build, ...central];
  const lookup = (name: string): string | undefined => {
    for (const source of sources) {
      const value = source.properties.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const expand = (raw: string): string => expandProperties(raw, lookup);
  const versions = centralVersions([...central].reverse(), expand);
  for (const [name, version] of centralVersions([file], expand)) versions.set(name, version);
  const packages = references([...imported, file], expand, versions);
  return {
    packages,
    projects: file.items
      .filter(({ kind, action }) => kind === 'ProjectReference' && action === 'Include')
      .map(({ name, line }) => ({ name: projectName(name), line })),
    isTest:
      lookup('istestproject')?.toLowerCase() === 'true' ||
      packages.some(({ name }) => name.toLowerCase() === 'microsoft.net.test.sdk'),
    file,
  };
}

/** `..\Core\Core.csproj` → `Core`. */
export const projectName = (path: string): string =>
  path
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.[A-Za-z]+proj$/, '');

function nearest(path: string, name: string, read: Read): ProjectFile[] {
  const found: ProjectFile[] = [];
  for (const candidate of pathsAbove(path, name)) {
    const text = read(candidate);
    if (text === undefined) continue;
    const file = parseProjectFile(text, candidate);
    found.push(file, ...importsOf(file, read));
    if (!file.looksAbove) break;
  }
  return found;
}

function importsOf(file: ProjectFile, read: Read): ProjectFile[] {
  const found: ProjectFile[] = [];
  const queue = [...file.imports];
  const seen = new Set(queue);
  for (const path of queue) {
    const text = found.length < MAX_IMPORTS ? read(path) : undefined;
    if (text === undefined) continue;
    const imported = parseProjectFile(text, path);
    found.push(imported);
    for (const next of imported.imports)
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
  }
  return found;
}

function centralVersions(
  files: readonly ProjectFile[],
  expand: (raw: string) => string,
): Map<string, string> {
  const versions = new Map<string, string>();
  for (const file of files)
    for (const { kind, action, name, version } of file.items)
      if (
        (kind === 'PackageVersion' || kind === 'GlobalPackageReference') &&
        action !== 'Remove' &&
        version !== ''
      )
        versions.set(name.toLowerCase(), expand(version));
  return versions;
}

function references(
  files: readonly ProjectFile[],
  expand: (raw: string) => string,
  central: ReadonlyMap<string, string>,
): PackageRequest[] {
  const found = new Map<string, PackageRequest>();
  const put = (item: ProjectItem, isOwn: boolean): void => {
    const name = expand(item.name);
    const lower = name.toLowerCase();
    const own = expand(item.version);
    const known = [...(byName.get(lower) ?? [])];
    if (item.action === 'Remove') {
      if (!item.isConditional) for (const key of known) found.delete(key);
      return;
    }
    if (item.action === 'Update') {
      for (const key of known) {
        const before = found.get(key);
        if (before !== undefined)
          found.set(key, {
            ...before,
            version: own || before.version,
            isPrivate: before.isPrivate || item.isPrivate,
          });
      }
      return;
    }
    const version = own || central.get(lower) || '';
    const key = `${lower} ${version}`;
    if (found.has(key)) return;
    found.set(key, {
      name,
      version,
      isPrivate: item.isPrivate || item.kind === 'GlobalPackageReference',
      isConditional: item.isConditional,
      line: isOwn ? item.line : 0,
    });
    byName.set(lower, [...known, key]);
  };
  const byName = new Map<string, readonly string[]>();
  files.forEach((file, index) => {
    for (const item of file.items)
      if (item.kind === 'PackageReference' || item.kind === 'GlobalPackageReference')
        put(item, index === files.length - 1);
  });
  return [...found.values()];
}
