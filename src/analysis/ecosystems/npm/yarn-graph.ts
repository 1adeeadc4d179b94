import type { ExtractedComponent, ExtractedEdge, Extraction } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import type { PackageManifest } from './manifest.ts';
import { examples, observePins, sorted } from './observations.ts';
import type { Catalogs } from './yarn-catalogs.ts';
import { compareManifest, observeOutOfStep, type Mismatch } from './out-of-step.ts';
import { inWorkspaces } from './paths.ts';
import { parseSpec } from './spec.ts';
import type { YarnDocument, YarnEntry } from './yarn-document.ts';
import { identifyBerry, identifyClassic, splitDescriptor, type YarnIdentity } from './yarn-identity.ts';
import { yarnResolver, type YarnResolver } from './yarn-resolver.ts';

/** A project of a yarn workspace, the root among them. */
interface Project {
  readonly node: number;
  /** Folder relative to the lockfile's; `.` for the root. */
  readonly path: string;
  readonly manifest: PackageManifest | undefined;
  /** The lockfile's own entry for it (berry only), and the name it gives. */
  readonly entry: YarnEntry | undefined;
  readonly lockedName: string | undefined;
}

/** What is gathered while projects and entries are connected. */
interface Draft {
  readonly components: ExtractedComponent[];
  readonly edges: ExtractedEdge[];
  readonly mismatches: Mismatch[];
  readonly problems: Problem[];
  readonly resolver: YarnResolver;
  /** Workspaces by name: classic does not list what they resolve to. */
  readonly members: ReadonlyMap<string, number>;
  readonly catalogs: Catalogs;
}

/**
 * Turns a yarn lockfile and the manifests around it into components and edges. `manifestAt` takes a folder relative to the lockfile's;
 * `membersOf` gives the folders, likewise, that the root's workspace patterns match.
 */
export function yarnGraph(
  document: YarnDocument,
  path: string,
  manifestAt: (folder: string) => PackageManifest | undefined,
  catalogs: Catalogs,
  membersOf: (patterns: readonly string[]) => readonly string[],
): Extraction {
  const folder = folderOf(path);
  const identities = document.entries.map(document.format === 'berry' ? identifyBerry : identifyClassic);
  const projects = projectsOf(document, identities, manifestAt, membersOf);
  const components: ExtractedComponent[] = projects.map((project) => projectComponent(project, folder));
  const nodes = placeEntries(document, identities, projects, components);
  const draft: Draft = {
    components,
    edges: [],
    mismatches: [],
    problems: [...document.problems],
    resolver: yarnResolver(document.entries, nodes, components, projects[0]!.manifest?.resolutions ?? []),
    members: new Map(projects.slice(1).map(({ node }) => [components[node]!.name, node])),
    catalogs,
  };
  for (const project of projects)
    if (project.entry === undefined) connectDeclared(project, draft);
    else connectLocked(project, project.entry, draft);
  for (const [at, entry] of document.entries.entries()) {
    const { workspace, patches } = identities[at]!;
    if (workspace === undefined && patches === undefined) connectEntry(nodes[at]!, entry, draft);
  }
  if (document.format === 'classic') adoptUnasked(document.entries, nodes, projects, path, draft);

  // Berry fetches what only other platforms need there, and has no checksum until then.
  const unfetched = new Set(
    nodes.filter((_, at) => document.entries[at]!.fields.has('conditions')).map((node) => components[node]!),
  );
  return {
    role: 'lock',
    format: document.format,
    components,
    edges: draft.edges,
    edgesKnown: true,
    covers: projects.flatMap((project) => joinPath(folder, `${project.path}/package.json`) ?? []),
    observations: [
      ...observeOutOfStep(draft.mismatches, 'run `yarn install` and commit the lockfile'),
      ...observePins(components, (component) => !unfetched.has(component)),
    ],
    problems: [...draft.problems, ...unknownProtocols(identities, document.entries, path)],
  };
}

/** A protocol may be that of any plugin: what such an entry is, and so what is known against it, cannot be said. One problem for all. */
function unknownProtocols(
  identities: readonly YarnIdentity[],
  entries: readonly YarnEntry[],
  path: string,
): Problem[] {
  const found = [...identities.entries()].filter(([, { unknown }]) => unknown !== undefined);
  if (found.length === 0) return [];
  const protocols = sorted(found.map(([, { unknown }]) => (unknown === '' ? 'none' : `${unknown}:`)));
  const names = sorted(found.map(([, { name }]) => name));
  return [
    {
      code: 'npm/unknown-protocol',
      message: `${found.length} ${found.length === 1 ? 'entry is' : 'entries are'} resolved by a protocol that is not known (${examples([...new Set(protocols)])}), and not checked: ${examples(names)}`,
      at: { path, line: entries[found[0]![0]]!.line },
      hint: 'look at what these entries install; known are npm:, jsr:, patch:, workspace:, file:, link:, portal:, exec:, condition:, git or an address',
      lost: true,
    },
  ];
}

