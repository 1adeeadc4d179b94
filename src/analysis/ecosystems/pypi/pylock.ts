import type { ExtractedComponent, Extraction, Extractor, Origin, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { newDraft, projectNode } from '../draft.ts';
import { linkDeclared } from './declared.ts';
import { crowdedProblems, newLockIndex } from './lock-index.ts';
import { readPyproject } from './pyproject-read.ts';
import { normaliseName } from './requirement.ts';
import { integrity } from './requirements-observations.ts';
import { isTable, readTomlLock } from './toml-lock.ts';

const manifestOf = (path: string): string => joinPath(folderOf(path), 'pyproject.toml')!;

/** The lockfile format that Python tools share, PEP 751. https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export const pylock: Extractor = {
  id: 'pypi/pylock',
  version: 1,
  ecosystem: 'PyPI',
  title: 'pylock.toml',
  files: ['pylock.toml', 'pylock.*.toml'],
  notes:
    'Edges are known when the tool that wrote it kept the optional `dependencies`. Entries whose marker asks for a dependency group ' +
    'are for development, for an extra optional. What is direct comes from the `pyproject.toml` beside it.',
  claims: (path) => /(?:^|\/)pylock(?:\.[^./]+)?\.toml$/.test(path),
  companions: (file, claimed) => (file.path === claimed ? [manifestOf(claimed)] : []),
  extract(file, companion): Extraction {
    const lock = readTomlLock(file.text, file.path, 'packages', new Set(['sdist', 'wheels']));
    const manifest = manifestOf(file.path);
    const text = companion(manifest);
    const pyproject = text === undefined ? undefined : readPyproject(text, manifest);
    const draft = newDraft();
    const root = draft.add(projectNode(pyproject?.name, pyproject?.version));
    const crowded = new Set<string>();
    const index = newLockIndex(draft, crowded);
    const problems: Problem[] = [...lock.problems];
    const placed: { readonly node: number; readonly value: JsonObject }[] = [];
    for (const { value, line } of lock.entries) {
      const component = componentOf(file.path, value, line);
      // A directory that is the project itself is the root.
      if (component?.origin === 'project') placed.push({ node: root, value });
      else if (component !== undefined) placed.push({ node: index.add(component), value });
      else {
        const message = 'expected a package with a name';
        problems.push({ code: 'pypi/entry-unread', message, at: { path: file.path, line }, lost: true });
      }
    }
    linkDeclared(draft, root, index, pyproject?.declared ?? []);
    let edgesKnown = false;
    for (const { node, value } of placed)
      for (const need of arrayAt(value, 'dependencies')) {
        if (!isTable(need)) continue;
        edgesKnown = true;
        const version = stringAt(need, 'version');
        for (const to of index.targets(
          normaliseName(stringAt(need, 'name') ?? ''),
          version === undefined ? '' : `==${version}`,
        ))
          draft.link(node, to, 'prod', '');
      }
    problems.push(...crowdedProblems(file.path, crowded));
    return {
      role: 'lock',
      components: draft.components,
      edges: draft.edges,
      edgesKnown,
      covers: pyproject === undefined ? [] : [manifest],
      observations: integrity(draft.components),
      problems,
    };
  },
};

function componentOf(path: string, value: JsonObject, line: number): ExtractedComponent | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined || name === '') return undefined;
  const vcs = objectAt(value, 'vcs');
  const directory = objectAt(value, 'directory');
  const archive = objectAt(value, 'archive');
  const commit = stringAt(vcs, 'commit-id') ?? stringAt(vcs, 'requested-revision');
  const location = (table: JsonObject | undefined): string | undefined =>
    stringAt(table, 'url') ?? stringAt(table, 'path');
  const source = location(vcs) ?? location(directory) ?? location(archive);
  const hashes = [
    ...hashTables(value['sdist']),
    ...hashTables(value['wheels']),
    ...hashesOf(objectAt(archive, 'hashes')),
  ];
  const isSelf =
    directory !== undefined && joinPath(folderOf(path), location(directory) ?? '..') === folderOf(path);
  const scopes = scopesOf(stringAt(value, 'marker') ?? '');
  return {
    name,
    version: stringAt(value, 'version') ?? commit ?? '',
    origin: isSelf ? 'project' : originOf(vcs, directory, archive),
    line,
    ...(source === undefined
      ? {}
      : {
          source: `${withoutCredentials(source)}${vcs !== undefined && commit !== undefined ? `#${commit}` : ''}`,
        }),
    ...(hashes.length === 0 ? {} : { integrity: [...new Set(hashes)].join(' ') }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

function originOf(vcs: unknown, directory: unknown, archive: JsonObject | undefined): Origin {
  if (vcs !== undefined) return 'git';
  if (directory !== undefined) return 'file';
  if (archive === undefined) return 'registry';
  return stringAt(archive, 'url') === undefined ? 'file' : 'url';
}

/** `hashes = {sha256 = "…"}` in the source text of `sdist` and `wheels`, or in tables of their own. */
function hashTables(value: unknown): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((one) => (isTable(one) ? hashesOf(objectAt(one, 'hashes')) : []));
  if (isTable(value)) return hashesOf(objectAt(value, 'hashes'));
  if (typeof value !== 'string') return [];
  const found: string[] = [];
  for (let at = value.indexOf('hashes'); at !== -1; at = value.indexOf('hashes', at + 6)) {
    // The table follows its key at once: a file's name may hold the word too.
    let open = at + 6;
    while (value[open] === ' ' || value[open] === '=') open++;
    if (value[open] !== '{') continue;
    const close = value.indexOf('}', open);
    if (close === -1) break;
    for (const pair of value.slice(open + 1, close).split(',')) {
      const [key = '', hash = ''] = pair.split('=');
      const bare = hash.trim().replaceAll(/["']/g, '');
      if (bare !== '') found.push(`${key.trim()}:${bare}`);
    }
    at = close;
  }
  return found;
}

function hashesOf(table: JsonObject | undefined): readonly string[] {
  return Object.keys(table ?? {}).flatMap((key) => {
    const hash = stringAt(table, key);
    return hash === undefined ? [] : [`${key}:${hash}`];
  });
}

/** PEP 751 markers: `'dev' in dependency_groups`, `'x' in extras`. One that allows another way in is production too. */
function scopesOf(marker: string): readonly Scope[] | undefined {
  const scopes: Scope[] = [];
  if (/\bin dependency_groups\b/.test(marker)) scopes.push('dev');
  if (/\bin extras\b/.test(marker)) scopes.push('optional');
  return scopes.length === 0 ? undefined : scopes;
}
