import type { ExtractedComponent, ExtractedEdge, Extractor, Observation } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { lineAt } from '../../text/lines.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { readMixProject, type MixProject } from './mix-exs.ts';
import { keyword, readTerm, skipSpace, textOf, type Term } from './terms.ts';

/** mix.lock: an Elixir map of tuples. The layout is that of Hex's and Mix's own SCMs (`Hex.SCM`, `Mix.SCM.Git`). */
export const mixLock: Extractor = {
  id: 'hex/mix-lock',
  version: 1,
  ecosystem: 'Hex',
  title: 'Mix lockfile',
  files: ['mix.lock'],
  notes: [
    'Every locked package with its edges, checksums, and git commits as versions.',
    'mix.exs is code: direct dependencies and what they are for are taken from it only where `deps` is one literal list; otherwise, and in umbrella projects, which packages are direct is not known.',
    'Optional edges to packages that are not locked are left out.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'mix.lock',
  companions: (file, claimed) => (file.path === claimed ? [manifestPath(file.path)] : []),
  extract(file, companion) {
    const { entries, problems } = readEntries(file.text, file.path);
    const manifest = companion(manifestPath(file.path));
    const project = manifest === undefined ? undefined : readMixProject(manifest);
    const hasRoot = project?.app !== undefined && project.dependencies !== undefined;
    const components: ExtractedComponent[] = hasRoot
      ? [{ name: project.app, version: project.version, origin: 'project', line: 0 }]
      : [];
    const numbers = new Map<string, number>();
    for (const { app, component } of entries) {
      numbers.set(app, components.length);
      components.push(component);
    }
    return {
      role: 'lock',
      components,
      edges: edgesOf(entries, numbers, hasRoot ? project : undefined),
      edgesKnown: true,
      covers: manifest === undefined ? [] : [manifestPath(file.path)],
      observations: observe(numbers, hasRoot ? project : undefined),
      problems,
    };
  },
};

const manifestPath = (path: string): string => `${path.slice(0, -'lock'.length)}exs`;

interface Entry {
  readonly app: string;
  readonly component: ExtractedComponent;
  readonly dependencies: readonly Term[];
}

function readEntries(
  text: string,
  path: string,
): { readonly entries: readonly Entry[]; readonly problems: readonly Problem[] } {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const lose = (code: string, message: string, line?: number): void => {
    problems.push({ code, message, at: line === undefined ? { path } : { path, line }, lost: true });
  };
  const marker = findMergeMarker(text);
  const open = text.indexOf('%{');
  if (marker !== undefined) problems.push(mergeConflict(path, marker));
  else if (text.trim() === '') lose('file/empty', 'the file is empty; expected an Elixir map');
  else if (open === -1) lose('file/unexpected-shape', 'found no map `%{`; expected a mix.lock', 1);
  if (problems.length > 0) return { entries, problems };
  let bad = 0;
  let firstBad = 0;
  let at = open + 2;
  let line = lineAt(text, open);
  // Entries are read one by one, so that one that cannot be read costs only itself.
  for (;;) {
    ({ at, line } = skipSpace(text, text[at] === ',' ? at + 1 : at, line));
    if (at >= text.length) {
      lose('file/truncated', 'the file ends inside the map', line);
      break;
    }
    if (text[at] === '}') break;
    const found = readTerm(text, at, line);
    const entry =
      found?.term.kind === 'pair' ? readEntry(found.term.key, found.term.value, found.term.line) : undefined;
    if (entry !== undefined) entries.push(entry);
    else if (bad++ === 0) firstBad = line;
    if (found !== undefined) {
      at = found.end;
      line = found.line;
    } else {
      const next = text.indexOf('\n', at);
      at = next === -1 ? text.length : next;
    }
  }
  if (bad > 0)
    lose('hex/malformed-entry', `${bad} entr${bad === 1 ? 'y' : 'ies'} could not be read`, firstBad);
  return { entries, problems };
}

function readEntry(app: string, value: Term, line: number): Entry | undefined {
  if (value.kind !== 'tuple') return undefined;
  const [scm, second, third, inner, , dependencies, repository, outer] = value.items;
  if (textOf(scm) === 'hex') {
    const name = textOf(second);
    const version = textOf(third);
    if (name === undefined || version === undefined) return undefined;
    const hash = textOf(outer) ?? textOf(inner);
    const repo = textOf(repository) ?? 'hexpm';
    return {
      app,
      component: {
        name,
        version,
        origin: 'registry',
        line,
        ...(name === app ? {} : { alias: app }),
        ...(hash === undefined ? {} : { integrity: `sha256:${hash}` }),
        ...(repo === 'hexpm' ? {} : { source: repo }),
      },
      dependencies: dependencies?.kind === 'list' ? dependencies.items : [],
    };
  }
  if (textOf(scm) === 'git') {
    const url = textOf(second);
    const commit = textOf(third);
    if (url === undefined || commit === undefined) return undefined;
    return {
      app,
      component: {
        name: app,
        version: commit,
        origin: 'git',
        line,
        source: `${withoutCredentials(url)}#${commit}`,
      },
      dependencies: [],
    };
  }
  return undefined;
}

function edgesOf(
  entries: readonly Entry[],
  numbers: ReadonlyMap<string, number>,
  project: MixProject | undefined,
): ExtractedEdge[] {
  const edges: ExtractedEdge[] = [];
  for (const { app, requested, kind } of project?.dependencies ?? []) {
    const to = numbers.get(app);
    if (to !== undefined) edges.push({ from: 0, to, kind, range: requested });
  }
  for (const { app, dependencies } of entries)
    for (const dependency of dependencies) {
      if (dependency.kind !== 'tuple') continue;
      const [name, requirement, options] = dependency.items;
      const to = numbers.get(textOf(name) ?? '');
      if (to === undefined) continue;
      const isOptional = textOf(keyword(options, 'optional')) === 'true';
      edges.push({
        from: numbers.get(app)!,
        to,
        kind: isOptional ? 'optional' : 'prod',
        range: textOf(requirement) ?? '',
      });
    }
  return edges;
}

function observe(numbers: ReadonlyMap<string, number>, project: MixProject | undefined): Observation[] {
  const names = (project?.dependencies ?? [])
    .filter(({ app, isLocal }) => !isLocal && !numbers.has(app))
    .map(({ app }) => app)
    .sort();
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `mix.exs asks for ${names.length} package${names.length === 1 ? '' : 's'} that mix.lock does not hold: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
      hint: 'run `mix deps.get` and commit mix.lock',
      names,
    },
  ];
}
