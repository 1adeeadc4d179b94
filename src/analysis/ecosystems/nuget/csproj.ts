import type { ExtractedComponent, ExtractedEdge, Extractor } from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';
import { evaluateProject, projectName, propertyFiles } from './evaluate.ts';
import { parseProjectFile } from './project-file.ts';

const PROJECT = /[^/]\.(cs|fs|vb)proj$/;
const PROPERTIES = new Set(['Directory.Build.props', 'Directory.Packages.props']);

/** MSBuild projects with PackageReference, and the property files that add references to every project below them. */
export const csproj: Extractor = {
  id: 'nuget/csproj',
  version: 1,
  ecosystem: 'NuGet',
  title: '.NET project',
  files: ['*.csproj', '*.fsproj', '*.vbproj', 'Directory.Build.props', 'Directory.Packages.props'],
  notes: [
    'Package references with versions from the project, central package management, Directory.Build.props above it, and files imported by a literal path; simple properties are replaced, property functions are not.',
    'A plain version is taken as chosen: NuGet installs the lowest version that fits. Ranges and floating versions are listed without one.',
    'Conditions are not judged: what stands under one is listed. `PrivateAssets="all"` and everything in a test project count as development.',
    'References that the Directory files add themselves are listed once, there. What packages depend on is not in these files.',
  ].join('\n'),
  claims: (path) => PROJECT.test(path) || PROPERTIES.has(baseName(path)),
  companions(file, claimed) {
    const imports = parseProjectFile(file.text, file.path).imports;
    return file.path === claimed ? [...propertyFiles(file.path), ...imports] : imports;
  },
  extract(file, companion) {
    const { packages, projects, isTest, file: own } = evaluateProject(file.path, file.text, companion);
    const components: ExtractedComponent[] = [];
    const edges: ExtractedEdge[] = [];
    const isProject = PROJECT.test(file.path);
    if (isProject)
      components.push({
        name: projectName(file.path),
        version: own.properties.get('version')?.includes('$(') ? '' : (own.properties.get('version') ?? ''),
        origin: 'project',
        line: 1,
      });
    for (const { name, version: raw, isPrivate, line } of packages) {
      const version = exactVersion(raw);
      const kind = isPrivate || isTest ? 'dev' : 'prod';
      if (isProject) edges.push({ from: 0, to: components.length, kind, range: raw });
      components.push({
        name,
        version,
        origin: 'registry',
        line,
        scopes: [kind],
        ...(version === '' && raw !== '' ? { requested: raw } : {}),
      });
    }
    for (const { name, line } of isProject ? projects : []) {
      edges.push({ from: 0, to: components.length, kind: isTest ? 'dev' : 'prod', range: '' });
      components.push({ name, version: '', origin: 'workspace', line });
    }
    return {
      role: 'manifest',
      components,
      edges,
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: own.problems,
    };
  },
};

/** `1.2.3` and `[1.2.3]` name a version; ranges, `1.*` and what holds an expression do not. https://learn.microsoft.com/nuget/concepts/package-versioning */
function exactVersion(raw: string): string {
  const [, exact] = /^\[\s*([^,[\]()\s]+)\s*\]$/.exec(raw) ?? [];
  if (exact !== undefined) return exact;
  return /^[\w.+-]+$/.test(raw) ? raw : '';
}
