import type { Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, objectAt, stringAt, type JsonObject } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { parseToml } from '../../text/toml.ts';

/** One dependency of a Cargo.toml, under its real name. */
export interface CargoDependency {
  readonly name: string;
  /** The name that the code uses, when `package = …` renames it. */
  readonly alias: string | undefined;
  readonly kind: Scope;
  /** `''` when none is given (path, git, or inherited from a workspace root that we have not seen). */
  readonly requested: string;
  /** Folder, relative to the manifest that says so. */
  readonly path: string | undefined;
  readonly git: string | undefined;
  readonly line: number;
}

/** What a Cargo.toml says. https://doc.rust-lang.org/cargo/reference/manifest.html */
export interface CargoManifest {
  /** `undefined` for a virtual manifest, which only holds a workspace. */
  readonly name: string | undefined;
  readonly version: string;
  readonly licence: string | undefined;
  /** Line of the package's name. */
  readonly line: number;
  readonly dependencies: readonly CargoDependency[];
  /** Folders of workspace members that are named without a glob, and of path dependencies; relative to the manifest. */
  readonly folders: readonly string[];
  /** `[workspace.dependencies]`, by the name that members use. */
  readonly shared: JsonObject | undefined;
  /** `[workspace.package]`. */
  readonly sharedPackage: JsonObject | undefined;
  /** Some of what it says is inherited from the workspace root. */
  readonly inherits: boolean;
  readonly problems: readonly Problem[];
}

const TABLES: readonly (readonly [string, Scope])[] = [
  ['dependencies', 'prod'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
];

/** `root` is the manifest of the workspace that it inherits from, when that is known. */
export function parseCargoManifest(text: string, path: string, root?: CargoManifest): CargoManifest {
  const { value, problems, lineOf } = parseToml(text, path);
  const workspace = objectAt(value, 'workspace');
  const pkg = objectAt(value, 'package') ?? objectAt(value, 'project');
  const shared = root === undefined ? objectAt(workspace, 'dependencies') : root.shared;
  const sharedPackage = root === undefined ? objectAt(workspace, 'package') : root.sharedPackage;
  const dependencies: CargoDependency[] = [];
  let inherits = isInherited(pkg, 'version') || isInherited(pkg, 'license');
  const read = (table: JsonObject | undefined, kind: Scope, ...at: string[]): void => {
    for (const key of Object.keys(table ?? {})) {
      const own = table![key];
      const isShared = isInherited(table, key);
      inherits ||= isShared;
      const found = readDependency(key, isShared && shared !== undefined ? shared[key] : own);
      const isOptional = isTrue(own, 'optional');
      dependencies.push({
        ...found,
        kind: kind === 'prod' && isOptional ? 'optional' : kind,
        line: lineOf(...at, key),
      });
    }
  };
  for (const [name, kind] of TABLES) read(objectAt(value, name), kind, name);
  const targets = objectAt(value, 'target');
  for (const target of Object.keys(targets ?? {}))
    for (const [name, kind] of TABLES)
      read(objectAt(objectAt(targets, target), name), kind, 'target', target, name);
  const named = arrayAt(workspace, 'members').filter((member) => typeof member === 'string');
  const sharedPaths = Object.keys(shared ?? {}).flatMap(
    (key) => stringAt(objectAt(shared, key), 'path') ?? [],
  );
  return {
    name: stringAt(pkg, 'name'),
    version:
      stringAt(pkg, 'version') ??
      (isInherited(pkg, 'version') ? (stringAt(sharedPackage, 'version') ?? '') : ''),
    licence:
      stringAt(pkg, 'license') ??
      (isInherited(pkg, 'license') ? stringAt(sharedPackage, 'license') : undefined),
    line: lineOf('package', 'name') || lineOf('project', 'name'),
    dependencies,
    folders: [
      ...named.filter((member) => !/[*?[]/.test(member)),
      ...(root === undefined ? sharedPaths : []),
      ...dependencies.flatMap((dependency) => dependency.path ?? []),
    ],
    shared,
    sharedPackage,
    inherits,
    problems,
  };
}

/** Paths of the manifests in the folders that a manifest names. */
export function manifestPaths(path: string, manifest: CargoManifest): readonly string[] {
  return [
    ...new Set(manifest.folders.flatMap((folder) => joinPath(folderOf(path), `${folder}/Cargo.toml`) ?? [])),
  ].filter((found) => found !== path);
}

function readDependency(key: string, raw: unknown): Omit<CargoDependency, 'kind' | 'line'> {
  if (typeof raw === 'string')
    return { name: key, alias: undefined, requested: raw, path: undefined, git: undefined };
  const table =
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as JsonObject) : undefined;
  const name = stringAt(table, 'package') ?? key;
  const url = stringAt(table, 'git');
  const git = url === undefined ? undefined : withoutCredentials(url);
  const ref = stringAt(table, 'rev') ?? stringAt(table, 'tag') ?? stringAt(table, 'branch');
  return {
    name,
    alias: name === key ? undefined : key,
    requested: stringAt(table, 'version') ?? '',
    path: stringAt(table, 'path'),
    git: git === undefined || ref === undefined ? git : `${git}#${ref}`,
  };
}

const isInherited = (table: JsonObject | undefined, key: string): boolean =>
  isTrue(table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined, 'workspace');

function isTrue(raw: unknown, key: string): boolean {
  return (
    typeof raw === 'object' && raw !== null && Object.hasOwn(raw, key) && (raw as JsonObject)[key] === true
  );
}
