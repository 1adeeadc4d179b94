import type { ExtractedComponent, ExtractedEdge, Extraction, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from '../../text/json.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { nothingOf } from '../draft.ts';
import { bunComponent, readBunEntry, type BunEntry } from './bun-entry.ts';
import { jsonOf } from './jsonc.ts';
import { declaredIn, overriddenName, readManifest, type Declared, type PackageManifest } from './manifest.ts';
import { installTree } from './node-resolution.ts';
import { observePins } from './observations.ts';
import { compareManifest, observeOutOfStep, type Mismatch } from './out-of-step.ts';
import { withOverrides } from './overrides.ts';
import { isInstalled } from './paths.ts';
import { scrub } from './scrub.ts';

/** Format: https://bun.com/docs/pm/lockfile */
export const bunLock: Extractor = {
  id: 'npm/bun-lock',
  version: 4,
  ecosystem: 'npm',
  title: 'bun lockfile',
  files: ['bun.lock', 'bun.lockb'],
  notes: [
    'The text format `bun.lock`: workspaces, aliases, catalogs, overrides, nested installations, peers.',
    'The older binary `bun.lockb` is not read: it is reported as a loss unless `bun.lock` lies beside it.',
  ].join('\n'),
  binary: (path) => isBinary(path),
  claims: (path) => (isText(path) || isBinary(path)) && !isInstalled(path),
  companions(file, claimed) {
    if (file.path !== claimed) return [];
    const folder = folderOf(claimed);
    if (isBinary(claimed)) return [joinPath(folder, 'bun.lock')!];
    return ['.', ...workspacePaths(file.text)].flatMap(
      (path) => joinPath(folder, `${path}/package.json`) ?? [],
    );
  },
  extract(file, companion): Extraction {
    const folder = folderOf(file.path);
    if (isBinary(file.path)) return binary(file.path, companion(joinPath(folder, 'bun.lock')!) !== undefined);
    const sections = new Map<string, number>();
    let section = '';
    const { value, problems } = parseJsonObject(jsonOf(file.text), file.path, (depth, key, line) => {
      if (depth === 1) section = key;
      else sections.set(`${section}\n${key}`, line);
    });
    if (value === undefined) return nothingOf('lock', problems, true);
    const manifestAt = (path: string): PackageManifest | undefined => {
      const at = joinPath(folder, `${path}/package.json`);
      const text = at === undefined ? undefined : companion(at);
      return at === undefined || text === undefined ? undefined : readManifest(text, at);
    };
    const extraction = scrub(
      graphOf(value, file.path, (name, key) => sections.get(`${name}\n${key}`) ?? 0, manifestAt, problems),
    );
    return withOverrides(extraction, file.path, companion, ['overrides', 'resolutions']);
  },
};

const isText = (path: string): boolean => baseName(path) === 'bun.lock';
const isBinary = (path: string): boolean => baseName(path) === 'bun.lockb';

function binary(path: string, hasText: boolean): Extraction {
  return nothingOf(
    'lock',
    [
      {
        code: 'npm/binary-lockfile',
        message: hasText
          ? 'the binary lockfile of older bun is not read; bun.lock beside it is'
          : 'the binary lockfile of older bun is not read: what it locks is not known',
        at: { path },
        hint: hasText
          ? 'remove bun.lockb: bun itself reads bun.lock when both are there'
          : 'run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only`, commit bun.lock and remove bun.lockb',
        ...(hasText ? {} : { lost: true }),
      },
    ],
    true,
  );
}

function graphOf(
  lock: JsonObject,
  path: string,
  lineOf: (section: string, key: string) => number,
  manifestAt: (path: string) => PackageManifest | undefined,
  parsed: readonly Problem[],
): Extraction {
  const folder = folderOf(path);
  const problems: Problem[] = [...parsed];
  const workspaces = objectAt(lock, 'workspaces') ?? {};
  const packages = objectAt(lock, 'packages') ?? {};
  if (objectAt(lock, 'workspaces') === undefined)
    problems.push({
      code: 'npm/not-a-lockfile',
      message: 'no `workspaces`: not a bun lockfile, or cut off',
      at: { path, line: 1 },
      lost: true,
    });
  const folders = ['', ...Object.keys(workspaces).filter((key) => key !== '')];
  const manifests = folders.map((key) => manifestAt(key === '' ? '.' : key));
  const components: ExtractedComponent[] = folders.map((key, at) =>
    projectOf(key, objectAt(workspaces, key), manifests[at], folder, lineOf('workspaces', key)),
  );
  const members = new Map(folders.map((key, node) => [key, node]));
  const tree = installTree();
  const locations = folders.map(() => '');
  const installed: { entry: BunEntry; node: number }[] = [];
  for (const key of Object.keys(packages)) {
    const entry = readBunEntry(key, arrayAt(packages, key));
    if (entry === undefined) {
      problems.push({
        code: 'npm/unexpected-entry',
        message: `the entry ${key.slice(0, 80)} is not a list that starts with name@version`,
        at: { path, line: lineOf('packages', key) },
        lost: true,
      });
      continue;
    }
    const member = entry.reference.startsWith('workspace:')
      ? members.get(entry.reference.slice('workspace:'.length))
      : undefined;
    if (member !== undefined) {
      tree.place(entry.location, member);
      locations[member] ||= entry.location;
    } else if (entry.reference.startsWith('root:')) tree.place(entry.location, 0);
    else {
      const node = components.push(bunComponent(entry, lineOf('packages', key))) - 1;
      tree.place(entry.location, node);
      installed.push({ entry, node });
    }
  }

  const edges: ExtractedEdge[] = [];
  const weakEdges: number[] = [];
  const mismatches: Mismatch[] = [];
  const catalogs = catalogsOf(lock);
  const connect = (
    from: number,
    location: string,
    { name, specifier, kind, optionalPeer }: Declared,
  ): number | undefined => {
    const to = tree.resolve(location, name);
    if (to !== undefined) {
      if (optionalPeer) weakEdges.push(edges.length);
      edges.push({ from, to, kind, range: catalogs(name, specifier) });
    } else if (kind !== 'optional' && !optionalPeer && manifests[from] === undefined)
      mismatches.push({
        name,
        says: `${name} ${specifier} is asked for by ${components[from]!.name} and not locked`,
        line: components[from]!.line,
      });
    return to;
  };
  const overridden = Object.keys(objectAt(lock, 'overrides') ?? {}).map(overriddenName);
  for (const [node, key] of folders.entries()) {
    const value = objectAt(workspaces, key);
    const reached = new Map<string, number>();
    for (const declared of declaredOf(value)) {
      const to = connect(node, locations[node]!, declared);
      if (to !== undefined) reached.set(declared.name, to);
    }
    const manifest = manifests[node];
    if (manifest !== undefined && value !== undefined)
      mismatches.push(...compare(manifest, value, reached, components, overridden));
  }
  for (const { entry, node } of installed)
    for (const declared of declaredOf(entry.info)) connect(node, entry.location, declared);
  return {
    role: 'lock',
    components,
    edges,
    ...(weakEdges.length === 0 ? {} : { weakEdges }),
    edgesKnown: true,
    covers: folders.flatMap((key) => joinPath(folder, `${key || '.'}/package.json`) ?? []),
    observations: [
      ...observeOutOfStep(mismatches, 'run `bun install --lockfile-only` and commit bun.lock'),
      ...observePins(components),
    ],
    problems,
  };
}

function projectOf(
  key: string,
  value: JsonObject | undefined,
  manifest: PackageManifest | undefined,
  folder: string,
  line: number,
): ExtractedComponent {
  const isRoot = key === '';
  return {
    name: stringAt(value, 'name') ?? (manifest?.name || baseName(isRoot ? folder : key) || 'project'),
    version: stringAt(value, 'version') ?? manifest?.version ?? '',
    origin: isRoot ? 'project' : 'workspace',
    line: line === 0 ? 1 : line,
    ...(isRoot ? {} : { key }),
    ...(manifest?.licence === undefined ? {} : { licence: manifest.licence }),
  };
}

/** The dependency groups of a workspace or of an entry's info; `optionalPeers` lists names. */
function declaredOf(value: JsonObject | undefined): Declared[] {
  const optional = new Set(arrayAt(value, 'optionalPeers'));
  return declaredIn(value).map((declared) =>
    declared.kind === 'peer' && optional.has(declared.name) ? { ...declared, optionalPeer: true } : declared,
  );
}

/** `catalog:` and `catalog:name` stand for a range at the end of the lockfile. */
function catalogsOf(lock: JsonObject): (name: string, specifier: string) => string {
  const plain = objectAt(lock, 'catalog');
  const named = objectAt(lock, 'catalogs');
  return (name, specifier) => {
    if (!specifier.startsWith('catalog:')) return specifier;
    const catalog = specifier.slice('catalog:'.length).trim();
    return stringAt(catalog === '' ? plain : objectAt(named, catalog), name) ?? specifier;
  };
}

function compare(
  manifest: PackageManifest,
  value: JsonObject,
  reached: ReadonlyMap<string, number>,
  components: readonly ExtractedComponent[],
  overridden: readonly string[],
): Mismatch[] {
  return compareManifest(
    { ...manifest, overridden: new Set([...manifest.overridden, ...overridden]) },
    (name) => {
      const node = reached.get(name);
      return node === undefined ? undefined : components[node];
    },
    new Map(declaredIn(value).map(({ name, specifier }) => [name, specifier])),
  );
}

/** Keys of `workspaces`, by a search up to `packages`: a hint for which manifests to fetch. */
function workspacePaths(text: string): string[] {
  const start = text.indexOf('"workspaces"');
  const end = text.indexOf('"packages": {', start);
  if (start === -1) return [];
  const head = text.slice(start, end === -1 ? Math.min(text.length, start + 1_000_000) : end);
  return [...head.matchAll(/^ {4}"([^"\\\n]+)": \{/gm)].map((match) => match[1]!);
}
