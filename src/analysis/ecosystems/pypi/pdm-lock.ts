import type { ExtractedComponent, Extraction, Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { newDraft, projectNode } from '../draft.ts';
import { crowdedProblems, newLockIndex } from './lock-index.ts';
import { linkDeclared, unmetNames } from './declared.ts';
import { readPyproject } from './pyproject-read.ts';
import { normaliseName, parseRequirement } from './requirement.ts';
import { isDevelopmentName } from './requirements-files.ts';
import { integrity, stepObservation } from './requirements-observations.ts';
import { hashesIn, isTable, readTomlLock } from './toml-lock.ts';

const manifestOf = (path: string): string => joinPath(folderOf(path), 'pyproject.toml')!;

/** PDM's lockfiles. */
export const pdmLock: Extractor = {
  id: 'pypi/pdm-lock',
  version: 1,
  ecosystem: 'PyPI',
  title: 'PDM lockfiles',
  files: ['pdm.lock'],
  notes:
    'Lock versions 2 to 4. Entries that repeat a package for its extras are one component. What is direct, and in which group, ' +
    'comes from the `pyproject.toml` beside it; without that file, scopes come from `groups` and what is direct is unknown.',
  claims: (path) => /(?:^|\/)pdm\.lock$/.test(path),
  companions: (file, claimed) => (file.path === claimed ? [manifestOf(claimed)] : []),
  extract(file, companion): Extraction {
    const lock = readTomlLock(file.text, file.path, 'package', new Set(['files']));
    const manifest = manifestOf(file.path);
    const text = companion(manifest);
    const pyproject = text === undefined ? undefined : readPyproject(text, manifest);
    const draft = newDraft();
    const root = draft.add(projectNode(pyproject?.name, pyproject?.version));
    const crowded = new Set<string>();
    const index = newLockIndex(draft, crowded);
    const problems: Problem[] = [...lock.problems];
    const files = objectAt(objectAt(lock.rest, 'metadata'), 'files');
    const placed: { readonly node: number; readonly value: JsonObject }[] = [];
    for (const { value, line } of lock.entries) {
      const component = componentOf(value, files, line);
      if (component !== undefined) placed.push({ node: index.add(component), value });
      else {
        const message = 'expected a package with a name';
        problems.push({ code: 'pypi/entry-unread', message, at: { path: file.path, line }, lost: true });
      }
    }
    const declared = pyproject?.declared ?? [];
    linkDeclared(draft, root, index, declared);
    for (const { node, value } of placed)
      for (const text of arrayAt(value, 'dependencies')) {
        const need = typeof text === 'string' ? parseRequirement(text) : undefined;
        if (need === undefined) continue;
        for (const to of index.targets(normaliseName(need.name), need.specifier))
          draft.link(node, to, 'prod', need.specifier);
      }
    problems.push(...crowdedProblems(file.path, crowded));
    const isWhole = lock.problems.length === 0 && placed.length > 0;
    return {
      role: 'lock',
      components: draft.components,
      edges: draft.edges,
      edgesKnown: true,
      covers: pyproject === undefined ? [] : [manifest],
      observations: [
        ...integrity(draft.components),
        ...(isWhole
          ? stepObservation(
              file.path,
              manifest,
              unmetNames(draft, index, declared, pyproject?.name),
              'run `pdm lock`',
            )
          : []),
      ],
      problems,
    };
  },
};

function componentOf(
  value: JsonObject,
  files: JsonObject | undefined,
  line: number,
): ExtractedComponent | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined || name === '') return undefined;
  const version = stringAt(value, 'version') ?? '';
  const git = stringAt(value, 'git') ?? stringAt(value, 'hg') ?? stringAt(value, 'svn');
  const url = stringAt(value, 'url');
  const path = stringAt(value, 'path');
  const revision = stringAt(value, 'revision') ?? stringAt(value, 'ref');
  const place = git === undefined ? (url ?? path) : `${git}${revision === undefined ? '' : `#${revision}`}`;
  const hashes = hashesIn(value['files']) ?? oldHashes(files, `${name} ${version}`);
  const scopes = scopesOf(arrayAt(value, 'groups'));
  return {
    name,
    version,
    origin: git !== undefined ? 'git' : url !== undefined ? 'url' : path !== undefined ? 'file' : 'registry',
    line,
    ...(place === undefined ? {} : { source: withoutCredentials(place) }),
    ...(hashes === undefined ? {} : { integrity: hashes }),
    ...(scopes.length === 0 ? {} : { scopes }),
  };
}

/** Lock versions before 4.4 keep `[metadata.files]` by `name version`. */
function oldHashes(files: JsonObject | undefined, key: string): string | undefined {
  const hashes = arrayAt(files, key).flatMap((file) => (isTable(file) ? (stringAt(file, 'hash') ?? []) : []));
  return hashes.length === 0 ? undefined : hashes.join(' ');
}

/** A group is an extra or for development, and the lockfile does not say which: its name may. */
function scopesOf(groups: readonly unknown[]): readonly Scope[] {
  const scopes: Scope[] = [];
  if (groups.includes('default')) scopes.push('prod');
  const others = groups.filter((group) => typeof group === 'string' && group !== 'default') as string[];
  if (others.some(isDevelopmentName)) scopes.push('dev');
  if (others.some((group) => !isDevelopmentName(group))) scopes.push('optional');
  return scopes;
}
