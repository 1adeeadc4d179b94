import type {
  ExtractedComponent,
  ExtractedEdge,
  Extractor,
  Observation,
  Origin,
  Scope,
  SourceFile,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { parseCargoLock, type LockedCrate } from './lock-file.ts';
import { manifestPaths, parseCargoManifest, type CargoDependency, type CargoManifest } from './manifest.ts';

/** Cargo.lock with the manifests of what lies in the tree. */
export const cargoLock: Extractor = {
  id: 'cargo/cargo-lock',
  version: 2,
  ecosystem: 'crates.io',
  title: 'Cargo lockfile',
  files: ['Cargo.lock'],
  notes: [
    'Every locked crate with its edges and checksum; crates without a source are members of the workspace.',
    'Whether a member asks for a crate in production, for tests or for its build script is in its Cargo.toml: manifests named by members, path dependencies and `[workspace.dependencies]` are read, and folders named for the crate. For a member whose manifest is not found this way everything counts as production.',
    'All features and all targets are in the file, so a crate may be listed that no build of yours uses.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'Cargo.lock',
  companions(file, claimed) {
    if (file.path !== claimed) return manifestPaths(file.path, parseCargoManifest(file.text, file.path));
    const folder = folderOf(file.path);
    const own = parseCargoLock(file.text, file.path).crates.filter(({ source }) => source === '');
    const at = (relative: string): string[] => {
      const path = joinPath(folder, relative);
      return path === undefined ? [] : [path];
    };
    return [
      ...at('Cargo.toml'),
      ...own
        .filter(({ name }) => /^[\w-]+$/.test(name))
        .flatMap(({ name }) => [...at(`${name}/Cargo.toml`), ...at(`crates/${name}/Cargo.toml`)]),
    ];
  },
  extract(file, companion) {
    const { crates, problems } = parseCargoLock(file.text, file.path);
    const manifests = membersOf(file, crates, companion);
    // Members first, the project before the rest.
    const project = manifests.root?.name;
    const own = crates.filter(({ source }) => source === '');
    const isProject = (crate: LockedCrate): boolean =>
      crate.source === '' && (own.length === 1 || crate.name === project);
    const sorted = [
      ...own.filter(isProject),
      ...own.filter((crate) => !isProject(crate)),
      ...crates.filter(({ source }) => source !== ''),
    ];
    const { edges, dangling } = edgesOf(sorted, manifests.byName);
    return {
      role: 'lock',
      components: sorted.map((crate) =>
        componentOf(crate, isProject(crate), manifests.byName.get(crate.name)),
      ),
      edges,
      edgesKnown: true,
      covers: manifests.paths,
      observations: observe(sorted, edges, manifests.byName),
      problems: [...problems, ...unresolved(dangling, file.path)],
    };
  },
};

interface Members {
  readonly root: CargoManifest | undefined;
  readonly byName: ReadonlyMap<string, CargoManifest>;
  readonly paths: readonly string[];
}

function membersOf(
  file: SourceFile,
  crates: readonly LockedCrate[],
  companion: (path: string) => string | undefined,
): Members {
  const wanted = new Set(crates.filter(({ source }) => source === '').map(({ name }) => name));
  const byName = new Map<string, CargoManifest>();
  const paths: string[] = [];
  let root: CargoManifest | undefined;
  const queue = [...(cargoLock.companions?.(file, file.path) ?? [])];
  const seen = new Set(queue);
  for (const path of queue) {
    const text = companion(path);
    if (text === undefined) continue;
    const manifest = parseCargoManifest(text, path, root);
    if (path === queue[0]) root = manifest;
    const isMember = manifest.name !== undefined && wanted.has(manifest.name) && !byName.has(manifest.name);
    if (isMember) byName.set(manifest.name, manifest);
    if (isMember || path === queue[0]) paths.push(path);
    for (const next of manifestPaths(path, manifest))
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
  }
  return { root, byName, paths: paths.sort() };
}

function componentOf(
  crate: LockedCrate,
  isProject: boolean,
  manifest: CargoManifest | undefined,
): ExtractedComponent {
  const { name, version, line, source, checksum } = crate;
  // The public registry goes without saying; another one may hold another crate of that name.
  const isOrdinary = source === '' || /^(registry|sparse)\+[^ ]*crates\.io/.test(source);
  const licence = source === '' ? manifest?.licence : undefined;
  return {
    name,
    version,
    origin: isProject ? 'project' : originOf(source),
    line,
    ...(isOrdinary ? {} : { source: withoutCredentials(source.replace(/^[a-z]+\+/, '')) }),
    ...(checksum === '' || checksum === '<none>' ? {} : { integrity: `sha256:${checksum}` }),
    ...(licence === undefined ? {} : { licence }),
  };
}

function originOf(source: string): Origin {
  if (source === '') return 'workspace';
  if (source.startsWith('git+')) return 'git';
  if (source.startsWith('registry+') || source.startsWith('sparse+')) return 'registry';
  return source.startsWith('path+') ? 'file' : 'unknown';
}

function edgesOf(
  crates: readonly LockedCrate[],
  manifests: ReadonlyMap<string, CargoManifest>,
): {
  readonly edges: readonly ExtractedEdge[];
  readonly dangling: readonly { readonly crate: LockedCrate; readonly wanted: string }[];
} {
  const byName = new Map<string, number>();
  const byVersion = new Map<string, number>();
  const bySource = new Map<string, number>();
  crates.forEach(({ name, version, source }, index) => {
    byName.set(name, byName.has(name) ? -1 : index);
    byVersion.set(`${name} ${version}`, byVersion.has(`${name} ${version}`) ? -1 : index);
    bySource.set(`${name} ${version} (${source})`, index);
    // An edge names a git source without its commit.
    const hash = source.indexOf('#');
    if (hash !== -1) bySource.set(`${name} ${version} (${source.slice(0, hash)})`, index);
  });
  const edges: ExtractedEdge[] = [];
  const dangling: { crate: LockedCrate; wanted: string }[] = [];
  crates.forEach((crate, from) => {
    const manifest = crate.source === '' ? manifests.get(crate.name) : undefined;
    for (const wanted of crate.dependencies) {
      const short = wanted.slice(0, (wanted.indexOf(' (') + 1 || wanted.length + 1) - 1);
      // Where a member and a registry crate share name and version, the one without a source is the member.
      const to =
        bySource.get(wanted) ?? bySource.get(`${wanted} ()`) ?? byVersion.get(short) ?? byName.get(short);
      if (to === undefined || to === -1) {
        dangling.push({ crate, wanted });
        continue;
      }
      const asked = manifest === undefined ? [] : declared(manifest, crates[to]!);
      if (asked.length === 0) edges.push({ from, to, kind: 'prod', range: '' });
      const kinds = new Set<Scope>();
      for (const { kind, requested } of asked)
        if (!kinds.has(kind)) {
          kinds.add(kind);
          edges.push({ from, to, kind, range: requested });
        }
    }
  });
  return { edges, dangling };
}

/** What a manifest says of a crate. Where it names two versions of it, those entries that can mean this one. */
function declared(manifest: CargoManifest, crate: LockedCrate): readonly CargoDependency[] {
  const named = manifest.dependencies.filter(({ name }) => name === crate.name);
  if (named.length < 2) return named;
  const fitting = named.filter(({ requested }) => mayMean(requested, crate.version));
  return fitting.length === 0 ? named : fitting;
}

/** Whether a plain requirement has the version's leading number: enough to tell two entries of one crate apart. */
function mayMean(requested: string, version: string): boolean {
  const [, wanted] = /^[\s^~=]*(\d+(?:\.\d+)*)/.exec(requested) ?? [];
  if (wanted === undefined) return true;
  const [major, minor] = wanted.split('.');
  const parts = version.split('.');
  return major === parts[0] && (major !== '0' || minor === undefined || minor === parts[1]);
}

function observe(
  crates: readonly LockedCrate[],
  edges: readonly ExtractedEdge[],
  manifests: ReadonlyMap<string, CargoManifest>,
): Observation[] {
  const names = new Set<string>();
  const locked = new Map<number, Set<string>>();
  for (const { from, to } of edges) {
    if (crates[from]!.source !== '') continue;
    let known = locked.get(from);
    if (known === undefined) locked.set(from, (known = new Set()));
    known.add(crates[to]!.name);
  }
  let line = 0;
  const note = (crate: LockedCrate, name: string): void => {
    if (line === 0) line = crate.line;
    names.add(name);
  };
  crates.forEach((crate, index) => {
    const manifest = crate.source === '' ? manifests.get(crate.name) : undefined;
    if (manifest === undefined) return;
    const has = locked.get(index) ?? new Set();
    const wants = new Set(manifest.dependencies.map(({ name }) => name));
    for (const name of wants) if (!has.has(name)) note(crate, name);
    // An inherited dependency may be renamed in a root that we have not seen.
    if (!manifest.inherits || manifest.shared !== undefined)
      for (const name of has) if (!wants.has(name)) note(crate, name);
  });
  if (names.size === 0) return [];
  const sorted = [...names].sort();
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `Cargo.lock and Cargo.toml disagree on ${sorted.length} direct crate${sorted.length === 1 ? '' : 's'}: ${sorted.slice(0, 3).join(', ')}${sorted.length > 3 ? ', …' : ''}`,
      line,
      hint: 'run `cargo update --workspace` and commit Cargo.lock',
      names: sorted,
    },
  ];
}

function unresolved(
  dangling: readonly { readonly crate: LockedCrate; readonly wanted: string }[],
  path: string,
): Problem[] {
  if (dangling.length === 0) return [];
  const { crate, wanted } = dangling[0]!;
  return [
    {
      code: 'cargo/unresolved-dependency',
      message: `${dangling.length} edge${dangling.length === 1 ? ' leads' : 's lead'} to no package of the file, e.g. ${JSON.stringify(wanted.slice(0, 60))} of ${crate.name}`,
      at: { path, line: crate.line },
      lost: true,
    },
  ];
}