/** Berry lists its workspaces; classic leaves them to the patterns in package.json. */
function projectsOf(
  document: YarnDocument,
  identities: readonly YarnIdentity[],
  manifestAt: (folder: string) => PackageManifest | undefined,
  membersOf: (patterns: readonly string[]) => readonly string[],
): Project[] {
  const root = manifestAt('.');
  const projects: Project[] = [
    { node: 0, path: '.', manifest: root, entry: undefined, lockedName: undefined },
  ];
  const add = (
    path: string,
    manifest: PackageManifest | undefined,
    entry?: YarnEntry,
    lockedName?: string,
  ): void => {
    if (path === '.') projects[0] = { node: 0, path, manifest, entry, lockedName };
    else projects.push({ node: projects.length, path, manifest, entry, lockedName });
  };
  if (document.format === 'berry') {
    for (const [at, { workspace, name }] of identities.entries())
      if (workspace !== undefined)
        add(workspace, workspace === '.' ? root : manifestAt(workspace), document.entries[at], name);
  } else
    for (const path of membersOf(root?.workspaces ?? [])) {
      const manifest = path === '.' ? undefined : manifestAt(path);
      if (manifest !== undefined) add(path, manifest);
    }
  return projects;
}

function projectComponent(
  { path, manifest, entry, lockedName }: Project,
  folder: string,
): ExtractedComponent {
  const isRoot = path === '.';
  return {
    name: lockedName ?? (manifest?.name || baseName(isRoot ? folder : path) || 'project'),
    version: manifest?.version ?? '',
    origin: isRoot ? 'project' : 'workspace',
    line: entry?.line ?? 1,
    ...(isRoot ? {} : { key: path }),
    ...(manifest?.licence === undefined ? {} : { licence: manifest.licence }),
  };
}

/** The node of every entry: a project's, a component of its own, or (for a patched package) that of what is patched. */
function placeEntries(
  document: YarnDocument,
  identities: readonly YarnIdentity[],
  projects: readonly Project[],
  components: ExtractedComponent[],
): number[] {
  const projectNodes = new Map(projects.map(({ path, node }) => [path, node]));
  const byLocator = new Map<string, number>();
  const place = (entry: YarnEntry, identity: YarnIdentity): number => {
    const node = components.push(componentOf(entry, identity)) - 1;
    byLocator.set(`${identity.name}@npm:${identity.version}`, node);
    return node;
  };
  const nodes = identities.map((identity, at) => {
    const { workspace, patches } = identity;
    if (workspace !== undefined) return projectNodes.get(workspace) ?? place(document.entries[at]!, identity);
    return patches === undefined ? place(document.entries[at]!, identity) : -1;
  });
  return nodes.map((node, at) => {
    if (node !== -1) return node;
    const identity = identities[at]!;
    return byLocator.get(identity.patches!) ?? place(document.entries[at]!, identity);
  });
}

