import type { ExtractedEdge, Extractor, Observation } from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';
import { readYamlMap } from '../../text/yaml.ts';
import {
  type ChartDependency,
  chartItself,
  dependencyComponent,
  isExact,
  readDependencies,
  sibling,
} from './chart.ts';

/** `Chart.lock` and, of Helm 2, `requirements.lock`. https://helm.sh/docs/helm/helm_dependency/ */
export const chartLock: Extractor = {
  id: 'helm/lock',
  version: 1,
  ecosystem: 'Helm',
  title: 'Helm chart lock',
  files: ['Chart.lock', 'requirements.lock'],
  notes:
    'Exact versions of the direct dependencies (the lock has no others; what they depend on lies inside their archives). ' +
    'The lock covers the manifest beside it; dependencies that only one of the two names, and exact versions that differ, are an observation. ' +
    'The digest of the lock covers names and versions, not content, and is not checked.',
  claims: (path) => ['Chart.lock', 'requirements.lock'].includes(baseName(path)),
  companions: ({ path }, claimed) =>
    path === claimed ? [manifestOf(path), sibling(path, 'Chart.yaml')] : [],
  extract: ({ path, text }, companion) => {
    const manifest = manifestOf(path);
    const { root, problems } = readYamlMap(text, path);
    // A requirements.lock without a chart is pip's (rye, pip-compile), not Helm's.
    const isOther = baseName(path) === 'requirements.lock' && !/^dependencies[ \t]*:/m.test(text);
    const asked = readYamlMap(companion(manifest) ?? '', manifest).root;
    const chartPath = sibling(path, 'Chart.yaml');
    const project = isOther
      ? []
      : chartItself(readYamlMap(companion(chartPath) ?? '', chartPath).root, false);
    const { dependencies: locked, problems: wrong } = readDependencies(isOther ? undefined : root, path);
    const wanted = readDependencies(asked, manifest).dependencies;
    const components = [...project, ...locked.map((found) => dependencyComponent(found, path, true))];
    const ranges = new Map(wanted.map((found) => [found.name, found.version]));
    const edges: ExtractedEdge[] =
      project.length === 0
        ? []
        : locked.map(({ name }, index) => ({
            from: 0,
            to: index + 1,
            kind: 'prod',
            range: ranges.get(name) ?? '',
          }));
    return {
      role: 'lock',
      components,
      edges,
      // Charts of charts are not in the lock.
      edgesKnown: false,
      covers: isOther ? [] : [manifest],
      observations:
        asked === undefined || root === undefined || isOther ? [] : outOfStep(locked, wanted, manifest),
      problems: isOther ? [] : [...problems, ...wrong],
    };
  },
};

const manifestOf = (path: string): string =>
  sibling(path, baseName(path) === 'Chart.lock' ? 'Chart.yaml' : 'requirements.yaml');

function outOfStep(
  locked: readonly ChartDependency[],
  wanted: readonly ChartDependency[],
  manifest: string,
): Observation[] {
  const plain = (version: string): string => version.replace(/^=?\s*v?/, '');
  const differing = new Set<string>();
  // A chart may be named several times, under aliases: each name must stand as often in both.
  const counts = new Map<string, number>();
  const versions = new Set<string>();
  for (const { name, version } of locked) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    versions.add(`${name} ${plain(version)}`);
  }
  for (const { name } of wanted) counts.set(name, (counts.get(name) ?? 0) - 1);
  for (const [name, difference] of counts) if (difference !== 0) differing.add(name);
  for (const { name, version } of wanted)
    if (isExact(version) && !versions.has(`${name} ${plain(version)}`)) differing.add(name);
  const names = [...differing].sort();
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `the lock and ${baseName(manifest)} do not agree on ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
      hint: 'run `helm dependency update` and commit the lock',
      names,
    },
  ];
}
