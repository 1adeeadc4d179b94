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
import { arrayAt, objectAt, parseJsonObject, stringAt } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { examples, newDraft, projectNode, sortedUnique } from '../draft.ts';
import type { ComposerJson } from './composer-read.ts';
import { namesIn, readComposerJson } from './composer-read.ts';

const manifestOf = (path: string): string => joinPath(folderOf(path), 'composer.json')!;

/** Composer's lockfile. */
export const composerLock: Extractor = {
  id: 'packagist/composer-lock',
  version: 1,
  ecosystem: 'Packagist',
  title: 'Composer lockfiles',
  files: ['composer.lock'],
  notes:
    'Packages, licences, abandoned packages and edges, also to what replaces or provides a name. Platform requirements (`php`, `ext-*`) are left out. ' +
    'What is direct comes from the `composer.json` beside it. An empty `shasum` is normal, and Composer knows no other kind than sha1: neither is a finding. ' +
    'Composer plugins run when they are installed, and are marked so.',
  claims: (path) => /(?:^|\/)composer\.lock$/.test(path),
  companions: (file, claimed) => (file.path === claimed ? [manifestOf(claimed)] : []),
  extract(file, companion) {
    // Lines of the `name` keys, in file order, for each list.
    const lines = new Map<string, number[]>(LISTS.map((list) => [list, []]));
    let section = '';
    const { value, problems } = parseJsonObject(
      file.text,
      file.path,
      (depth, key, line) => {
        if (depth === 1) section = key;
        else if (depth === 3 && key === 'name') lines.get(section)?.push(line);
      },
      3,
    );
    const found: Problem[] = [...problems];
    if (value !== undefined && !Array.isArray(value['packages'])) {
      const message = 'expected a list `packages`, found none: is it a composer.lock?';
      found.push({ code: 'file/unexpected-shape', message, at: { path: file.path, line: 1 }, lost: true });
    }
    const entries = LISTS.flatMap((list) => entriesOf(file.path, list, value, lines.get(list) ?? [], found));
    const manifest = manifestOf(file.path);
    const text = companion(manifest);
    const json = text === undefined ? undefined : readComposerJson(text, manifest);
    return assemble(file.path, entries, manifest, json, found);
  },
};

const LISTS = ['packages', 'packages-dev'];

interface Entry {
  readonly value: JsonObject;
  readonly name: string;
  readonly line: number;
  readonly scope: Scope;
}

function entriesOf(
  path: string,
  list: string,
  value: JsonObject | undefined,
  lines: readonly number[],
  problems: Problem[],
): readonly Entry[] {
  let next = 0;
  return arrayAt(value, list).flatMap((item) => {
    const table =
      typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as JsonObject) : undefined;
    const line = table !== undefined && Object.hasOwn(table, 'name') ? (lines[next++] ?? 0) : 0;
    const name = stringAt(table, 'name');
    if (table !== undefined && name !== undefined && name !== '')
      return [
        { value: table, name, line, scope: list === 'packages' ? ('prod' as const) : ('dev' as const) },
      ];
    const message = `expected a package with a name in \`${list}\``;
    problems.push({
      code: 'packagist/entry-unread',
      message,
      at: { path, ...(line > 0 ? { line } : {}) },
      lost: true,
    });
    return [];
  });
}

/** More providers of one virtual name are no real lockfile, and edges would grow with their square. */
const MOST_PROVIDERS = 16;

