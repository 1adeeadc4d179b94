import type { Inventory } from '../../../model/inventory.ts';
import type { Location } from '../../../model/problem.ts';
import type { Phantom } from '../../../model/usage.ts';
import { folderOf } from '../../text/paths.ts';
import type { PythonDeclarations } from './declared.ts';
import type { DeclaringManifest } from './manifests.ts';
import { BACKPORTED, isModuleCertain } from './names.ts';

/** One import of a name. */
export interface Seen extends Location {
  readonly line: number;
  /** Erased before the code runs. */
  readonly type: boolean;
}

/** Names that code imports, each with every place. */
export type Imported = ReadonlyMap<string, readonly Seen[]>;

/**
 * npm packages that are locked and imported, but declared by no manifest in a folder above the import.
 * `isOwn` says whether a path without its ending, or a folder, is the tree's: with a base folder set, `import 'utils/x'` is no package.
 */
export function npmPhantoms(
  { components }: Inventory,
  manifests: readonly DeclaringManifest[],
  imported: Imported,
  isOwn: (path: string) => boolean,
): Phantom[] {
  const locked = new Set<string>();
  const own = new Set(manifests.map(({ name }) => name));
  for (const { ecosystem, name, origin } of components)
    if (ecosystem === 'npm') (origin === 'project' || origin === 'workspace' ? own : locked).add(name);
  const byFolder = new Map(manifests.map((manifest) => [manifest.folder, manifest]));
  const found: Phantom[] = [];
  for (const [name, seen] of imported) {
    if (!locked.has(name) || own.has(name)) continue;
    const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
    const missing = new Map<string, Seen[]>();
    for (const one of seen) {
      if (isForeign(one.path)) continue;
      const above = manifestsAbove(one.path, byFolder);
      const nearest = above[0];
      if (nearest === undefined || above.some(({ declared }) => declared.has(name) || declared.has(types)))
        continue;
      if (BASES.some((base) => isOwn(joined(nearest.folder, base, name)))) continue;
      const places = missing.get(nearest.path);
      if (places === undefined) missing.set(nearest.path, [one]);
      else places.push(one);
    }
    for (const [manifest, at] of missing) found.push(phantom('npm', name, manifest, at));
  }
  return found;
}

/** Where TypeScript and bundlers are told to look for modules. */
const BASES = ['', 'src', 'app', 'lib'];

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

/** Code of others, what was built from code, and code that is data to tests: their imports are not the project's. */
const isForeign = (path: string): boolean =>
  /(?:^|\/)(?:vendors?|third[_-]party|dist|build|out|bower_components|site-packages|__fixtures__|fixtures?|testdata|test-data)\//.test(
    path,
  );

/** Nearest first. */
function manifestsAbove(path: string, byFolder: ReadonlyMap<string, DeclaringManifest>): DeclaringManifest[] {
  const found: DeclaringManifest[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const manifest = byFolder.get(folder);
    if (manifest !== undefined) found.push(manifest);
    if (folder === '') return found;
  }
}

/** Distributions that come only with others and whose modules are imported. `own`: modules of the tree itself. */
export function pythonPhantoms(
  { transitive }: PythonDeclarations,
  imported: Imported,
  own: ReadonlySet<string>,
): Phantom[] {
  const found: Phantom[] = [];
  for (const [name, manifest] of transitive) {
    const seen = imported.get(name)?.filter(({ path }) => !isForeign(path)) ?? [];
    if (seen.length === 0 || !isModuleCertain(name) || BACKPORTED.has(name)) continue;
    if (!own.has(name.replaceAll('-', '_'))) found.push(phantom('PyPI', name, manifest, seen));
  }
  return found;
}

const phantom = (
  ecosystem: Phantom['ecosystem'],
  name: string,
  manifest: string,
  seen: readonly Seen[],
): Phantom => ({
  ecosystem,
  name,
  manifest,
  typesOnly: seen.every(({ type }) => type),
  at: firstPlaces(seen),
  files: filesOf(seen),
});

/** The first five by path and line. */
export const firstPlaces = (seen: readonly Seen[]): Location[] =>
  [...seen]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
    .slice(0, 5)
    .map(({ path, line }) => ({ path, line }));

export const filesOf = (seen: readonly Seen[]): number => new Set(seen.map(({ path }) => path)).size;
