import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Extractor,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { overriddenName, readManifest, type PackageManifest } from './manifest.ts';
import { examples, observePins, sorted } from './observations.ts';
import { compareManifest, observeOutOfStep, type Mismatch } from './out-of-step.ts';
import { settingsPath, withOverrides } from './overrides.ts';
import { isInstalled } from './paths.ts';
import { scrub } from './scrub.ts';
import {
  readPnpmDocument,
  type PnpmDependency,
  type PnpmDocument,
  type PnpmImporter,
  type PnpmPackage,
} from './pnpm-document.ts';
import { identify, withoutPeers } from './pnpm-key.ts';
import { commitOf } from './source.ts';
import { parseSpec } from './spec.ts';
import { readYamlLines } from './yaml-lines.ts';

/** Format: https://github.com/pnpm/spec/tree/master/lockfile */
export const pnpmLock: Extractor = {
  id: 'npm/pnpm-lock',
  version: 3,
  ecosystem: 'npm',
  title: 'pnpm lockfile',
  files: ['pnpm-lock.yaml'],
  notes: [
    'Formats 5.x, 6.x and 9.0, with workspaces, aliases, catalogs, overrides, patches and the two documents of newer pnpm.',
    'One entry for each set of peers that a package was installed with; each keeps its own edges.',
    'pnpm keeps the declared range for the dependencies of projects and for peers only.',
    'Names of projects come from their `package.json`.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'pnpm-lock.yaml' && !isInstalled(path),
  companions(file, claimed) {
    if (file.path !== claimed) return [];
    const folder = folderOf(claimed);
    const settings = file.text.includes('\noverrides:') ? [settingsPath(folder)] : [];
    return [
      ...['.', ...importerPaths(file.text)].flatMap((path) => joinPath(folder, `${path}/package.json`) ?? []),
      ...settings,
    ];
  },
  extract(file, companion): Extraction {
    const folder = folderOf(file.path);
    const yaml = readYamlLines(file.text, file.path);
    const document = readPnpmDocument(yaml);
    const manifestAt = (path: string): PackageManifest | undefined => {
      const at = joinPath(folder, `${path}/package.json`);
      const text = at === undefined ? undefined : companion(at);
      return at === undefined || text === undefined ? undefined : readManifest(text, at);
    };
    const extraction = scrub(graphOf(document, file.path, manifestAt, yaml.problems));
    return withOverrides(extraction, file.path, companion, ['pnpm.overrides', 'resolutions']);
  },
};

type Mutable = { -readonly [Key in keyof ExtractedComponent]: ExtractedComponent[Key] };

function graphOf(
  document: PnpmDocument,
  path: string,
  manifestAt: (path: string) => PackageManifest | undefined,
  parsed: readonly Problem[],
): Extraction {
  const folder = folderOf(path);
  const problems: Problem[] = [...parsed];
  if (document.lockfileVersion === '' && !problems.some((problem) => problem.lost))
    problems.push({
      code: 'npm/not-a-lockfile',
      message: 'no `lockfileVersion`: not a pnpm lockfile, or cut off at its start',
      at: { path, line: 1 },
      lost: true,
    });
  const root = document.importers.get('.') ?? {
    path: '.',
    line: 1,
    dependencies: new Map(),
    specifiers: new Map(),
  };
  const importers = [root, ...[...document.importers.values()].filter((importer) => importer !== root)];
  const manifests = importers.map((importer) => manifestAt(importer.path));
  const components: Mutable[] = importers.map((importer, at) => projectOf(importer, manifests[at], folder));
  const nodeOfImporter = new Map(importers.map((importer, node) => [importer.path, node]));

  const { nodeOfKey, entries } = addPackages(document, components);
  const edges: ExtractedEdge[] = [];
  const weakEdges: number[] = [];
  const lost: string[] = [];
  const connect = (
    from: number,
    name: string,
    reference: string,
    kind: Scope,
    range: string,
  ): number | undefined => {
    const to = target(name, reference, nodeOfKey);
    if (to === undefined) {
      if (kind !== 'optional') lost.push(`${name}@${reference}`);
      return undefined;
    }
    edges.push({ from, to, kind, range });
    const component = components[to]!;
    if (component.name !== name && component.alias === undefined) component.alias = name;
    return to;
  };
  const linked = (from: number, importer: PnpmImporter, dependency: PnpmDependency, range: string): void => {
    const relative = dependency.reference.slice('link:'.length);
    const inside = joinPath(importer.path === '.' ? '' : importer.path, relative);
    let to = inside === undefined ? undefined : nodeOfImporter.get(inside === '' ? '.' : inside);
    if (to === undefined) {
      to =
        components.push({
          name: dependency.name,
          version: '',
          origin: 'file',
          line: dependency.line,
          source: dependency.reference,
        }) - 1;
    }
    edges.push({ from, to, kind: dependency.kind, range });
  };

  const mismatches: Mismatch[] = [];
  for (const [from, importer] of importers.entries()) {
    const manifest = manifests[from];
    const reached = new Map<string, number>();
    for (const dependency of importer.dependencies.values()) {
      const { name, reference } = dependency;
      const specifier = dependency.specifier || (importer.specifiers.get(name) ?? '');
      const range = catalogued(name, specifier, document);
      if (reference.startsWith('link:')) linked(from, importer, dependency, range);
      else {
        const to = connect(from, name, reference, dependency.kind, range);
        if (to !== undefined) reached.set(name, to);
      }
    }
    if (manifest !== undefined)
      mismatches.push(...compare(manifest, importer, document, reached, components));
  }
  for (const { node, snapshot, facts } of entries)
    for (const [name, reference, kind] of snapshot.dependencies) {
      const peer = facts?.peers.get(name);
      // Links in packages lead to workspace members by the path from the root.
      if (reference.startsWith('link:')) {
        const to = nodeOfImporter.get(joinPath('', reference.slice('link:'.length)) ?? '');
        if (to !== undefined) edges.push({ from: node, to, kind, range: peer ?? '' });
        continue;
      }
      const at = edges.length;
      connect(node, name, reference, peer === undefined ? kind : 'peer', peer ?? '');
      // pnpm lists a peer that is optional, and there, among the optional dependencies.
      if (peer !== undefined && kind === 'optional' && edges.length > at) weakEdges.push(at);
    }
  if (lost.length > 0)
    problems.push({
      code: 'npm/missing-entry',
      message: `${lost.length} dependencies point at entries that the lockfile lacks (cut off?): ${examples(sorted(lost))}`,
      at: { path },
      lost: true,
    });
  return {
    role: 'lock',
    components,
    edges,
    ...(weakEdges.length === 0 ? {} : { weakEdges }),
    edgesKnown: true,
    covers: importers.flatMap((importer) => joinPath(folder, `${importer.path}/package.json`) ?? []),
    observations: [
      ...observeOutOfStep(mismatches, 'run `pnpm install --lockfile-only` and commit the result'),
      ...observePins(components),
    ],
    problems,
  };
}

function projectOf(importer: PnpmImporter, manifest: PackageManifest | undefined, folder: string): Mutable {
  const isRoot = importer.path === '.';
  return {
    name: manifest?.name || baseName(isRoot ? folder : importer.path) || 'project',
    version: manifest?.version ?? '',
    origin: isRoot ? 'project' : 'workspace',
    line: importer.line,
    ...(isRoot ? {} : { key: importer.path }),
    ...(manifest?.licence === undefined ? {} : { licence: manifest.licence }),
  };
}

interface Entry {
  readonly node: number;
  readonly snapshot: PnpmPackage;
  readonly facts: PnpmPackage | undefined;
}

/** A component for every installation: the snapshots of format 9, else the packages themselves. */
function addPackages(
  document: PnpmDocument,
  components: Mutable[],
): { nodeOfKey: Map<string, number>; entries: Entry[] } {
  const nodeOfKey = new Map<string, number>();
  const entries: Entry[] = [];
  const described = new Set<string>();
  const add = (snapshot: PnpmPackage, facts: PnpmPackage | undefined): void => {
    const node = components.push(componentOf(snapshot, facts)) - 1;
    nodeOfKey.set(snapshot.key, node);
    entries.push({ node, snapshot, facts });
  };
  for (const snapshot of document.snapshots.values()) {
    const key = withoutPeers(snapshot.key);
    described.add(key);
    add(snapshot, document.packages.get(key) ?? document.packages.get(snapshot.key));
  }
  for (const entry of document.packages.values()) if (!described.has(entry.key)) add(entry, entry);
  return { nodeOfKey, entries };
}

function componentOf(snapshot: PnpmPackage, facts: PnpmPackage | undefined): Mutable {
  const { name, version, origin, source } = identify(snapshot.key, facts);
  const commit = origin === 'git' && version === '' && source !== undefined ? commitOf(source) : '';
  const component: Mutable = {
    name,
    version: version || commit,
    origin,
    line: facts?.line ?? snapshot.line,
    key: snapshot.key,
  };
  const integrity = facts?.resolution.get('integrity');
  const deprecated = facts?.fields.get('deprecated');
  const scopes = scopesOf(snapshot);
  if (component.version === '' && source !== undefined) component.requested = source;
  if (source !== undefined) component.source = source;
  if (integrity !== undefined) component.integrity = integrity;
  if (deprecated !== undefined) component.deprecated = deprecated;
  if (scopes !== undefined) component.scopes = scopes;
  if (snapshot.fields.get('requiresBuild') === 'true') component.hasInstallScript = true;
  return component;
}

/** Formats before 9 say `dev: true` or `false`; format 9 marks only what is optional. */
function scopesOf(snapshot: PnpmPackage): Scope[] | undefined {
  const dev = snapshot.fields.get('dev');
  const optional = snapshot.fields.get('optional') === 'true';
  if (dev === 'true') return optional ? ['dev', 'optional'] : ['dev'];
  if (optional) return ['optional'];
  return dev === 'false' ? ['prod'] : undefined;
}

/** A reference is a key, or a version to be joined to the name in the spelling of its format. */
function target(name: string, reference: string, nodeOfKey: ReadonlyMap<string, number>): number | undefined {
  return (
    nodeOfKey.get(`${name}@${reference}`) ??
    nodeOfKey.get(`/${name}@${reference}`) ??
    nodeOfKey.get(`/${name}/${reference}`) ??
    nodeOfKey.get(reference)
  );
}

/** `catalog:` and `catalog:name` stand for the range in the catalog. https://pnpm.io/catalogs */
function catalogued(name: string, specifier: string, document: PnpmDocument): string {
  if (!specifier.startsWith('catalog:')) return specifier;
  const catalog = specifier.slice('catalog:'.length).trim() || 'default';
  return document.catalogs.get(`${catalog}\n${name}`) ?? specifier;
}

function compare(
  manifest: PackageManifest,
  importer: PnpmImporter,
  document: PnpmDocument,
  reached: ReadonlyMap<string, number>,
  components: readonly ExtractedComponent[],
): Mismatch[] {
  const remembered = new Map<string, string>();
  for (const { name, kind, specifier } of importer.dependencies.values())
    if (kind !== 'build') remembered.set(name, specifier || (importer.specifiers.get(name) ?? ''));
  const overridden = new Set([...manifest.overridden, ...[...document.overrides].map(overriddenName)]);
  return compareManifest(
    { ...manifest, overridden },
    (name, specifier) => {
      const node = reached.get(name);
      if (node !== undefined) return components[node];
      // Links to projects have no version to hold against a range.
      const isLinked = importer.dependencies.get(name)?.reference.startsWith('link:') === true;
      return isLinked || parseSpec(name, specifier).origin !== 'registry'
        ? { version: '', line: 0 }
        : undefined;
    },
    remembered,
  );
}

/** Paths under `importers:`, by their indentation alone: a hint for which manifests to fetch. */
function importerPaths(text: string): string[] {
  const paths: string[] = [];
  const start = text.startsWith('importers:') ? 0 : text.indexOf('\nimporters:') + 1;
  if (start === 0 && !text.startsWith('importers:')) return paths;
  for (let at = text.indexOf('\n', start) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const first = text.charCodeAt(at);
    if (first === 10 || first === 13) continue;
    if (first !== 32) break;
    const indented = text.charCodeAt(at + 1) === 32 && text.charCodeAt(at + 2) !== 32;
    if (!indented) continue;
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end).trim();
    const colon = line.lastIndexOf(':');
    if (colon > 0) paths.push(line.slice(0, colon).replace(/^['"]|['"]$/g, ''));
  }
  return paths.filter((path) => path !== '.');
}
