import type { ExtractedComponent, Extraction, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { readYamlMap, type YamlMap, type YamlNode, yamlAt, yamlItems, yamlText } from '../../text/yaml.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { nothingOf } from '../draft.ts';

/** A chart that another one names. */
export interface ChartDependency {
  readonly name: string;
  /** Exact in a lock; a constraint (possibly exact) in a manifest; `''` when absent. */
  readonly version: string;
  /** As written, `''` when absent: the chart then lies in `charts/`. */
  readonly repository: string;
  readonly alias: string | undefined;
  readonly line: number;
}

/** Chart manifests: `Chart.yaml`, and `requirements.yaml` beside it for charts of Helm 2. https://helm.sh/docs/topics/charts/ */
export const chart: Extractor = {
  id: 'helm/chart',
  version: 1,
  ecosystem: 'Helm',
  title: 'Helm chart manifest',
  files: ['Chart.yaml', 'requirements.yaml'],
  notes:
    'The chart itself and its `dependencies` with their constraints (a full version is exact). ' +
    'A dependency from `file://`, or without a repository, is a file. `appVersion` says what the chart installs and is no component. ' +
    'A `requirements.yaml` of something else (Ansible) is left alone.',
  claims: (path) => ['Chart.yaml', 'Chart.yml', 'requirements.yaml'].includes(baseName(path)),
  companions: ({ path }, claimed) =>
    path === claimed && baseName(path) === 'requirements.yaml' ? [sibling(path, 'Chart.yaml')] : [],
  extract: ({ path, text }, companion) => {
    if (baseName(path) !== 'requirements.yaml') return manifest(path, text, text);
    const main = companion(sibling(path, 'Chart.yaml'));
    // Ansible has files of this name too, with lists or with `roles:` and `collections:`.
    return main === undefined && !/^dependencies[ \t]*:/m.test(text)
      ? nothingOf('manifest', [], true)
      : manifest(path, text, main);
  },
};

/** Path of a file beside another. */
export function sibling(path: string, name: string): string {
  const folder = folderOf(path);
  return folder === '' ? name : `${folder}/${name}`;
}

function manifest(path: string, text: string, chartText: string | undefined): Extraction {
  const { root, problems } = readYamlMap(text, path);
  if (root === undefined) return nothingOf('manifest', problems, true);
  const own = chartText === text ? root : readYamlMap(chartText ?? '', path).root;
  const project = chartItself(own, chartText === text);
  const { dependencies, problems: wrong } = readDependencies(root, path);
  const components = [...project, ...dependencies.map((found) => dependencyComponent(found, path, false))];
  return {
    role: 'manifest',
    components,
    edges:
      project.length === 0
        ? []
        : dependencies.map((found, index) => ({
            from: 0,
            to: index + 1,
            kind: 'prod',
            range: found.version,
          })),
    edgesKnown: true,
    covers: [],
    observations: [],
    problems: [...problems, ...wrong],
  };
}

/** The chart as a project; none when its manifest is not at hand or names nothing. `here`: the manifest is the file being read. */
export function chartItself(root: YamlMap | undefined, here: boolean): ExtractedComponent[] {
  const name = yamlAt(root, 'name');
  const text = yamlText(name);
  if (text === undefined) return [];
  const version = yamlText(yamlAt(root, 'version')) ?? '';
  return [{ name: text, version, origin: 'project', line: here ? name!.line : 0 }];
}

/** The `dependencies` of a manifest or lock, entries without a name reported. */
export function readDependencies(
  root: YamlMap | undefined,
  path: string,
): { readonly dependencies: readonly ChartDependency[]; readonly problems: readonly Problem[] } {
  const dependencies: ChartDependency[] = [];
  const problems: Problem[] = [];
  const list = yamlAt(root, 'dependencies');
  if (
    list !== undefined &&
    list.kind !== 'sequence' &&
    !(list.kind === 'scalar' && (yamlText(list) ?? '') === '')
  )
    problems.push({
      code: 'file/unexpected-shape',
      message: `expected dependencies to be a list, found a ${list.kind}`,
      at: { path, line: list.line },
      lost: true,
    });
  const text = (node: YamlNode, key: string): string => yamlText(yamlAt(node, key)) ?? '';
  for (const { line, value } of yamlItems(list)) {
    const name = text(value, 'name');
    const alias = text(value, 'alias');
    if (name === '')
      problems.push({
        code: 'helm/nameless-dependency',
        message: 'a dependency has no name',
        at: { path, line },
        lost: true,
      });
    else
      dependencies.push({
        name,
        version: text(value, 'version'),
        repository: text(value, 'repository'),
        alias: alias === '' || alias === name ? undefined : alias,
        line,
      });
  }
  return { dependencies, problems };
}

/** `locked`: the version is exact whatever it looks like. */
export function dependencyComponent(
  found: ChartDependency,
  path: string,
  locked: boolean,
): ExtractedComponent {
  const { name, version, repository, alias, line } = found;
  const exact = locked || isExact(version);
  // A repository may be a path, in charts of Helm 2, or be left out: the chart lies in charts/.
  const local = repository.startsWith('file://')
    ? repository.slice(7)
    : repository === ''
      ? `charts/${name}`
      : undefined;
  return {
    name,
    version: exact ? version : '',
    ...(exact ? {} : { requested: version === '' ? '*' : version }),
    origin: local === undefined ? 'registry' : 'file',
    source: local === undefined ? withoutCredentials(repository) : (joinPath(folderOf(path), local) ?? local),
    ...(alias === undefined ? {} : { alias }),
    line,
    scopes: ['prod'],
  };
}

/** A full version without an operator stands for itself; `1.2` and `^1.2.3` are constraints. */
export function isExact(version: string): boolean {
  return /^=?\s*v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(version);
}
