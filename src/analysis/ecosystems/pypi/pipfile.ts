import type { ExtractedComponent, Extraction, Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, parseJsonObject, stringAt } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { parseToml } from '../../text/toml.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { newDraft, projectNode } from '../draft.ts';
import { linkDeclared, unmetNames } from './declared.ts';
import { newLockIndex } from './lock-index.ts';
import { manifestExtraction } from './manifest.ts';
import type { Declared } from './pyproject-read.ts';
import { exactVersion, normaliseName, normaliseSpecifier, readReference } from './requirement.ts';
import { integrity, stepObservation } from './requirements-observations.ts';
import { isTable } from './toml-lock.ts';

const manifestOf = (path: string): string => joinPath(folderOf(path), 'Pipfile')!;

/** pipenv's lockfile. https://pipenv.pypa.io/en/latest/pipfile.html */
export const pipfileLock: Extractor = {
  id: 'pypi/pipfile-lock',
  version: 1,
  ecosystem: 'PyPI',
  title: 'Pipenv lockfiles',
  files: ['Pipfile.lock'],
  notes:
    'The format does not keep who asks for whom: edges are unknown. What is direct comes from the Pipfile beside it. ' +
    '`default` is for production; `develop` and categories of other names are for development.',
  claims: (path) => /(?:^|\/)Pipfile\.lock$/.test(path),
  companions: (file, claimed) => (file.path === claimed ? [manifestOf(claimed)] : []),
  extract(file, companion): Extraction {
    const lines = new Map<string, number>();
    let section = '';
    const { value, problems: found } = parseJsonObject(file.text, file.path, (depth, key, line) => {
      if (depth === 1) section = key;
      else if (!lines.has(`${section}\0${key}`)) lines.set(`${section}\0${key}`, line);
    });
    const problems: Problem[] = [...found];
    if (
      value !== undefined &&
      objectAt(value, 'default') === undefined &&
      objectAt(value, 'develop') === undefined
    ) {
      const message = 'expected `default` and `develop`, found neither: is it a Pipfile.lock?';
      problems.push({ code: 'file/unexpected-shape', message, at: { path: file.path, line: 1 }, lost: true });
    }
    const draft = newDraft();
    const root = draft.add(projectNode());
    const index = newLockIndex(draft, new Set());
    for (const category of Object.keys(value ?? {})) {
      if (category === '_meta') continue;
      const entries = objectAt(value, category);
      for (const name of Object.keys(entries ?? {}))
        index.add(
          componentOf(name, entries![name], kindOf(category), lines.get(`${category}\0${name}`) ?? 0),
        );
    }
    const manifest = manifestOf(file.path);
    const text = companion(manifest);
    const declared = text === undefined ? [] : readPipfile(text, manifest).declared;
    linkDeclared(draft, root, index, declared);
    const isWhole = problems.length === 0 && draft.components.length > 1;
    return {
      role: 'lock',
      components: withAllScopes(draft.components, value),
      edges: draft.edges,
      edgesKnown: false,
      covers: text === undefined ? [] : [manifest],
      observations: [
        ...integrity(draft.components),
        ...(isWhole
          ? stepObservation(file.path, manifest, unmetNames(draft, index, declared, ''), 'run `pipenv lock`')
          : []),
      ],
      problems,
    };
  },
};

/** A Pipfile that no lockfile covers. */
export const pipfile: Extractor = {
  id: 'pypi/pipfile',
  version: 1,
  ecosystem: 'PyPI',
  title: 'Pipfiles',
  files: ['Pipfile'],
  notes: 'Packages of every category with their ranges. Only used when no Pipfile.lock covers the file.',
  claims: (path) => /(?:^|\/)Pipfile$/.test(path),
  extract(file) {
    const { declared, problems } = readPipfile(file.text, file.path);
    return manifestExtraction({ name: '', version: '', declared, problems });
  },
};

const kindOf = (category: string): Scope =>
  category === 'default' || category === 'packages' ? 'prod' : 'dev';

function componentOf(name: string, entry: unknown, scope: Scope, line: number): ExtractedComponent {
  const value = isTable(entry) ? entry : {};
  const git = stringAt(value, 'git') ?? stringAt(value, 'hg') ?? stringAt(value, 'svn');
  const url = stringAt(value, 'file') ?? stringAt(value, 'path');
  const reference = stringAt(value, 'ref');
  const hashes = arrayAt(value, 'hashes').filter((hash) => typeof hash === 'string');
  const stated = typeof entry === 'string' ? entry : (stringAt(value, 'version') ?? '');
  const version = exactVersion(normaliseSpecifier(stated) ?? '');
  const source = git === undefined ? url : `${git}${reference === undefined ? '' : `#${reference}`}`;
  return {
    name,
    version: version || (git === undefined ? '' : (reference ?? '')),
    ...(version === '' && source === undefined ? { requested: stated } : {}),
    origin: git !== undefined ? 'git' : url === undefined ? 'registry' : readReference(url).origin,
    line,
    scopes: [scope],
    ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
    ...(source === undefined ? {} : { source: withoutCredentials(source) }),
  };
}

/** A package that production and development both have is one component with both scopes. */
function withAllScopes(
  components: readonly ExtractedComponent[],
  value: JsonObject | undefined,
): readonly ExtractedComponent[] {
  const development = objectAt(value, 'develop');
  const both = new Set(Object.keys(development ?? {}).map(normaliseName));
  return components.map((found) =>
    found.scopes?.[0] === 'prod' && both.has(normaliseName(found.name))
      ? { ...found, scopes: ['prod', 'dev'] }
      : found,
  );
}

/** What a Pipfile declares. */
function readPipfile(
  text: string,
  path: string,
): { readonly declared: readonly Declared[]; readonly problems: readonly Problem[] } {
  const document = parseToml(text, path);
  const declared: Declared[] = [];
  const problems: Problem[] = document.problems.filter((problem) => problem.code !== 'file/empty');
  for (const category of Object.keys(document.value ?? {})) {
    if (['source', 'requires', 'scripts', 'pipenv'].includes(category)) continue;
    const table = objectAt(document.value, category);
    for (const name of Object.keys(table ?? {})) {
      const given = table![name];
      const line = document.lineOf(category, name);
      const one =
        typeof given === 'string' || isTable(given)
          ? pipfileDependency(name, given, kindOf(category), line)
          : undefined;
      if (one !== undefined) declared.push(one);
      else {
        const message = `expected a version or a table for ${name}`;
        problems.push({ code: 'pypi/requirement-unread', message, at: { path, line }, lost: true });
      }
    }
  }
  return { declared, problems };
}

function pipfileDependency(name: string, given: string | JsonObject, kind: Scope, line: number): Declared {
  const table: JsonObject = typeof given === 'string' ? { version: given } : given;
  const version = stringAt(table, 'version') ?? '';
  const git = stringAt(table, 'git');
  const reference = stringAt(table, 'ref');
  const url =
    git === undefined
      ? (stringAt(table, 'file') ?? stringAt(table, 'path'))
      : `git+${git}${reference === undefined ? '' : `@${reference}`}`;
  const conditions = [
    'markers',
    'sys_platform',
    'platform_system',
    'os_name',
    'python_version',
    'platform_machine',
  ];
  return {
    name,
    range: version === '*' ? '' : version,
    ...(url === undefined ? {} : { url }),
    extras: arrayAt(table, 'extras').filter((extra) => typeof extra === 'string'),
    kind,
    isConditional: conditions.some((key) => Object.hasOwn(table, key)),
    line,
  };
}
