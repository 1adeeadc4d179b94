import type {
  ExtractedComponent,
  Extraction,
  Extractor,
  Observation,
  Origin,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { newDraft, projectNode, sortedUnique } from '../draft.ts';
import { unmetNames } from './declared.ts';
import type { LockIndex } from './lock-index.ts';
import { crowdedProblems, newLockIndex } from './lock-index.ts';
import type { Declared } from './pyproject-read.ts';
import { readPyproject } from './pyproject-read.ts';
import { normaliseName } from './requirement.ts';
import { integrity, stepObservation } from './requirements-observations.ts';
import type { TomlLock } from './toml-lock.ts';
import { hashesIn, isTable, readTomlLock } from './toml-lock.ts';

/** uv's lockfiles, of projects, workspaces and scripts. */
export const uvLock: Extractor = {
  id: 'pypi/uv-lock',
  version: 2,
  ecosystem: 'PyPI',
  title: 'uv lockfiles',
  files: ['uv.lock', '*.py.lock'],
  notes:
    'Projects and workspace members with what they ask for, and the ranges of their metadata; `dev-dependencies` are development, ' +
    'extras are optional unless something asks for them. Several versions of one name, locked for different environments, are all listed. ' +
    'Compared with the `pyproject.toml` of each member.',
  claims: (path) => /(?:^|\/)uv\.lock$|\.py\.lock$/.test(path),
  companions: (file, claimed) =>
    file.path === claimed ? manifestsOf(claimed, read(file.text, claimed)).map((found) => found.path) : [],
  extract: (file, companion) => assemble(file.path, read(file.text, file.path), companion),
};

/** Before version 1 was final the list was called `distribution`. */
function read(text: string, path: string): TomlLock {
  const raw = new Set(['sdist', 'wheels', 'resolution-markers']);
  const isOld = text.includes('\n[[distribution]]') && !text.includes('\n[[package]]');
  return readTomlLock(text, path, isOld ? 'distribution' : 'package', raw);
}

/** Path inside the tree of an entry that is a project of the repository. */
function ownPath(value: JsonObject, path: string): string | undefined {
  const source = objectAt(value, 'source');
  const place = stringAt(source, 'virtual') ?? stringAt(source, 'editable');
  return place === undefined ? undefined : joinPath(folderOf(path), place);
}

const membersIn = (lock: TomlLock): ReadonlySet<unknown> =>
  new Set(arrayAt(objectAt(lock.rest, 'manifest'), 'members'));

interface Own {
  readonly path: string;
  readonly origin: Origin;
  readonly value: JsonObject;
}

function manifestsOf(path: string, lock: TomlLock): readonly Own[] {
  const members = membersIn(lock);
  return lock.entries.flatMap(({ value }) => {
    const own = ownPath(value, path);
    if (own === undefined) return [];
    const origin = originOf(path, value, objectAt(value, 'source'), stringAt(value, 'name') ?? '', members);
    return [{ path: own === '' ? 'pyproject.toml' : `${own}/pyproject.toml`, origin, value }];
  });
}

function assemble(path: string, lock: TomlLock, companion: (path: string) => string | undefined): Extraction {
  const draft = newDraft();
  const crowded = new Set<string>();
  const index = newLockIndex(draft, crowded);
  const problems: Problem[] = [...lock.problems];
  const members = membersIn(lock);
  const components = lock.entries.map(({ value, line }) => componentOf(path, value, line, members));
  // Scripts and workspaces without a project of their own ask through the manifest.
  const isNameless = !components.some((found) => found?.origin === 'project');
  if (isNameless) draft.add(projectNode());
  const placed: { readonly node: number; readonly value: JsonObject }[] = [];
  for (const own of [true, false])
    for (const [i, component] of components.entries()) {
      const { value, line } = lock.entries[i]!;
      if (component === undefined) {
        if (own) problems.push(nameless(path, line));
      } else if (isOwn(component.origin) === own) placed.push({ node: index.add(component), value });
    }
  const asked = askedExtras(placed.map(({ value }) => value));
  for (const { node, value } of placed) {
    const component = draft.components[node]!;
    const ranges = isOwn(component.origin) ? declaredRanges(value) : undefined;
    const connect = (items: readonly unknown[], kind: Scope): void => {
      for (const item of items)
        for (const { to, name } of targetsOf(index, draft.components, item))
          draft.link(node, to, kind, ranges?.get(name) ?? '');
    };
    connect(arrayAt(value, 'dependencies'), 'prod');
    const extras = objectAt(value, 'optional-dependencies');
    const active = asked.get(normaliseName(component.name));
    for (const extra of Object.keys(extras ?? {}))
      connect(arrayAt(extras, extra), active?.has(extra) && !isOwn(component.origin) ? 'prod' : 'optional');
    const groups = objectAt(value, 'dev-dependencies');
    for (const group of Object.keys(groups ?? {})) connect(arrayAt(groups, group), 'dev');
  }
  if (isNameless)
    linkManifest(lock, (item, kind) => {
      for (const { to } of targetsOf(index, draft.components, item))
        draft.link(0, to, kind, isTable(item) ? (stringAt(item, 'specifier') ?? '') : '');
    });
  problems.push(...crowdedProblems(path, crowded));
  const manifests = manifestsOf(path, lock);
  return {
    role: 'lock',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: true,
    covers: sortedUnique(
      manifests.map((found) => found.path).filter((found) => companion(found) !== undefined),
    ),
    observations: [
      ...integrity(draft.components),
      ...(lock.problems.length === 0
        ? outOfStep(path, manifests, companion, (declared, project) =>
            unmetNames(draft, index, declared, project),
          )
        : []),
    ],
    problems,
  };
}

const isOwn = (origin: Origin): boolean => origin === 'project' || origin === 'workspace';

function componentOf(
  path: string,
  value: JsonObject,
  line: number,
  members: ReadonlySet<unknown>,
): ExtractedComponent | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined || name === '') return undefined;
  const source = objectAt(value, 'source');
  const origin = originOf(path, value, source, name, members);
  const place =
    stringAt(source, 'git') ??
    stringAt(source, 'url') ??
    stringAt(source, 'path') ??
    stringAt(source, 'directory') ??
    stringAt(source, 'editable') ??
    stringAt(source, 'virtual');
  const hashes = [hashesIn(value['sdist']), hashesIn(value['wheels'])].filter((found) => found !== undefined);
  return {
    name,
    version: stringAt(value, 'version') ?? '',
    origin,
    line,
    ...(place === undefined ? {} : { source: withoutCredentials(place) }),
    ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
  };
}

