import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Extractor,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { type DeclaredModule, readGradleScript } from './gradle-script.ts';
import { scopeOf } from './gradle-lockfile.ts';

/** Gradle build scripts, as text. https://docs.gradle.org/current/userguide/declaring_dependencies_basics.html */
export const gradleBuild: Extractor = {
  id: 'maven/gradle-build',
  version: 1,
  ecosystem: 'Maven',
  title: 'Gradle build script',
  files: ['build.gradle', 'build.gradle.kts', '*.gradle', '*.gradle.kts'],
  notes: [
    'Read as text, never run: dependencies that are written as literals, `"group:name:version"` or by group, name and version, with versions from literal assignments in the script and from gradle.properties beside it or above it.',
    'What comes from a version catalogue is listed there; projects and files of the build are left out; what is computed otherwise is counted in a remark.',
    'Only used where no gradle.lockfile stands beside it and no gradle/verification-metadata.xml above it: those say what is really chosen. Without them, what the dependencies depend on is not known.',
  ].join('\n'),
  claims: (path) => /.\.gradle(?:\.kts)?$/.test(path) && !/^(?:settings|init)\.gradle/.test(baseName(path)),
  companions: (file, claimed) => (file.path === claimed ? companionsOf(claimed) : []),
  extract(file, companion) {
    const { path } = file;
    const isLocked = companionsOf(path).some(
      (other) => !other.endsWith('.properties') && companion(other) !== undefined,
    );
    if (isLocked) return extraction([], [], [], []);
    const marker = findMergeMarker(file.text);
    if (marker !== undefined) return extraction([], [], [], [mergeConflict(path, marker)]);
    const properties = companionsOf(path).flatMap((other) =>
      other.endsWith('.properties') ? (companion(other) ?? []) : [],
    );
    const { modules, computed } = readGradleScript(file.text, properties);
    const components: ExtractedComponent[] = [];
    const edges: ExtractedEdge[] = [];
    if (modules.length > 0)
      components.push({ name: projectName(path), version: '', origin: 'project', line: 1 });
    const nodes = new Map<string, number>();
    for (const module of modules) {
      const component = componentOf(module);
      const key = `${component.name}\0${component.version}\0${component.requested ?? ''}`;
      let to = nodes.get(key);
      if (to === undefined) {
        nodes.set(key, (to = components.length));
        components.push(component);
      }
      edges.push({ from: 0, to, kind: kindOf(module.configuration), range: module.version });
    }
    const problems: Problem[] =
      computed.length === 0
        ? []
        : [
            {
              code: 'maven/computed-dependency',
              message: `${computed.length} ${computed.length === 1 ? 'dependency is' : 'dependencies are'} computed, and build scripts are not run: ${computed[0]!.text}`,
              at: { path, line: computed[0]!.line },
              hint: 'lock the dependencies (gradle.lockfile), or scan an SBOM made by the build',
            },
          ];
    return extraction(components, edges, observe(modules), problems);
  },
};

const extraction = (
  components: readonly ExtractedComponent[],
  edges: readonly ExtractedEdge[],
  observations: Extraction['observations'],
  problems: readonly Problem[],
): Extraction => ({
  role: 'manifest',
  components,
  edges,
  edgesKnown: false,
  covers: [],
  observations,
  problems,
});

/** The lockfile beside the script, and what holds for the whole build: in its folder or one above, at most eight levels up. */
function companionsOf(path: string): string[] {
  const folder = folderOf(path);
  const beside = folder === '' ? '' : `${folder}/`;
  const found = [`${beside}gradle.lockfile`];
  let above = folder;
  for (let level = 0; level < 9; level++) {
    const prefix = above === '' ? '' : `${above}/`;
    found.push(`${prefix}gradle/verification-metadata.xml`, `${prefix}gradle.properties`);
    if (above === '') break;
    above = folderOf(above);
  }
  return found;
}

const projectName = (path: string): string => baseName(folderOf(path)) || 'project';

function componentOf({ group, name, version, line }: DeclaredModule): ExtractedComponent {
  // Gradle takes the highest of what is asked for; a plain version is what is asked for here.
  const isExact = version !== '' && !/^[[\](]|[,+$]|^latest\./.test(version);
  return {
    name: `${group}:${name}`,
    version: isExact ? version : '',
    origin: 'registry',
    line,
    ...(isExact || version === '' ? {} : { requested: version }),
  };
}

/** A configuration's own name; `scopeOf` knows the class paths that lockfiles name. */
function kindOf(configuration: string): Scope {
  if (/^(?:\w*(?:api|implementation|runtimeonly|compile|runtime|mavenbom|platform))$/i.test(configuration))
    return /test|mock|jmh/i.test(configuration) ? 'dev' : 'prod';
  return scopeOf(configuration);
}

function observe(modules: readonly DeclaredModule[]): Extraction['observations'] {
  if (modules.length === 0) return [];
  const names = [...new Set(modules.map(({ group, name }) => `${group}:${name}`))].sort();
  const open = names.length;
  return [
    {
      rule: 'manifest/not-locked',
      message: `no dependency lock: what the ${open} declared ${open === 1 ? 'dependency brings' : 'dependencies bring'} in is not known: ${names.slice(0, 3).join(', ')}${open > 3 ? `, and ${open - 3} more` : ''}`,
      line: modules[0]!.line,
      hint: 'turn on dependency locking and commit gradle.lockfile, or scan an SBOM made by the build',
      names,
    },
  ];
}
