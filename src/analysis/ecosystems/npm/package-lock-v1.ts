import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Observation,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { objectAt, scanJsonKeys, stringAt, type JsonObject } from '../../text/json.ts';
import { baseName } from '../../text/paths.ts';
import type { LockContext, NestedEntry } from './lock-json.ts';
import type { PackageManifest } from './manifest.ts';
import { installedName, installTree, type InstallTree } from './node-resolution.ts';
import { observePins, observeUrlVersions } from './observations.ts';
import { compareManifest, observeOutOfStep, type Mismatch } from './out-of-step.ts';
import { commitOf, originOfSource, releaseOf } from './source.ts';
import { parseSpec } from './spec.ts';

/**
 * Reads lockfileVersion 1: `dependencies` nested as `node_modules` nests, with `requires` from name to range.
 * https://docs.npmjs.com/cli/v6/configuring-npm/package-lock-json
 */
export function extractNested(
  text: string,
  lock: JsonObject,
  parsed: readonly Problem[],
  context: LockContext,
): Extraction {
  const problems: Problem[] = [...parsed];
  const entries = walk(lock, context.path, linesOfNested(text, context.path, problems), problems);
  const tree = installTree();
  for (const [at, entry] of entries.entries()) tree.place(entry.location, at + 1);
  const manifest = context.sibling('package.json');
  const components = [projectOf(lock, manifest, context), ...entries.map(componentOf)];
  const { edges, mismatches } = connect(entries, components, tree);
  if (manifest === undefined) {
    edges.push(...guessRoots(entries, edges));
    if (entries.length > 0)
      problems.push({
        code: 'npm/no-manifest',
        message:
          'no package.json beside this lockfile of version 1: which dependencies are direct is inferred',
        at: { path: context.path },
      });
  } else {
    for (const { name, specifier, kind } of manifest.declared) {
      const to = tree.resolve('', name);
      if (to !== undefined) edges.push({ from: 0, to, kind, range: specifier });
    }
    mismatches.push(
      ...compareManifest(manifest, (name) => {
        const node = tree.resolve('', name);
        return node === undefined ? undefined : components[node]!;
      }),
    );
  }
  const addressed = components.filter((_, node) => node > 0 && hasAddress(entries[node - 1]!.value));
  return {
    role: 'lock',
    format: 'nested',
    components,
    edges,
    edgesKnown: true,
    covers: [context.folder === '' ? 'package.json' : `${context.folder}/package.json`],
    observations: [
      ...observeOutOfStep(mismatches, 'run `npm install --package-lock-only` and commit the result'),
      ...observePins(components),
      ...observeUrlVersions(addressed),
      ...observeOldFormat(entries),
    ],
    problems,
  };
}

function observeOldFormat(entries: readonly NestedEntry[]): Observation[] {
  if (entries.length === 0) return [];
  return [
    {
      rule: 'lockfile/old-format',
      message: 'lockfileVersion 1 is the format of npm 6: it keeps neither peer dependencies nor licences',
      line: 1,
      hint: '`npm install --package-lock-only` with npm 7 or later writes the current format',
    },
  ];
}

/** Every entry, parents before children. No recursion: files may nest as deep as they like. */
export function walk(
  lock: JsonObject,
  path: string,
  lines: ReadonlyMap<string, number>,
  problems: Problem[],
): NestedEntry[] {
  const entries: NestedEntry[] = [];
  const pending: { prefix: string; dependencies: JsonObject }[] = [];
  const root = objectAt(lock, 'dependencies');
  if (root !== undefined) pending.push({ prefix: 'node_modules/', dependencies: root });
  else if (!('lockfileVersion' in lock))
    problems.push({
      code: 'npm/not-a-lockfile',
      message: 'neither `packages`, nor `dependencies`, nor `lockfileVersion`: not a package-lock',
      at: { path, line: 1 },
      lost: true,
    });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const name of Object.keys(next.dependencies)) {
      const location = next.prefix + name;
      const value = objectAt(next.dependencies, name);
      if (value === undefined) {
        problems.push({
          code: 'npm/unexpected-entry',
          message: `the entry ${location.slice(0, 80)} is not an object`,
          at: { path, line: lines.get(location) ?? 0 },
          lost: true,
        });
        continue;
      }
      entries.push({ location, value, line: lines.get(location) ?? 0 });
      const nested = objectAt(value, 'dependencies');
      if (nested !== undefined) pending.push({ prefix: `${location}/node_modules/`, dependencies: nested });
    }
  }
  return entries;
}

