import type {
  ExtractedComponent,
  ExtractedEdge,
  Extractor,
  Observation,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { objectAt, parseJsonObject, stringAt, type JsonObject } from '../../text/json.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { evaluateProject, propertyFiles, type EvaluatedProject } from './evaluate.ts';

/** NuGet's lockfile. https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies */
export const packagesLock: Extractor = {
  id: 'nuget/packages-lock',
  version: 1,
  ecosystem: 'NuGet',
  title: 'NuGet lockfile',
  files: ['packages.lock.json', 'packages.*.lock.json'],
  notes: [
    'Every package of every target framework with its edges and content hash; the same version in several frameworks is one entry.',
    'The file does not name its project: a project file named as its folder is looked for beside it, and tells which references are private (development).',
  ].join('\n'),
  claims: (path) => /^packages(\.[^/]+)?\.lock\.json$/.test(baseName(path)),
  companions: (file, claimed) =>
    file.path === claimed ? [...projectPaths(file.path), ...propertyFiles(file.path)] : [],
  extract(file, companion) {
    const { path } = file;
    const lines = new Map<string, number>();
    const at: string[] = [];
    const { value, problems } = parseJsonObject(
      file.text,
      path,
      (depth, key, line) => {
        at[depth] = key;
        if (depth === 3 && at[1] === 'dependencies') lines.set(`${at[2]}\0${key}`, line);
      },
      3,
    );
    const projectPath = projectPaths(path).find((candidate) => companion(candidate) !== undefined);
    const project =
      projectPath === undefined
        ? undefined
        : evaluateProject(projectPath, companion(projectPath)!, companion);
    const graph = read(value, lines, projectNameOf(path), project, path);
    return {
      role: 'lock',
      ...graph,
      edgesKnown: true,
      covers: projectPath === undefined ? [] : [projectPath],
      problems: [...problems, ...graph.problems],
    };
  },
};

/** The folder's name, which is what a project is called unless someone said otherwise. */
const projectNameOf = (path: string): string =>
  /^packages\.(.+)\.lock\.json$/.exec(baseName(path))?.[1] ?? (baseName(folderOf(path)) || 'project');

function projectPaths(path: string): readonly string[] {
  const folder = folderOf(path);
  const name = projectNameOf(path);
  return ['csproj', 'fsproj', 'vbproj'].map((kind) => `${folder === '' ? '' : `${folder}/`}${name}.${kind}`);
}

interface Graph {
  readonly components: readonly ExtractedComponent[];
  readonly edges: readonly ExtractedEdge[];
  readonly observations: readonly Observation[];
  readonly problems: readonly Problem[];
}

function read(
  value: JsonObject | undefined,
  lines: ReadonlyMap<string, number>,
  projectName: string,
  project: EvaluatedProject | undefined,
  path: string,
): Graph {
  const frameworks = objectAt(value, 'dependencies');
  const problems: Problem[] = [];
  const lose = (code: string, message: string, line?: number): void => {
    problems.push({ code, message, at: line === undefined ? { path } : { path, line }, lost: true });
  };
  if (value === undefined) return { components: [], edges: [], observations: [], problems };
  if (frameworks === undefined)
    lose('file/unexpected-shape', 'found no "dependencies"; expected a NuGet lockfile');
  const version = value['version'];
  if (frameworks !== undefined && version !== 1 && version !== 2)
    lose(
      'nuget/unknown-version',
      `expected lockfile version 1 or 2, found ${JSON.stringify(version ?? null).slice(0, 40)}`,
    );

  const components: ExtractedComponent[] = [{ name: projectName, version: '', origin: 'project', line: 0 }];
  const numbers = new Map<string, number>();
  const edges = new Map<string, ExtractedEdge>();
  const addEdge = (from: number, to: number, kind: Scope, range: string): void => {
    const key = `${from} ${to} ${kind}`;
    if (!edges.has(key)) edges.set(key, { from, to, kind, range });
  };
  const unhashed: ExtractedComponent[] = [];
  const direct = new Set<string>();
  const privates = new Set(
    project?.packages.filter(({ isPrivate }) => isPrivate).map(({ name }) => name.toLowerCase()),
  );
  const kindOf = (name: string): Scope =>
    project?.isTest || privates.has(name.toLowerCase()) ? 'dev' : 'prod';
  const byFramework = new Map<string, Map<string, number>>();

  for (const framework of Object.keys(frameworks ?? {})) {
    const entries = objectAt(frameworks, framework);
    const nodes = new Map<string, number>();
    byFramework.set(framework, nodes);
    for (const name of Object.keys(entries ?? {})) {
      const entry = objectAt(entries, name);
      const line = lines.get(`${framework}\0${name}`) ?? 0;
      const isProject = stringAt(entry, 'type') === 'Project';
      const resolved = stringAt(entry, 'resolved') ?? '';
      if (entry === undefined || (!isProject && resolved === '')) {
        lose('nuget/malformed-package', `${name.slice(0, 60)} has no resolved version`, line);
        continue;
      }
      const key = `${name.toLowerCase()} ${isProject ? '' : resolved}`;
      let node = numbers.get(key);
      if (node === undefined) {
        node = components.length;
        numbers.set(key, node);
        const hash = stringAt(entry, 'contentHash');
        const component: ExtractedComponent = {
          name,
          version: isProject ? '' : resolved,
          origin: isProject ? 'workspace' : 'registry',
          line,
          ...(hash === undefined ? {} : { integrity: `sha512-${hash}` }),
        };
        components.push(component);
        if (!isProject && hash === undefined) unhashed.push(component);
      }
      nodes.set(name.toLowerCase(), node);
      const type = stringAt(entry, 'type');
      if (type === 'Direct') {
        direct.add(name.toLowerCase());
        addEdge(0, node, kindOf(name), stringAt(entry, 'requested') ?? '');
      } else if (isProject) addEdge(0, node, project?.isTest ? 'dev' : 'prod', '');
    }
  }

  const dangling: string[] = [];
  for (const [framework, nodes] of byFramework) {
    // `net8.0/linux-x64` holds only what differs from `net8.0`.
    const base = byFramework.get(framework.split('/', 1)[0]!);
    const entries = objectAt(frameworks, framework);
    for (const name of Object.keys(entries ?? {})) {
      const from = nodes.get(name.toLowerCase());
      const wanted = objectAt(objectAt(entries, name), 'dependencies');
      if (from === undefined) continue;
      for (const target of Object.keys(wanted ?? {})) {
        const to = nodes.get(target.toLowerCase()) ?? base?.get(target.toLowerCase());
        if (to === undefined) dangling.push(target);
        else addEdge(from, to, 'prod', stringAt(wanted, target) ?? '');
      }
    }
  }
  if (dangling.length > 0)
    lose(
      'nuget/unresolved-dependency',
      `${dangling.length} edge${dangling.length === 1 ? ' leads' : 's lead'} to no package of the file, e.g. ${dangling[0]!.slice(0, 60)}`,
    );
  return {
    components: value === undefined ? [] : components,
    edges: [...edges.values()],
    observations: [...withoutHash(unhashed), ...outOfStep(project, direct)],
    problems,
  };
}

function withoutHash(unhashed: readonly ExtractedComponent[]): Observation[] {
  if (unhashed.length === 0) return [];
  const names = [...new Set(unhashed.map(({ name }) => name))].sort();
  return [
    {
      rule: 'lockfile/no-integrity',
      message: `${names.length} package${names.length === 1 ? '' : 's'} without a content hash: ${some(names)}`,
      line: unhashed[0]!.line,
      hint: 'run `dotnet restore --force-evaluate` and commit the lockfile',
      names,
    },
  ];
}

function outOfStep(project: EvaluatedProject | undefined, direct: ReadonlySet<string>): Observation[] {
  const names = (project?.packages ?? [])
    .filter(
      ({ name, isConditional }) => !isConditional && !direct.has(name.toLowerCase()) && !name.includes('$('),
    )
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `the project asks for ${names.length} package${names.length === 1 ? '' : 's'} that the lockfile does not hold as direct: ${some(names)}`,
      hint: 'run `dotnet restore --force-evaluate` and commit the lockfile',
      names,
    },
  ];
}

const some = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