function assemble(
  path: string,
  entries: readonly Entry[],
  manifest: string,
  json: ComposerJson | undefined,
  problems: readonly Problem[],
): Extraction {
  const draft = newDraft();
  const root = draft.add(projectNode(json?.name, json?.version));
  const nodes = new Map<string, number>();
  const providers = new Map<string, number[]>();
  const crowded = new Set<string>();
  const components = entries.map((entry) => componentOf(entry, path));
  const placed: number[] = Array.from({ length: entries.length }, () => 0);
  for (const own of [true, false])
    for (const [i, component] of components.entries()) {
      if ((component.origin === 'workspace') !== own) continue;
      const name = component.name.toLowerCase();
      // Composer installs one version of a name: a repeated entry says nothing new.
      const node = nodes.get(name) ?? draft.add(component);
      nodes.set(name, node);
      placed[i] = node;
    }
  for (const [i, { value }] of entries.entries())
    for (const key of ['replace', 'provide'])
      for (const { name } of namesIn(value, key)) {
        const known = providers.get(name);
        if (known === undefined) providers.set(name, [placed[i]!]);
        else if (known.length < MOST_PROVIDERS) known.push(placed[i]!);
        else crowded.add(name);
      }
  const targets = (name: string): readonly number[] => {
    const node = nodes.get(name);
    return node === undefined ? (providers.get(name) ?? []) : [node];
  };
  for (const { name, range, kind } of json?.requirements ?? [])
    for (const to of targets(name)) draft.link(root, to, kind, range);
  for (const [i, { value }] of entries.entries())
    for (const { name, range } of namesIn(value, 'require'))
      for (const to of targets(name)) draft.link(placed[i]!, to, 'prod', range);
  return {
    role: 'lock',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: true,
    covers: json === undefined ? [] : [manifest],
    observations: problems.length === 0 && json !== undefined ? outOfStep(json, targets) : [],
    problems: [...problems, ...crowdedProblems(path, crowded)],
  };
}

function crowdedProblems(path: string, crowded: ReadonlySet<string>): readonly Problem[] {
  if (crowded.size === 0) return [];
  const names = examples(sortedUnique(crowded));
  const message = `more than ${MOST_PROVIDERS} packages provide ${names}: edges to the further ones are left out`;
  return [{ code: 'packagist/too-many-providers', message, at: { path }, lost: true }];
}

function componentOf({ value, name, line, scope }: Entry, path: string): ExtractedComponent {
  const dist = objectAt(value, 'dist');
  const source = objectAt(value, 'source');
  const shasum = stringAt(dist, 'shasum') ?? '';
  const licences = arrayAt(value, 'license').filter((licence) => typeof licence === 'string');
  const deprecated = deprecationOf(value['abandoned']);
  const reference = stringAt(source, 'reference');
  const url = stringAt(source, 'url') ?? stringAt(dist, 'url');
  const type = stringAt(value, 'type');
  return {
    name,
    version: stringAt(value, 'version') ?? '',
    origin: originOf(value, source, dist, path),
    line,
    scopes: [scope],
    ...(shasum === '' ? {} : { integrity: `sha1:${shasum}` }),
    ...(url === undefined
      ? {}
      : { source: `${withoutCredentials(url)}${reference === undefined ? '' : `#${reference}`}` }),
    // Several licences in the list are alternatives: https://getcomposer.org/doc/04-schema.md#license
    ...(licences.length === 0 ? {} : { licence: licences.join(' OR ') }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(type === 'composer-plugin' || type === 'composer-installer'
      ? { hasInstallScript: true as const }
      : {}),
  };
}

/** What comes from a registry has its `notification-url`; a repository of one's own, or a fork, has not. */
function originOf(
  value: JsonObject,
  source: JsonObject | undefined,
  dist: JsonObject | undefined,
  path: string,
): Origin {
  if (stringAt(dist, 'type') === 'path')
    return joinPath(folderOf(path), stringAt(dist, 'url') ?? '/') === undefined ? 'file' : 'workspace';
  if (stringAt(value, 'notification-url') !== undefined) return 'registry';
  return dist === undefined && source !== undefined ? 'git' : 'unknown';
}

/** `true`, or the name of what to use instead. */
function deprecationOf(abandoned: unknown): string | undefined {
  if (typeof abandoned === 'string' && abandoned !== '') return `abandoned: use ${abandoned}`;
  return abandoned === true ? 'abandoned' : undefined;
}

function outOfStep(json: ComposerJson, targets: (name: string) => readonly number[]): readonly Observation[] {
  const names = sortedUnique(
    json.requirements.flatMap(({ name }) => (targets(name).length === 0 ? [name] : [])),
  );
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `composer.lock does not have what composer.json asks for: ${examples(names)}`,
      hint: 'run `composer update --lock`',
      names,
    },
  ];
}
