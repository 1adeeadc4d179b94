import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Origin,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, stringAt, type JsonObject } from '../../text/json.ts';
import { baseName, joinPath } from '../../text/paths.ts';
import { declaredIn, licenceOf } from './manifest.ts';
import { installedName, installTree, type InstallTree } from './node-resolution.ts';
import { observePins, observeUrlVersions } from './observations.ts';
import { compareManifest, observeOutOfStep, type Mismatch } from './out-of-step.ts';
import type { LockContext, LockEntry } from './lock-json.ts';
import { inWorkspaces, isInstalled } from './paths.ts';
import { commitOf, originOfSource, releaseOf } from './source.ts';

/** One entry of `packages` that stands for a component (links stand for their target). */
export interface Entry {
  readonly location: string;
  readonly value: JsonObject;
  /** The root, a workspace or another linked folder: its development dependencies count. */
  readonly isTop: boolean;
  readonly line: number;
  /** Its version is an address: hand-edited. */
  readonly hasAddress: boolean;
}

/** An entry that only points at another. */
interface Link {
  readonly location: string;
  readonly target: string;
  readonly line: number;
}

/** Reads the `packages` of lockfileVersion 2 and 3: one entry a location, edges resolved as Node would. */
export function extractPackages(
  lock: JsonObject,
  locked: readonly LockEntry[],
  context: LockContext,
  parsed: readonly Problem[],
): Extraction {
  const problems: Problem[] = [...parsed];
  const { entries, links } = sortEntries(locked, lock, context, problems);
  const nodeAt = new Map(entries.map((entry, node) => [entry.location, node]));

  const tree = installTree();
  const linkNames = new Map<string, string>();
  for (const [node, entry] of entries.entries()) tree.place(entry.location, node);
  for (const { location, target, line } of links) {
    const node = nodeAt.get(target);
    if (node === undefined)
      problems.push({
        code: 'npm/dangling-link',
        message: `${location} links to ${target}, which the lockfile does not describe`,
        at: { path: context.path, line },
        lost: true,
      });
    else {
      tree.place(location, node);
      if (!linkNames.has(target)) linkNames.set(target, installedName(location));
    }
  }

  const root = locked.find(({ location }) => location === '')?.value;
  const members = arrayAt(root, 'workspaces').filter((glob): glob is string => typeof glob === 'string');
  const components = entries.map((entry, node) =>
    node === 0
      ? projectOf(entry.value, lock, context, entry.line)
      : componentOf(entry, linkNames.get(entry.location), members),
  );
  const { edges, weakEdges, mismatches } = connect(entries, components, tree, context);
  const manifests = entries
    .filter((entry) => entry.isTop)
    .flatMap((entry) => compare(entry, components, tree, context));
  return {
    role: 'lock',
    components,
    edges,
    ...(weakEdges.length === 0 ? {} : { weakEdges }),
    edgesKnown: true,
    covers: coversOf(entries, context),
    observations: [
      ...observeOutOfStep(
        [...manifests, ...mismatches],
        'run `npm install --package-lock-only` and commit the result; `npm ci` refuses such a lockfile',
      ),
      ...observePins(components),
      ...observeUrlVersions(components.filter((_, node) => entries[node]!.hasAddress)),
    ],
    problems,
  };
}

/** Projects first, then what is installed, each in file order; links apart. */
function sortEntries(
  locked: readonly LockEntry[],
  lock: JsonObject,
  context: LockContext,
  problems: Problem[],
): { entries: Entry[]; links: Link[] } {
  const tops: Entry[] = [{ location: '', value: lock, isTop: true, line: 1, hasAddress: false }];
  const installed: Entry[] = [];
  const links: Link[] = [];
  for (const { location, value, line } of locked) {
    if (location === '') {
      tops[0] = { ...tops[0]!, value: value ?? lock, line };
      continue;
    }
    if (value === undefined) {
      problems.push({
        code: 'npm/unexpected-entry',
        message: `the entry ${location.slice(0, 80)} is not an object`,
        at: { path: context.path, line },
        lost: true,
      });
    } else if (value['link'] === true)
      links.push({ location, target: stringAt(value, 'resolved') ?? '', line });
    else if (isInstalled(location))
      installed.push({ location, value, isTop: false, line, hasAddress: hasAddress(value) });
    else tops.push({ location, value, isTop: true, line, hasAddress: hasAddress(value) });
  }
  return { entries: tops.concat(installed), links };
}

export const hasAddress = (value: JsonObject): boolean => {
  const version = value['version'];
  return typeof version === 'string' && version.includes(':');
};

export function projectOf(
  value: JsonObject,
  lock: JsonObject,
  context: Pick<LockContext, 'folder'>,
  line: number,
): ExtractedComponent {
  const licence = licenceOf(value);
  return {
    name: stringAt(value, 'name') ?? stringAt(lock, 'name') ?? (baseName(context.folder) || 'project'),
    version: stringAt(value, 'version') ?? stringAt(lock, 'version') ?? '',
    origin: 'project',
    line: line === 0 ? 1 : line,
    ...(licence === undefined ? {} : { licence }),
  };
}

