import type {
  ExtractedComponent,
  ExtractedEdge,
  Extractor,
  Origin,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName } from '../../text/paths.ts';
import { effectivePom, type EffectiveDependency, type EffectivePom } from './effective-pom.ts';
import { isUnresolved } from './interpolate.ts';
import { importPaths, parentPath } from './lineage.ts';
import { parsePom } from './pom-file.ts';

/** pom.xml: what a Maven project declares, with the versions that the tree can give. */
export const pom: Extractor = {
  id: 'maven/pom',
  version: 1,
  ecosystem: 'Maven',
  title: 'Maven POM',
  files: ['pom.xml', '*.pom'],
  notes: [
    'Declared and inherited dependencies. Versions come from the POM, its parents by relative path, their properties and managed versions, and BOMs imported from the tree.',
    'A version that only a parent or BOM outside the tree knows is left empty; the file says which those are.',
    'Scopes: `test` is development, `provided` is peer, optional dependencies and those of profiles that are not on by default are optional.',
    'What the dependencies depend on is known to the repository server alone: edges end at the declared ones.',
    'Plugins are not listed. An exact version is taken as chosen, which Maven does for declared dependencies.',
    "Dependencies on the project's own group at its own version are its modules, not published components.",
  ].join('\n'),
  claims: (path) => baseName(path) === 'pom.xml' || /[^/]\.pom$/.test(path),
  companions(file) {
    const found = parsePom(file.text, file.path);
    const parent = parentPath(file.path, found);
    return [...(parent === undefined ? [] : [parent]), ...importPaths(file.path, found)];
  },
  extract(file, companion) {
    const found = parsePom(file.text, file.path);
    const effective = effectivePom(file.path, file.text, companion);
    const { components, edges } = listed(
      effective,
      found.parent?.line ?? found.line,
      found.line,
      found.licences,
    );
    return {
      role: 'manifest',
      components,
      edges,
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: [...found.problems, ...unknowns(effective, file.path)],
    };
  },
};

function listed(
  { lineage, dependencies }: EffectivePom,
  parentLine: number,
  ownLine: number,
  licences: readonly string[],
): { readonly components: readonly ExtractedComponent[]; readonly edges: readonly ExtractedEdge[] } {
  const components: ExtractedComponent[] = [];
  const edges: ExtractedEdge[] = [];
  const numbers = new Map<string, number>();
  // A file that could not be read as a project has nothing to list.
  if (lineage[0]!.artifactId === '' && dependencies.length === 0) return { components, edges };
  lineage.forEach((ancestor, owner) => {
    if (owner > 0) edges.push({ from: owner - 1, to: owner, kind: 'prod', range: ancestor.version });
    numbers.set(`${ancestor.groupId}:${ancestor.artifactId} ${ancestor.version}`, owner);
    components.push({
      // Maven asks for both; a fragment without them still has dependencies.
      name: [ancestor.groupId, ancestor.artifactId].filter((part) => part !== '').join(':') || 'project',
      version: isUnresolved(ancestor.version) ? '' : ancestor.version,
      origin: owner === 0 ? 'project' : 'workspace',
      line: owner === 0 ? ownLine : parentLine,
      ...(owner === 0 && licences.length === 1 ? { licence: licences[0]! } : {}),
    });
  });
  for (const dependency of dependencies) {
    const name = `${dependency.groupId}:${dependency.artifactId}`;
    const version = exactVersion(dependency.version);
    const key = `${name} ${version === '' ? dependency.version : version}`;
    let to = numbers.get(key);
    if (to === undefined) {
      to = components.length;
      numbers.set(key, to);
      components.push({
        name,
        version,
        origin: originOf(dependency, lineage),
        line: dependency.owner === 0 ? dependency.line : parentLine,
        ...(version === '' && dependency.version !== '' ? { requested: dependency.version } : {}),
        ...(dependency.systemPath === '' ? {} : { source: dependency.systemPath }),
      });
    }
    // An inherited dependency hangs from the parent that declares it: that is where it is changed.
    edges.push({ from: dependency.owner, to, kind: kindOf(dependency), range: dependency.version });
  }
  return { components, edges };
}

/** A plain version is what Maven will use; `[1.0]` is exact; other ranges, LATEST and RELEASE are chosen at build time. */
function exactVersion(version: string): string {
  if (isUnresolved(version) || version === 'LATEST' || version === 'RELEASE') return '';
  const exact = /^\[\s*([^,[\]()\s]+)\s*\]$/.exec(version);
  if (exact !== null) return exact[1]!;
  return /^[[(]/.test(version) || version.includes(',') ? '' : version;
}

function originOf(dependency: EffectiveDependency, lineage: EffectivePom['lineage']): Origin {
  if (dependency.scope === 'system') return 'file';
  const isOwn = lineage.some(
    ({ groupId, version }) =>
      version !== '' && groupId === dependency.groupId && version === dependency.version,
  );
  return isOwn ? 'workspace' : 'registry';
}

function kindOf(dependency: EffectiveDependency): Scope {
  if (dependency.scope === 'test') return 'dev';
  if (dependency.isOptional || dependency.isInProfile) return 'optional';
  return dependency.scope === 'provided' ? 'peer' : 'prod';
}

function unknowns({ dependencies, outside }: EffectivePom, path: string): Problem[] {
  const problems: Problem[] = [];
  const nameless = dependencies.filter(
    ({ groupId, artifactId }) => groupId === '' || artifactId === '' || isUnresolved(groupId + artifactId),
  );
  if (nameless.length > 0)
    problems.push({
      code: 'maven/unresolved-name',
      message: `${count(nameless, 'dependency is', 'dependencies are')} named by a property that is not in the tree, or not at all: ${nameless[0]!.groupId}:${nameless[0]!.artifactId}`,
      at: { path, line: nameless[0]!.owner === 0 ? nameless[0]!.line : 1 },
      lost: true,
    });
  const unversioned = dependencies.filter(({ version }) => version === '' || isUnresolved(version));
  if (unversioned.length > 0)
    problems.push({
      code: 'maven/version-outside',
      message:
        `${count(unversioned, 'dependency has', 'dependencies have')} no version in the tree` +
        (outside.length === 0
          ? ''
          : `; it may come from ${outside.slice(0, 3).join(', ')}${outside.length > 3 ? ` and ${outside.length - 3} more` : ''}`),
      at: { path },
      hint: 'scan an SBOM made by the build to check these too',
    });
  return problems;
}

const count = (list: readonly unknown[], one: string, many: string): string =>
  `${list.length} ${list.length === 1 ? one : many}`;
