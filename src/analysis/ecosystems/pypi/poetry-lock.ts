import type { ExtractedComponent, Extraction, Extractor, Origin, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { newDraft, projectNode } from '../draft.ts';
import { linkDeclared, unmetNames } from './declared.ts';
import type { Declared, Pyproject } from './pyproject-read.ts';
import { poetrySpecifier, readPyproject } from './pyproject-read.ts';
import { normaliseName } from './requirement.ts';
import { crowdedProblems, newLockIndex } from './lock-index.ts';
import { integrity, stepObservation } from './requirements-observations.ts';
import type { TomlLock } from './toml-lock.ts';
import { hashesIn, isTable, readTomlLock } from './toml-lock.ts';

const manifestOf = (path: string): string => joinPath(folderOf(path), 'pyproject.toml')!;

/** poetry.lock of every lock version, with the pyproject.toml beside it for what is direct. */
export const poetryLock: Extractor = {
  id: 'pypi/poetry-lock',
  version: 1,
  ecosystem: 'PyPI',
  title: 'Poetry lockfiles',
  files: ['poetry.lock'],
  notes:
    'Lock versions 0.x to 2.x. What is direct, and in which group, comes from the `pyproject.toml` beside it; ' +
    'without that file, scopes come from `groups` (2.1) or `category` (1.x) and what is direct is unknown. ' +
    'Groups other than `main` are development. A dependency behind an extra is optional unless something asks for the extra.',
  claims: (path) => /(?:^|\/)poetry\.lock$/.test(path),
  companions: (file, claimed) => (file.path === claimed ? [manifestOf(claimed)] : []),
  extract(file, companion) {
    const lock = readTomlLock(file.text, file.path, 'package', new Set(['files']));
    const manifest = manifestOf(file.path);
    const text = companion(manifest);
    return assemble(
      file.path,
      lock,
      manifest,
      text === undefined ? undefined : readPyproject(text, manifest),
    );
  },
};

function assemble(
  path: string,
  lock: TomlLock,
  manifest: string,
  pyproject: Pyproject | undefined,
): Extraction {
  const draft = newDraft();
  const root = draft.add(projectNode(pyproject?.name, pyproject?.version));
  const problems: Problem[] = [...lock.problems];
  const crowded = new Set<string>();
  const index = newLockIndex(draft, crowded);
  const metadata = objectAt(lock.rest, 'metadata');
  const placed: { readonly node: number; readonly value: JsonObject }[] = [];
  for (const { value, line } of lock.entries) {
    const component = componentOf(value, metadata, line);
    if (component === undefined) {
      problems.push({
        code: 'pypi/entry-unread',
        message: 'expected a package with a name',
        at: { path, line },
        lost: true,
      });
      continue;
    }
    const node = index.add(component);
    placed.push({ node, value });
  }
  const declared = pyproject?.declared ?? [];
  const asked = askedExtras(declared, placed);
  linkDeclared(draft, root, index, declared);
  for (const { node, value } of placed) {
    const extras = activeDependencies(value, asked.get(normaliseName(draft.components[node]!.name)));
    for (const { name, constraint } of dependenciesOf(value)) {
      const isOptional = constraint['optional'] === true && !extras.has(name);
      const specifier = poetrySpecifier(stringAt(constraint, 'version') ?? '');
      for (const to of index.targets(name, specifier))
        draft.link(node, to, isOptional ? 'optional' : 'prod', specifier);
    }
  }
  problems.push(...crowdedProblems(path, crowded));
  const hasPackages = draft.components.length > 1;
  return {
    role: 'lock',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: true,
    covers: pyproject === undefined ? [] : [manifest],
    observations: [
      ...integrity(draft.components),
      ...(hasPackages && lock.problems.length === 0
        ? stepObservation(
            path,
            manifest,
            unmetNames(draft, index, declared, pyproject?.name),
            'run `poetry lock`',
          )
        : []),
    ],
    problems,
  };
}

function componentOf(
  value: JsonObject,
  metadata: JsonObject | undefined,
  line: number,
): ExtractedComponent | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined || name === '') return undefined;
  const source = objectAt(value, 'source');
  const origin = originOf(stringAt(source, 'type'));
  const url = stringAt(source, 'url');
  const reference = stringAt(source, 'resolved_reference') ?? stringAt(source, 'reference');
  const hashes = hashesIn(value['files']) ?? oldHashes(metadata, name);
  return {
    name,
    version: stringAt(value, 'version') ?? '',
    origin,
    line,
    scopes: scopesOf(value),
    ...(hashes === undefined ? {} : { integrity: hashes }),
    ...(url === undefined || origin === 'registry'
      ? {}
      : {
          source: `${withoutCredentials(url)}${origin === 'git' && reference !== undefined ? `#${reference}` : ''}`,
        }),
  };
}