function originOf(
  path: string,
  value: JsonObject,
  source: JsonObject | undefined,
  name: string,
  members: ReadonlySet<unknown>,
): Origin {
  if (stringAt(source, 'git') !== undefined) return 'git';
  if (stringAt(source, 'url') !== undefined) return 'url';
  if (stringAt(source, 'path') !== undefined || stringAt(source, 'directory') !== undefined) return 'file';
  if (stringAt(source, 'virtual') === undefined && stringAt(source, 'editable') === undefined)
    return 'registry';
  const own = ownPath(value, path);
  if (own === folderOf(path)) return 'project';
  return own !== undefined && members.has(name) ? 'workspace' : 'file';
}

function nameless(path: string, line: number): Problem {
  return {
    code: 'pypi/entry-unread',
    message: 'expected a package with a name',
    at: { path, line },
    lost: true,
  };
}

/** The entries that `{ name, version, source }` means: the version is only written where the name alone does not tell. */
function targetsOf(
  index: LockIndex,
  components: readonly ExtractedComponent[],
  item: unknown,
): readonly { readonly to: number; readonly name: string }[] {
  const name = isTable(item) ? normaliseName(stringAt(item, 'name') ?? '') : '';
  const version = isTable(item) ? stringAt(item, 'version') : undefined;
  const all = index.all(name);
  const same = version === undefined ? all : all.filter((node) => components[node]!.version === version);
  return same.map((to) => ({ to, name }));
}

