import type { Scope } from '../../../model/extractor.ts';
import type { YamlLines } from './yaml-lines.ts';

/** One dependency of a project, as a pnpm lockfile locks it. */
export interface PnpmDependency {
  readonly name: string;
  readonly kind: Scope;
  /** What package.json asks for; `''` when the lockfile does not keep it. */
  specifier: string;
  /** Key of a package, its version, or `link:…`. */
  reference: string;
  readonly line: number;
}

/** A project of the workspace; `.` is the folder of the lockfile. */
export interface PnpmImporter {
  readonly path: string;
  readonly line: number;
  readonly dependencies: Map<string, PnpmDependency>;
  /** Formats before 6.0 keep specifiers apart. */
  readonly specifiers: Map<string, string>;
}

/** One entry of `packages` or `snapshots`; in format 9 a package's facts are in the first and its edges in the second. */
export interface PnpmPackage {
  readonly key: string;
  readonly line: number;
  /** Scalars of the entry itself: `name`, `version`, `dev`, `optional`, `deprecated`, `requiresBuild`, `bundledDependencies`. */
  readonly fields: Map<string, string>;
  /** Scalars of `resolution`: `integrity`, `tarball`, `type`, `repo`, `commit`, `directory`. */
  readonly resolution: Map<string, string>;
  readonly dependencies: [name: string, reference: string, kind: Scope][];
  readonly peers: Map<string, string>;
}

/** A pnpm-lock.yaml, sorted into its sections. */
export interface PnpmDocument {
  readonly lockfileVersion: string;
  readonly importers: Map<string, PnpmImporter>;
  readonly packages: Map<string, PnpmPackage>;
  readonly snapshots: Map<string, PnpmPackage>;
  /** `catalog name` + `\n` + dependency → specifier. */
  readonly catalogs: Map<string, string>;
  readonly overrides: Set<string>;
}

const IMPORTER_GROUPS: Readonly<Record<string, Scope>> = {
  dependencies: 'prod',
  devDependencies: 'dev',
  optionalDependencies: 'optional',
  // pnpm 11 locks the package manager and configuration packages in a document of their own.
  configDependencies: 'build',
  packageManagerDependencies: 'build',
};

/** Sorts the entries of a pnpm lockfile. Several documents (pnpm 11) are read as one. https://github.com/pnpm/spec/tree/master/lockfile */
export function readPnpmDocument(yaml: YamlLines): PnpmDocument {
  const importers = new Map<string, PnpmImporter>();
  const packages = new Map<string, PnpmPackage>();
  const snapshots = new Map<string, PnpmPackage>();
  const catalogs = new Map<string, string>();
  const overrides = new Set<string>();
  let lockfileVersion = '';
  let section = '';
  let importer: PnpmImporter | undefined;
  let catalog = '';
  let entry: PnpmPackage | undefined;
  // The keys that the current entry stands below, counted from its importer or package.
  let group = '';
  let name = '';
  const { depths, keys, values, lines } = yaml;
  for (let i = 0; i < keys.length; i++) {
    const depth = depths[i]!;
    const key = keys[i]!;
    const value = values[i];
    if (depth === 0) {
      section = key;
      if (key === 'lockfileVersion') lockfileVersion ||= value ?? '';
      else if (key === 'specifiers' || Object.hasOwn(IMPORTER_GROUPS, key)) {
        importer = importerAt(importers, '.', lines[i]!);
        group = key;
      }
      continue;
    }
    switch (section) {
      case 'importers':
        if (depth === 1) importer = importerAt(importers, key, lines[i]!);
        else if (depth === 2) group = key;
        else if (importer !== undefined) {
          if (depth === 3) name = key;
          readImporterLine(importer, group, name, depth - 3, key, value, lines[i]!);
        }
        break;
      case 'specifiers':
      case 'dependencies':
      case 'devDependencies':
      case 'optionalDependencies':
      case 'configDependencies':
      case 'packageManagerDependencies':
        if (depth === 1) name = key;
        readImporterLine(importer!, group, name, depth - 1, key, value, lines[i]!);
        break;
      case 'packages':
      case 'snapshots':
        if (depth === 1) {
          entry = newPackage(key, lines[i]!);
          (section === 'packages' ? packages : snapshots).set(key, entry);
        } else if (entry !== undefined) {
          if (depth === 2) group = key;
          readPackageLine(entry, group, depth, key, value);
        }
        break;
      case 'catalogs':
        if (depth === 1) catalog = key;
        else if (depth === 2) name = key;
        else if (key === 'specifier' && value !== undefined) catalogs.set(`${catalog}\n${name}`, value);
        break;
      case 'overrides':
        overrides.add(key);
        break;
    }
  }
  return { lockfileVersion, importers, packages, snapshots, catalogs, overrides };
}

function importerAt(importers: Map<string, PnpmImporter>, path: string, line: number): PnpmImporter {
  let importer = importers.get(path);
  if (importer === undefined) {
    importer = { path, line, dependencies: new Map(), specifiers: new Map() };
    importers.set(path, importer);
  }
  return importer;
}

/** `level` 0 is a dependency's own line, 1 its `specifier` and `version` (format 6 on). */
function readImporterLine(
  importer: PnpmImporter,
  group: string,
  name: string,
  level: number,
  key: string,
  value: string | undefined,
  line: number,
): void {
  if (group === 'specifiers') {
    if (value !== undefined) importer.specifiers.set(name, value);
    return;
  }
  const kind = Object.hasOwn(IMPORTER_GROUPS, group) ? IMPORTER_GROUPS[group] : undefined;
  if (kind === undefined) return;
  if (level === 0) {
    // A name is locked once; a build-time document does not hide what the project itself uses.
    if (kind !== 'build' || !importer.dependencies.has(name))
      importer.dependencies.set(name, { name, kind, specifier: '', reference: value ?? '', line });
    return;
  }
  const dependency = importer.dependencies.get(name);
  if (dependency === undefined || value === undefined) return;
  if (key === 'specifier') dependency.specifier = value;
  else if (key === 'version') dependency.reference = value;
}

function newPackage(key: string, line: number): PnpmPackage {
  return { key, line, fields: new Map(), resolution: new Map(), dependencies: [], peers: new Map() };
}

function readPackageLine(
  entry: PnpmPackage,
  group: string,
  depth: number,
  key: string,
  value: string | undefined,
): void {
  if (value === undefined) return;
  if (depth === 2) {
    entry.fields.set(key, value);
    return;
  }
  if (depth !== 3) return;
  switch (group) {
    case 'resolution':
      entry.resolution.set(key, value);
      break;
    case 'dependencies':
      entry.dependencies.push([key, value, 'prod']);
      break;
    case 'optionalDependencies':
      entry.dependencies.push([key, value, 'optional']);
      break;
    case 'peerDependencies':
      entry.peers.set(key, value);
      break;
  }
}