/** `legacy` is a package index other than the default: a registry all the same. */
function originOf(type: string | undefined): Origin {
  if (type === 'git') return 'git';
  if (type === 'url') return 'url';
  return type === 'directory' || type === 'file' ? 'file' : 'registry';
}

/** Lock version 1.0 and 1.1 keep `{file, hash}` lists in `[metadata.files]`; older ones bare sha256 in `[metadata.hashes]`. */
function oldHashes(metadata: JsonObject | undefined, name: string): string | undefined {
  const files = arrayAt(objectAt(metadata, 'files'), name).flatMap((file) =>
    isTable(file) ? (stringAt(file, 'hash') ?? []) : [],
  );
  if (files.length > 0) return files.join(' ');
  const hashes = arrayAt(objectAt(metadata, 'hashes'), name).filter((hash) => typeof hash === 'string');
  return hashes.length === 0 ? undefined : hashes.map((hash) => `sha256:${hash}`).join(' ');
}

/** What the entry itself says: `groups` since lock version 2.1, `category` before 2.0, nothing in between. */
function scopesOf(value: JsonObject): readonly Scope[] {
  const groups = arrayAt(value, 'groups');
  const isDev = groups.length > 0 ? !groups.includes('main') : stringAt(value, 'category') === 'dev';
  const isBoth = groups.length > 1 && groups.includes('main');
  if (isDev) return ['dev'];
  const main: Scope = value['optional'] === true ? 'optional' : 'prod';
  return isBoth ? ([main, 'dev'].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)) as Scope[]) : [main];
}

const ORDER: readonly string[] = ['prod', 'dev', 'optional'];

interface Dependency {
  /** Normalised. */
  readonly name: string;
  readonly constraint: JsonObject;
}

function dependenciesOf(value: JsonObject): Dependency[] {
  const table = objectAt(value, 'dependencies');
  return Object.keys(table ?? {}).flatMap((name) => {
    const given = table![name];
    const constraints: readonly unknown[] = Array.isArray(given) ? given : [given];
    return constraints.map((constraint) => ({
      name: normaliseName(name),
      constraint: isTable(constraint)
        ? constraint
        : { version: typeof constraint === 'string' ? constraint : '' },
    }));
  });
}

/** Extras that something in the lockfile or the manifest asks for, by normalised name. */
function askedExtras(
  declared: readonly Declared[],
  placed: readonly { readonly value: JsonObject }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  const ask = (name: string, extras: readonly unknown[]): void => {
    if (extras.length === 0) return;
    const set = asked.get(name) ?? new Set<string>();
    for (const extra of extras) if (typeof extra === 'string') set.add(normaliseName(extra));
    asked.set(name, set);
  };
  for (const one of declared) ask(normaliseName(one.name), one.extras);
  for (const { value } of placed)
    for (const { name, constraint } of dependenciesOf(value)) ask(name, arrayAt(constraint, 'extras'));
  return asked;
}

/** Names that the asked-for extras of one package bring in. `[package.extras]` lists requirements by extra. */
function activeDependencies(value: JsonObject, asked: ReadonlySet<string> | undefined): ReadonlySet<string> {
  const active = new Set<string>();
  const extras = objectAt(value, 'extras');
  if (asked === undefined || extras === undefined) return active;
  for (const extra of Object.keys(extras))
    if (asked.has(normaliseName(extra)))
      for (const requirement of arrayAt(extras, extra)) {
        const name = typeof requirement === 'string' ? /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] : undefined;
        if (name !== undefined) active.add(normaliseName(name));
      }
  return active;
}
