import type {
  ExtractedComponent,
  ExtractedEdge,
  Extractor,
  Observation,
  Scope,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { parseKeyedLines, type YamlNode } from './keyed-lines.ts';

/** Dart's lockfile with its pubspec. */
export const pubspecLock: Extractor = {
  id: 'pub/pubspec-lock',
  version: 2,
  ecosystem: 'Pub',
  title: 'Dart pubspec.lock',
  files: ['pubspec.lock'],
  notes: [
    'Every locked package with its checksum; direct ones as the file marks them, with ranges from pubspec.yaml.',
    'Which package asks for an indirect one is not in the file; indirect packages count as production unless only development ones are direct.',
    'Packages of the SDK (Flutter) have no version of their own and are not matched.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'pubspec.lock',
  companions: (file, claimed) => (file.path === claimed ? [manifestPath(file.path)] : []),
  extract(file, companion) {
    const { root, problems: found } = parseKeyedLines(file.text, file.path, true);
    const problems: Problem[] = [...found];
    const lose = (code: string, message: string, line?: number): void => {
      const at = line === undefined ? { path: file.path } : { path: file.path, line };
      problems.push({ code, message, at, lost: true });
    };
    const packages = root.children.get('packages');
    if (packages === undefined && problems.length === 0)
      lose(
        file.text.trim() === '' ? 'file/empty' : 'file/unexpected-shape',
        'found no `packages:`; expected a pubspec.lock',
      );
    const manifestText = companion(manifestPath(file.path));
    const manifest =
      manifestText === undefined
        ? undefined
        : parseKeyedLines(manifestText, manifestPath(file.path), false).root;
    const components: ExtractedComponent[] = [projectOf(manifest, file.path)];
    const edges: ExtractedEdge[] = [];
    const unhashed: ExtractedComponent[] = [];
    const direct = new Set<string>();
    let bad = 0;
    let firstBad = 0;
    for (const [key, entry] of packages?.children ?? []) {
      const component = readPackage(key, entry);
      if (component === undefined) {
        if (bad++ === 0) firstBad = entry.line;
        continue;
      }
      const kind = directKind(entry.children.get('dependency')?.value ?? '');
      if (kind !== undefined) {
        direct.add(key);
        edges.push({ from: 0, to: components.length, kind, range: rangeOf(manifest, key) });
      }
      components.push(component);
      if (component.origin === 'registry' && component.integrity === undefined) unhashed.push(component);
    }
    if (bad > 0)
      lose(
        'pub/malformed-package',
        `${bad} package${bad === 1 ? '' : 's'} without version or source`,
        firstBad,
      );
    return {
      role: 'lock',
      components: problems.length > 0 && components.length === 1 ? [] : components,
      edges,
      edgesKnown: false,
      covers: manifest === undefined ? [] : [manifestPath(file.path)],
      observations: [...withoutHash(unhashed), ...outOfStep(manifest, direct)],
      problems,
    };
  },
};

const manifestPath = (path: string): string => `${path.slice(0, -'lock'.length)}yaml`;

function projectOf(manifest: YamlNode | undefined, path: string): ExtractedComponent {
  const name = manifest?.children.get('name');
  const folder = baseName(path.slice(0, -'/pubspec.lock'.length));
  return {
    name: name?.value || folder || 'project',
    version: manifest?.children.get('version')?.value ?? '',
    origin: 'project',
    line: 0,
  };
}

/** `direct main`, `direct dev` (quoted or not), `direct overridden`, `transitive`. */
function directKind(dependency: string): Scope | undefined {
  if (!dependency.startsWith('direct')) return undefined;
  return dependency === 'direct dev' ? 'dev' : 'prod';
}

function readPackage(key: string, entry: YamlNode): ExtractedComponent | undefined {
  const source = entry.children.get('source')?.value ?? '';
  const version = entry.children.get('version')?.value ?? '';
  if (source === '' || version === '') return undefined;
  const description = entry.children.get('description');
  const field = (name: string): string => description?.children.get(name)?.value ?? '';
  const base = { name: field('name') || key, version, line: entry.line };
  switch (source) {
    case 'hosted': {
      const hash = field('sha256');
      return { ...base, origin: 'registry', ...(hash === '' ? {} : { integrity: `sha256:${hash}` }) };
    }
    case 'git': {
      const url = withoutCredentials(field('url'));
      return { ...base, name: key, origin: 'git', source: `${url}#${field('resolved-ref')}` };
    }
    case 'path':
      return { ...base, name: key, origin: 'file', source: field('path') };
    case 'sdk':
      return { ...base, name: key, origin: 'file', source: `sdk:${description?.value ?? ''}` };
  }
  return { ...base, name: key, origin: 'url', source };
}

function rangeOf(manifest: YamlNode | undefined, name: string): string {
  for (const section of ['dependency_overrides', 'dependencies', 'dev_dependencies']) {
    const found = manifest?.children.get(section)?.children.get(name);
    if (found !== undefined) return found.value || (found.children.get('version')?.value ?? '');
  }
  return '';
}

function withoutHash(unhashed: readonly ExtractedComponent[]): Observation[] {
  if (unhashed.length === 0) return [];
  const names = unhashed.map(({ name }) => name).sort();
  return [
    {
      rule: 'lockfile/no-integrity',
      message: `${names.length} package${names.length === 1 ? '' : 's'} without a checksum: ${some(names)}`,
      line: unhashed[0]!.line,
      hint: 'run `dart pub get` with Dart 2.19 or later and commit the lockfile',
      names,
    },
  ];
}

function outOfStep(manifest: YamlNode | undefined, direct: ReadonlySet<string>): Observation[] {
  const names = ['dependencies', 'dev_dependencies']
    .flatMap((section) => [...(manifest?.children.get(section)?.children.keys() ?? [])])
    .filter((name) => !direct.has(name))
    .sort();
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `pubspec.yaml asks for ${names.length} package${names.length === 1 ? '' : 's'} that the lockfile does not hold as direct: ${some(names)}`,
      hint: 'run `dart pub get` and commit the lockfile',
      names,
    },
  ];
}

const some = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
