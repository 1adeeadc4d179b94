import type { ExtractedComponent, ExtractedEdge, Extractor } from '../../../model/extractor.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { parseCargoManifest, type CargoDependency, type CargoManifest } from './manifest.ts';

/** A Cargo.toml for which there is no lockfile. */
export const cargoToml: Extractor = {
  id: 'cargo/cargo-toml',
  version: 1,
  ecosystem: 'crates.io',
  title: 'Cargo manifest',
  files: ['Cargo.toml'],
  notes: [
    'Declared dependencies with their requirements, renames and targets; what is inherited from the workspace is looked up in the folders above.',
    'Requirements are ranges: only `=1.2.3` is a version. Left out where a Cargo.lock covers it.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'Cargo.toml',
  companions: (file, claimed) => (file.path === claimed ? rootPaths(file.path) : []),
  extract(file, companion) {
    let manifest = parseCargoManifest(file.text, file.path);
    if (manifest.inherits && manifest.shared === undefined) {
      const root = nearestRoot(file.path, companion);
      if (root !== undefined) manifest = parseCargoManifest(file.text, file.path, root);
    }
    const components: ExtractedComponent[] = [];
    const edges: ExtractedEdge[] = [];
    if (manifest.name !== undefined) {
      const { name, version, line, licence } = manifest;
      components.push({
        name,
        version,
        origin: 'project',
        line,
        ...(licence === undefined ? {} : { licence }),
      });
      const numbers = new Map<string, number>();
      for (const dependency of manifest.dependencies) {
        const component = componentOf(dependency);
        const key = `${component.name} ${component.version} ${component.requested} ${component.source}`;
        let to = numbers.get(key);
        if (to === undefined) {
          numbers.set(key, (to = components.length));
          components.push(component);
        }
        edges.push({ from: 0, to, kind: dependency.kind, range: dependency.requested });
      }
    }
    return {
      role: 'manifest',
      components,
      edges,
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: manifest.problems,
    };
  },
};

function componentOf({ name, alias, requested, path, git, line }: CargoDependency): ExtractedComponent {
  const [, exact] = /^=\s*(\d+\.\d+\.\d+[^\s,]*)$/.exec(requested.trim()) ?? [];
  const isOurs = path !== undefined;
  const source = path ?? git;
  return {
    name,
    version: exact ?? '',
    origin: isOurs ? 'workspace' : git === undefined ? 'registry' : 'git',
    line,
    ...(exact === undefined && requested !== '' ? { requested } : {}),
    ...(alias === undefined ? {} : { alias }),
    ...(source === undefined ? {} : { source }),
  };
}

const MAX_LEVELS = 8;

/** Manifests in the folders above, nearest first. */
function rootPaths(path: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== '' && found.length < MAX_LEVELS;) {
    folder = folderOf(folder);
    found.push(folder === '' ? 'Cargo.toml' : `${folder}/Cargo.toml`);
  }
  return found;
}

function nearestRoot(
  path: string,
  companion: (path: string) => string | undefined,
): CargoManifest | undefined {
  for (const candidate of rootPaths(path)) {
    const text = companion(candidate);
    const manifest = text === undefined ? undefined : parseCargoManifest(text, candidate);
    if (manifest?.shared !== undefined || manifest?.sharedPackage !== undefined) return manifest;
  }
  return undefined;
}