/** Extras by normalised name that some entry asks for. */
function askedExtras(values: readonly JsonObject[]): ReadonlyMap<string, ReadonlySet<unknown>> {
  const asked = new Map<string, Set<unknown>>();
  const visit = (items: readonly unknown[]): void => {
    for (const item of items) {
      if (!isTable(item)) continue;
      const extras = arrayAt(item, 'extra');
      if (extras.length === 0) continue;
      const name = normaliseName(stringAt(item, 'name') ?? '');
      const set = asked.get(name) ?? new Set();
      for (const extra of extras) set.add(extra);
      asked.set(name, set);
    }
  };
  for (const value of values) {
    visit(arrayAt(value, 'dependencies'));
    for (const key of ['optional-dependencies', 'dev-dependencies']) {
      const table = objectAt(value, key);
      for (const group of Object.keys(table ?? {})) visit(arrayAt(table, group));
    }
  }
  return asked;
}

/** Specifiers of `[package.metadata]` by normalised name; the first of several wins. */
function declaredRanges(value: JsonObject): ReadonlyMap<string, string> {
  const ranges = new Map<string, string>();
  for (const item of declaredItems(value)) {
    const name = normaliseName(stringAt(item, 'name') ?? '');
    if (!ranges.has(name)) ranges.set(name, stringAt(item, 'specifier') ?? '');
  }
  return ranges;
}

function declaredItems(value: JsonObject): readonly JsonObject[] {
  const metadata = objectAt(value, 'metadata');
  const groups = objectAt(metadata, 'requires-dev');
  const lists = [
    arrayAt(metadata, 'requires-dist'),
    ...Object.keys(groups ?? {}).map((group) => arrayAt(groups, group)),
  ];
  return lists.flat().filter(isTable);
}

function linkManifest(lock: TomlLock, link: (item: unknown, kind: Scope) => void): void {
  const manifest = objectAt(lock.rest, 'manifest');
  for (const item of arrayAt(manifest, 'requirements')) link(item, 'prod');
  const groups = objectAt(manifest, 'dependency-groups');
  for (const group of Object.keys(groups ?? {})) for (const item of arrayAt(groups, group)) link(item, 'dev');
}

/** What a pyproject.toml declares and the lock's copy of its metadata does not name, or no locked version meets. */
function outOfStep(
  path: string,
  manifests: readonly Own[],
  companion: (path: string) => string | undefined,
  unmet: (declared: readonly Declared[], project: string) => readonly string[],
): readonly Observation[] {
  return manifests.flatMap((own) => {
    const text = companion(own.path);
    const metadata = objectAt(own.value, 'metadata');
    if (text === undefined || metadata === undefined) return [];
    const known = new Set(
      declaredItems(own.value).map((item) => normaliseName(stringAt(item, 'name') ?? '')),
    );
    const name = normaliseName(stringAt(own.value, 'name') ?? '');
    // Of a project outside the workspace uv locks what it needs, not its groups nor extras that nobody asks for.
    const isMember = isOwn(own.origin);
    const declared = readPyproject(text, own.path).declared.filter(({ kind }) => isMember || kind === 'prod');
    const missing = declared.flatMap((one) => {
      const wanted = normaliseName(one.name);
      // An extra may name its own project, to collect other extras.
      return one.kind === 'build' || wanted === name || known.has(wanted) ? [] : [wanted];
    });
    return stepObservation(
      baseName(path),
      own.path,
      sortedUnique([...missing, ...unmet(declared, name)]),
      'run `uv lock`',
    );
  });
}