export function projectOf(
  lock: JsonObject,
  manifest: PackageManifest | undefined,
  context: Pick<LockContext, 'folder'>,
): ExtractedComponent {
  const licence = manifest?.licence;
  return {
    name: stringAt(lock, 'name') ?? (manifest?.name || baseName(context.folder) || 'project'),
    version: stringAt(lock, 'version') ?? manifest?.version ?? '',
    origin: 'project',
    line: 1,
    ...(licence === undefined ? {} : { licence }),
  };
}

/** A version is a release, an alias (`npm:react@16.0.0`), or the address of a git checkout, tarball or folder. */
export function componentOf({ location, value, line }: NestedEntry): ExtractedComponent {
  const installedAs = installedName(location);
  const stated = stringAt(value, 'version') ?? '';
  const resolved = stringAt(value, 'resolved');
  const integrity = stringAt(value, 'integrity');
  const address = hasAddress(value);
  const spec = parseSpec(installedAs, stated);
  const version = address ? releaseOf(stated, installedAs) || commitOf(stated) : spec.range;
  const source = address ? stated : resolved;
  return {
    name: spec.name,
    version,
    origin: source === undefined ? 'registry' : originOfSource(source, spec.name, version),
    line,
    key: location,
    scopes: scopesOf(value),
    ...(version === '' ? { requested: stringAt(value, 'from') ?? stated } : {}),
    ...(spec.name === installedAs ? {} : { alias: installedAs }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(source === undefined ? {} : { source }),
    ...(value['bundled'] === true ? { bundled: true as const } : {}),
  };
}

function hasAddress(value: JsonObject): boolean {
  const version = stringAt(value, 'version') ?? '';
  return version.includes(':') && !version.startsWith('npm:');
}

function scopesOf(value: JsonObject): readonly Scope[] {
  const scopes: Scope[] = [];
  if (value['dev'] === true) scopes.push('dev');
  if (value['optional'] === true) scopes.push('optional');
  return scopes.length === 0 ? ['prod'] : scopes;
}

/** `requires` of every entry. Version 1 does not say which are optional: an edge into what only optional paths need is. */
function connect(
  entries: readonly NestedEntry[],
  components: readonly ExtractedComponent[],
  tree: InstallTree,
): { edges: ExtractedEdge[]; mismatches: Mismatch[] } {
  const edges: ExtractedEdge[] = [];
  const mismatches: Mismatch[] = [];
  for (const [at, { location, value }] of entries.entries()) {
    const from = at + 1;
    const requires = objectAt(value, 'requires');
    if (requires === undefined) continue;
    for (const name of Object.keys(requires)) {
      const range = requires[name];
      if (typeof range !== 'string') continue;
      const to = tree.resolve(location, name);
      if (to !== undefined) {
        const optional = value['optional'] !== true && entries[to - 1]!.value['optional'] === true;
        edges.push({ from, to, kind: optional ? 'optional' : 'prod', range });
      } else if (value['optional'] !== true && value['bundled'] !== true) {
        const { line, name: asker } = components[from]!;
        mismatches.push({ name, says: `${name} ${range} is asked for by ${asker} and not locked`, line });
      }
    }
  }
  return { edges, mismatches };
}

/** Without a manifest: what is installed at the top and asked for by nothing must have been asked for by the project. */
function guessRoots(entries: readonly NestedEntry[], edges: readonly ExtractedEdge[]): ExtractedEdge[] {
  const asked = new Set(edges.map((edge) => edge.to));
  return entries.flatMap(({ location, value }, at) => {
    if (asked.has(at + 1) || location.indexOf('/node_modules/') !== -1) return [];
    const kind = value['dev'] === true ? 'dev' : value['optional'] === true ? 'optional' : 'prod';
    return [{ from: 0, to: at + 1, kind, range: '' }];
  });
}

/** Line of every nested entry by its location, in one pass; keys given twice are told. */
function linesOfNested(text: string, path: string, problems: Problem[]): Map<string, number> {
  const lines = new Map<string, number>();
  // `keys[depth]` is the key last seen at that depth; entries sit at even depths below `dependencies`.
  const locations: string[] = [''];
  const keys: string[] = [];
  const { duplicates } = scanJsonKeys(text, 512, (depth, key, line) => {
    keys[depth] = key;
    if (depth % 2 === 1 || keys[depth - 1] !== 'dependencies') return;
    const above = locations[depth - 2] ?? '';
    const location = above === '' ? `node_modules/${key}` : `${above}/node_modules/${key}`;
    locations[depth] = location;
    lines.set(location, line);
  });
  for (const { key, line } of duplicates)
    problems.push({
      code: 'file/duplicate-key',
      message: `the key ${JSON.stringify(key.slice(0, 60))} is given twice; the last one counts`,
      at: { path, line },
    });
  return lines;
}