/** What an installed entry is by itself; of a workspace or linked folder also by the name it is linked under, and by the workspaces' globs. */
export function componentOf(
  entry: Entry,
  linkName: string | undefined,
  members: readonly string[],
): ExtractedComponent {
  const { location, value, isTop, line } = entry;
  // Direct look-ups: these names are on no prototype, and this runs for every entry.
  const { name: ownName, version, resolved, integrity, deprecated } = value;
  const installedAs = linkName ?? installedName(location);
  const name = typeof ownName === 'string' ? ownName : installedAs;
  const stated = typeof version === 'string' ? version : '';
  const source = typeof resolved === 'string' ? resolved : undefined;
  const licence = licenceOf(value);
  const component: { -readonly [Key in keyof ExtractedComponent]: ExtractedComponent[Key] } = {
    name,
    version: stated,
    origin: isTop ? (inWorkspaces(location, members) ? 'workspace' : 'file') : originOf(name, stated, source),
    line,
    key: location,
    scopes: scopesOf(value),
  };
  // Hand-edited locks hold an address in place of a version: keep it as the source.
  if (entry.hasAddress) {
    component.version = releaseOf(stated, name) || commitOf(stated);
    component.source = stated;
  }
  if (!isTop && name !== installedAs) component.alias = installedAs;
  if (source !== undefined) component.source = source;
  if (typeof integrity === 'string') component.integrity = integrity;
  if (licence !== undefined) component.licence = licence;
  if (typeof deprecated === 'string') component.deprecated = deprecated;
  if (value['hasInstallScript'] === true) component.hasInstallScript = true;
  if (value['inBundle'] === true) component.bundled = true;
  return component;
}

function originOf(name: string, version: string, resolved: string | undefined): Origin {
  if (resolved !== undefined) return originOfSource(resolved, name, version);
  // `omit-lockfile-registry-resolved` leaves the address out for registry components only; bundled ones have none.
  return version.includes(':') ? originOfSource(version, name, releaseOf(version, name)) : 'registry';
}

const SCOPES_OF: Readonly<Record<string, readonly Scope[]>> = {
  dev: ['dev'],
  optional: ['optional'],
  devOptional: ['dev', 'optional'],
  peer: ['peer'],
  prod: ['prod'],
};

/** npm's own marks: `dev` is needed by development only, `devOptional` by development and by an optional dependency. */
function scopesOf(value: JsonObject): readonly Scope[] {
  const dev = value['dev'] === true;
  const optional = value['optional'] === true;
  if (value['devOptional'] === true || (dev && optional)) return SCOPES_OF['devOptional']!;
  if (dev) return SCOPES_OF['dev']!;
  if (optional) return SCOPES_OF['optional']!;
  return value['peer'] === true ? SCOPES_OF['peer']! : SCOPES_OF['prod']!;
}

/** Edges of every entry, and what entries ask for that the lock lacks. */
function connect(
  entries: readonly Entry[],
  components: readonly ExtractedComponent[],
  tree: InstallTree,
  context: LockContext,
): { edges: ExtractedEdge[]; weakEdges: number[]; mismatches: Mismatch[] } {
  const edges: ExtractedEdge[] = [];
  const weakEdges: number[] = [];
  const mismatches: Mismatch[] = [];
  for (let from = 0; from < entries.length; from++) {
    const entry = entries[from]!;
    const { location, value, isTop } = entry;
    // What a manifest in the tree asks for is compared with that manifest.
    const compared = isTop && context.sibling(manifestAt(location)) !== undefined;
    for (const { name, specifier, kind, optionalPeer } of declaredIn(value)) {
      if (kind === 'dev' && !isTop) continue;
      const to = tree.resolve(location, name);
      if (to !== undefined) {
        if (optionalPeer) weakEdges.push(edges.length);
        edges.push({ from, to, kind, range: specifier });
        continue;
      }
      const excused =
        optionalPeer || value['inBundle'] === true || (kind === 'peer' ? context.legacyPeers : compared);
      if (!excused)
        mismatches.push({
          name,
          says: `${name} ${specifier} is asked for by ${components[from]!.name} and not locked`,
          line: components[from]!.line,
        });
    }
    if (from !== 0) continue;
    const reached = new Set(edges.map(({ to }) => to));
    // The root brings its workspaces in even where it does not name them.
    for (let to = 1; to < entries.length && entries[to]!.isTop; to++)
      if (components[to]!.origin === 'workspace' && !reached.has(to))
        edges.push({ from, to, kind: 'prod', range: '' });
  }
  return { edges, weakEdges, mismatches };
}

/** How the manifest in the tree differs from the lock's copy of it. */
function compare(
  entry: Entry,
  components: readonly ExtractedComponent[],
  tree: InstallTree,
  context: LockContext,
): Mismatch[] {
  const manifest = context.sibling(manifestAt(entry.location));
  if (manifest === undefined) return [];
  const remembered = new Map(declaredIn(entry.value).map(({ name, specifier }) => [name, specifier]));
  return compareManifest(
    manifest,
    (name) => {
      const node = tree.resolve(entry.location, name);
      return node === undefined ? undefined : components[node]!;
    },
    remembered,
  );
}

/** Where the manifest of a project or workspace lies, from the lockfile's folder. */
export const manifestAt = (location: string): string =>
  location === '' ? 'package.json' : `${location}/package.json`;

function coversOf(entries: readonly Entry[], context: LockContext): string[] {
  return entries
    .filter((entry) => entry.isTop)
    .flatMap(({ location }) => joinPath(context.folder, manifestAt(location)) ?? []);
}
