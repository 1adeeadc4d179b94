import type {
  ExtractedComponent,
  Extraction,
  Extractor,
  Observation,
  Scope,
} from '../../../model/extractor.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { readManifest, type Declared } from './manifest.ts';
import { examples, sorted } from './observations.ts';
import { isInstalled } from './paths.ts';
import { scrub } from './scrub.ts';
import { commitOf, releaseOf } from './source.ts';
import { parseSpec } from './spec.ts';

/** Format: https://docs.npmjs.com/cli/configuring-npm/package-json */
export const packageJson: Extractor = {
  id: 'npm/package-json',
  version: 1,
  ecosystem: 'npm',
  title: 'package.json without a lockfile',
  files: ['package.json'],
  notes: [
    'What is declared, by range; an exact pin (`1.2.3`) has a version. Counts only where no lockfile covers the manifest,',
    'and then says `manifest/not-locked`: what the dependencies depend on is not known.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'package.json' && !isInstalled(path),
  extract(file): Extraction {
    const lines = new Map<string, number>();
    let section = '';
    const manifest = readManifest(file.text, file.path, (depth, key, line) => {
      if (depth === 1) section = key;
      lines.set(depth === 1 ? key : `${section}\n${key}`, line);
    });
    const declared = manifest.declared.map((dependency) =>
      componentOf(dependency, lines.get(`${SECTIONS[dependency.kind]}\n${dependency.name}`) ?? 0),
    );
    const isProject = manifest.name !== '' || declared.length > 0;
    const project: ExtractedComponent = {
      name: manifest.name || baseName(folderOf(file.path)) || 'project',
      version: manifest.version,
      origin: 'project',
      line: lines.get('name') ?? 1,
      ...(manifest.licence === undefined ? {} : { licence: manifest.licence }),
    };
    return scrub({
      role: 'manifest',
      components: isProject ? [project, ...declared] : [],
      edges: manifest.declared.map(({ kind, specifier }, at) => ({
        from: 0,
        to: at + 1,
        kind,
        range: specifier,
      })),
      edgesKnown: false,
      covers: [],
      observations: observeNotLocked(manifest.declared, declared),
      problems: manifest.problems,
    });
  },
};

const SECTIONS: Readonly<Record<Scope, string>> = {
  prod: 'dependencies',
  dev: 'devDependencies',
  optional: 'optionalDependencies',
  peer: 'peerDependencies',
  build: '',
};

function componentOf({ name, specifier }: Declared, line: number): ExtractedComponent {
  const spec = parseSpec(name, specifier);
  const isRegistry = spec.origin === 'registry';
  const release = isRegistry ? (PIN.exec(spec.range)?.[1] ?? '') : releaseOf(specifier, name);
  const version = release || (spec.origin === 'git' ? commitOf(specifier) : '');
  return {
    name: spec.name,
    version,
    origin: release !== '' ? 'registry' : spec.origin,
    line,
    ...(version === '' ? { requested: spec.range } : {}),
    ...(spec.name === name ? {} : { alias: name }),
    ...(isRegistry ? {} : { source: specifier }),
  };
}

/** One exact version; `=` and `v` in front are npm's own leniency. */
const PIN = /^[=v]?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

/** Peers are for whoever installs this package to choose: they are no fault of its own. */
function observeNotLocked(
  declared: readonly Declared[],
  components: readonly ExtractedComponent[],
): Observation[] {
  const own = components.filter(
    (component, at) => component.origin === 'registry' && declared[at]!.kind !== 'peer',
  );
  if (own.length === 0) return [];
  const loose = own.filter((component) => component.version === '');
  const names = sorted((loose.length === 0 ? own : loose).map((component) => component.name));
  const line = (loose[0] ?? own[0]!).line;
  return [
    {
      rule: 'manifest/not-locked',
      message:
        loose.length === 0
          ? `no lockfile: what these pinned dependencies depend on is not fixed: ${examples(names)}`
          : `no lockfile: ${loose.length} of ${own.length} dependencies have no exact version: ${examples(names)}`,
      ...(line > 0 ? { line } : {}),
      hint: 'run `npm install --package-lock-only` (or pnpm, yarn, bun) and commit the lockfile',
      names,
    },
  ];
}