function componentOf(entry: YarnEntry, identity: YarnIdentity): ExtractedComponent {
  const { name, version, origin, source, integrity } = identity;
  const [asked, range] = splitDescriptor(entry.descriptors[0] ?? '');
  return {
    name,
    version,
    origin,
    line: entry.line,
    key: entry.descriptors[0] ?? '',
    ...(version === '' ? { requested: range } : {}),
    ...(asked === name ? {} : { alias: asked }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(source === undefined ? {} : { source }),
  };
}

/** A project that the lockfile describes: its manifest adds what is for development, and is compared. */
function connectLocked(project: Project, entry: YarnEntry, draft: Draft): void {
  const { components, edges, resolver, members, mismatches, catalogs } = draft;
  const declared = new Map(
    (project.manifest?.declared ?? []).map((dependency) => [dependency.name, dependency]),
  );
  const remembered = new Map<string, string>();
  const reached = new Map<string, number>();
  const self = components[project.node]!.name;
  for (const { name, range: written, kind } of entry.dependencies) {
    const known = declared.get(name);
    const range = catalogs(name, written);
    const specifier = catalogs(name, known?.specifier ?? plainRange(range));
    // Other protocols are written in another spelling than the manifest's: only ranges can be compared as text.
    const isPlain = parseSpec(name, specifier).origin === 'registry' && !specifier.includes(':');
    // A catalog's range may have moved on since: the manifest still says what the lockfile does.
    const isShared = known?.specifier.startsWith('catalog:') === true && known.specifier === written;
    remembered.set(name, isShared ? written : isPlain ? plainRange(range) : (known?.specifier ?? specifier));
    const to = resolver.exact(self, name, range) ?? members.get(name) ?? resolver.nearest(name, range);
    if (to === undefined) continue;
    reached.set(name, to);
    edges.push({
      from: project.node,
      to,
      kind: known === undefined || known.kind === 'peer' ? kind : known.kind,
      range: specifier,
    });
  }
  if (project.manifest === undefined) return;
  mismatches.push(
    ...compareManifest(
      project.manifest,
      (name) => {
        const node = reached.get(name);
        return node === undefined ? undefined : components[node];
      },
      remembered,
    ),
  );
}

/** A project that the lockfile does not describe: what its manifest declares, looked up by descriptor. */
function connectDeclared(project: Project, draft: Draft): void {
  const { components, edges, resolver, members, mismatches } = draft;
  const self = components[project.node]!.name;
  for (const { name, specifier, kind } of project.manifest?.declared ?? []) {
    if (kind === 'peer') continue;
    const exact = resolver.exact(self, name, specifier) ?? members.get(name);
    const to = exact ?? resolver.nearest(name, specifier);
    if (to !== undefined) edges.push({ from: project.node, to, kind, range: specifier });
    const isExcused =
      kind === 'optional' ||
      parseSpec(name, specifier).origin === 'file' ||
      project.manifest!.overridden.has(name);
    if (exact !== undefined || isExcused) continue;
    const locked = to === undefined ? 'not' : `${components[to]!.version} is`;
    mismatches.push({
      name,
      says: `${name} ${specifier} is declared and ${locked} locked`,
      line: to === undefined ? 0 : components[to]!.line,
    });
  }
}

function connectEntry(from: number, entry: YarnEntry, draft: Draft): void {
  const { components, edges, resolver, members, mismatches } = draft;
  const self = components[from]!.name;
  for (const { name, range, kind } of entry.dependencies) {
    const to = resolver.exact(self, name, range) ?? members.get(name) ?? resolver.nearest(name, range);
    if (to !== undefined) edges.push({ from, to, kind, range: plainRange(range) });
    else if (kind !== 'optional')
      mismatches.push({
        name,
        says: `${name} ${plainRange(range)} is asked for by ${self} and not locked`,
        line: entry.line,
      });
  }
}

/**
 * Classic: what no entry and no manifest that we could read asks for. It belongs to workspaces that are not in this tree,
 * or to a root whose manifest is not here, and then hangs from the root as if for production; otherwise it is left over.
 */
function adoptUnasked(
  entries: readonly YarnEntry[],
  nodes: readonly number[],
  [root, ...members]: readonly Project[],
  path: string,
  draft: Draft,
): void {
  const { edges, resolver, problems, mismatches, components } = draft;
  const { manifest } = root!;
  const patterns = manifest?.workspaces ?? [];
  const isOwner = manifest === undefined || patterns.length > 0;
  const known = new Set(mismatches.map(({ name }) => name));
  const adopted: string[] = [];
  for (const [at, entry] of entries.entries()) {
    const unasked = entry.descriptors.filter((descriptor) => !resolver.wasAsked(descriptor));
    if (!isOwner) {
      const { name } = components[nodes[at]!]!;
      if (unasked.length === entry.descriptors.length && !known.has(name))
        mismatches.push({
          name,
          says: `${entry.descriptors[0]} is locked and nothing asks for it`,
          line: entry.line,
        });
      continue;
    }
    for (const descriptor of unasked) {
      adopted.push(descriptor);
      edges.push({ from: 0, to: nodes[at]!, kind: 'prod', range: splitDescriptor(descriptor)[1] });
    }
  }
  if (adopted.length === 0) return;
  const unread = patterns.filter(
    (pattern) => !pattern.startsWith('!') && !members.some((member) => inWorkspaces(member.path, [pattern])),
  );
  const why =
    manifest === undefined
      ? 'no package.json beside this lockfile: which dependencies are direct is inferred, and which are for development is not known'
      : unread.length > 0
        ? `no workspace was found under ${examples(unread)}: what they ask for is shown as the root’s`
        : 'no package.json in this tree asks for what is locked here: it is left over, or a workspace is missing; it is shown as the root’s';
  problems.push({
    code:
      manifest === undefined
        ? 'npm/no-manifest'
        : unread.length > 0
          ? 'npm/workspaces-not-read'
          : 'npm/nothing-asks',
    message: `${why} (${adopted.length}: ${examples(sorted(adopted))})`,
    at: { path },
  });
}

/** Berry writes `npm:^1.0.0` where the manifest says `^1.0.0`; an alias (`npm:react@^16`) is kept. */
function plainRange(range: string): string {
  return range.startsWith('npm:') && !range.includes('@') ? range.slice('npm:'.length) : range;
}
