import type {
  ExtractedComponent,
  Extraction,
  Extractor,
  Observation,
  Origin,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import type { Draft } from '../draft.ts';
import { examples, newDraft, projectNode, sortedUnique } from '../draft.ts';
import type { GemfileLock, LockedGem } from './gemfile-lock-read.ts';
import { readGemfileLock } from './gemfile-lock-read.ts';
import type { DeclaredGem, Gemfile } from './gemfile-read.ts';
import { isDevelopmentGem, normaliseRanges, readGemfile } from './gemfile-read.ts';
import { readGemspec } from './gemspec-read.ts';

type Companion = (path: string) => string | undefined;

/** Bundler's lockfiles. */
export const gemfileLock: Extractor = {
  id: 'rubygems/gemfile-lock',
  version: 2,
  ecosystem: 'RubyGems',
  title: 'Bundler lockfiles',
  files: ['Gemfile.lock', 'gems.locked', '*.gemfile.lock'],
  notes:
    'All sections: GEM, GIT, PATH, PLUGIN SOURCE, DEPENDENCIES, CHECKSUMS. Platform variants of one version are one component. ' +
    'Groups come from the Gemfile beside it (and what it includes, and the gemspecs of the repository), read as text and never run: ' +
    'a gem is for development when every group that it is in says so; what cannot be told is for production. ' +
    'A gem with `PATH` inside the repository is a project of the repository.',
  claims: (path) => /(?:^|\/)(?:Gemfile\.lock|gems\.locked|[^/]+\.gemfile\.lock)$/.test(path),
  companions(file, claimed) {
    const folder = folderOf(file.path);
    if (file.path !== claimed)
      return readGemfile(file.text).includes.flatMap((path) => joinPath(folder, path) ?? []);
    return [gemfileOf(claimed), ...gemspecsOf(claimed, readGemfileLock(file.text))];
  },
  extract(file, companion) {
    const marker = findMergeMarker(file.text);
    const lock = readGemfileLock(marker === undefined ? file.text : '');
    const problems = problemsOf(file.path, file.text, lock, marker);
    return assemble(file.path, lock, companion, problems);
  },
};

function gemfileOf(path: string): string {
  return path.endsWith('gems.locked')
    ? `${path.slice(0, -'locked'.length)}rb`
    : path.slice(0, -'.lock'.length);
}

/** Gemspecs of the gems that the repository itself holds. */
function gemspecsOf(path: string, lock: GemfileLock): readonly string[] {
  return sortedUnique(
    lock.gems.flatMap((gem) => {
      if (gem.source.kind !== 'PATH' || gem.name.includes('/')) return [];
      return joinPath(folderOf(path), `${gem.source.remote}/${gem.name}.gemspec`) ?? [];
    }),
  );
}

function problemsOf(path: string, text: string, lock: GemfileLock, marker: number | undefined): Problem[] {
  const lost = true;
  if (marker !== undefined) {
    return [mergeConflict(path, marker)];
  }
  if (text.trim() === '')
    return [
      { code: 'file/empty', message: 'the file is empty; expected a Gemfile.lock', at: { path }, lost },
    ];
  const problems: Problem[] = [];
  const first = lock.unread[0];
  if (first !== undefined) {
    const more = lock.unread.length > 1 ? ` and ${lock.unread.length - 1} more lines` : '';
    const found = JSON.stringify(first.text.slice(0, 60));
    const message = `expected a section or an entry such as \`name (1.2)\`, found ${found}${more}`;
    problems.push({ code: 'rubygems/line-unread', message, at: { path, line: first.line }, lost });
  }
  if (!lock.isComplete) {
    const message = 'expected a DEPENDENCIES section, found none: truncated?';
    problems.push({ code: 'file/truncated', message, at: { path }, lost });
  }
  return problems;
}

function assemble(
  path: string,
  lock: GemfileLock,
  companion: Companion,
  problems: readonly Problem[],
): Extraction {
  const draft = newDraft();
  const root = draft.add(projectNode());
  const nodes = new Map<string, number[]>();
  const crowded = new Set<string>();
  const placed = place(draft, path, lock, nodes, crowded);
  const manifests = readManifests(path, lock, companion);
  for (const { name, range } of lock.dependencies)
    for (const to of nodes.get(name) ?? [])
      draft.link(root, to, manifests.isDevelopment(name) ? 'dev' : 'prod', range);
  for (const [i, gem] of lock.gems.entries())
    for (const { name, range } of gem.needs)
      for (const to of nodes.get(name) ?? []) draft.link(placed[i]!, to, 'prod', range);
  return {
    role: 'lock',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: true,
    covers: manifests.paths,
    observations: [
      ...withoutChecksum(lock, draft.components),
      ...(problems.length === 0 ? outOfStep(path, lock, manifests.gemfile) : []),
    ],
    problems: [...problems, ...crowdedProblems(path, crowded)],
  };
}

/** Adds every gem once for each version and source, the repository's own first; gives the node of each entry. */
function place(
  draft: Draft,
  path: string,
  lock: GemfileLock,
  nodes: Map<string, number[]>,
  crowded: Set<string>,
): readonly number[] {
  const byKey = new Map<string, number>();
  const placed: number[] = Array.from({ length: lock.gems.length }, () => 0);
  const integrity = new Map<string, string[]>();
  const keyOf = (gem: LockedGem): string => `${gem.name}\0${gem.version}\0${gem.source.remote}`;
  for (const gem of lock.gems) {
    const suffix = gem.platform === '' ? '' : `-${gem.platform}`;
    const checksum = lock.checksums?.get(`${gem.name} ${gem.version}${suffix}`) ?? '';
    if (checksum === '') continue;
    const known = integrity.get(keyOf(gem));
    if (known === undefined) integrity.set(keyOf(gem), [checksum]);
    else known.push(checksum);
  }
  const add = (gem: LockedGem, index: number, origin: Origin): void => {
    const key = keyOf(gem);
    const node = byKey.get(key) ?? draft.add(componentOf(gem, origin, integrity.get(key)));
    placed[index] = node;
    if (byKey.has(key)) return;
    byKey.set(key, node);
    const same = nodes.get(gem.name);
    if (same === undefined) nodes.set(gem.name, [node]);
    // More variants than platforms exist are no real lockfile, and edges would grow with their square.
    else if (same.length < MOST_VARIANTS) same.push(node);
    else crowded.add(gem.name);
  };
  const origins = lock.gems.map((gem) => originOf(gem, path));
  for (const own of [true, false])
    for (const [i, gem] of lock.gems.entries())
      if ((origins[i] === 'project' || origins[i] === 'workspace') === own) add(gem, i, origins[i]!);
  return placed;
}

const MOST_VARIANTS = 16;

function crowdedProblems(path: string, crowded: ReadonlySet<string>): readonly Problem[] {
  if (crowded.size === 0) return [];
  const names = examples(sortedUnique(crowded));
  const message = `more than ${MOST_VARIANTS} versions of ${names}: edges to the further ones are left out`;
  return [{ code: 'rubygems/too-many-versions', message, at: { path }, lost: true }];
}

function originOf(gem: LockedGem, path: string): Origin {
  const { kind, remote } = gem.source;
  if (kind === 'GEM') return 'registry';
  if (kind === 'GIT') return 'git';
  if (kind === 'PLUGIN SOURCE') return 'unknown';
  const folder = folderOf(path);
  const place = joinPath(folder, remote);
  if (place === undefined) return 'file';
  return place === folder ? 'project' : 'workspace';
}

function componentOf(
  gem: LockedGem,
  origin: Origin,
  checksums: readonly string[] | undefined,
): ExtractedComponent {
  const remote = withoutCredentials(gem.source.remote);
  const source = gem.source.revision === '' ? remote : `${remote}#${gem.source.revision}`;
  return {
    name: gem.name,
    version: gem.version,
    origin,
    line: gem.line,
    ...(source === '' ? {} : { source }),
    ...(checksums === undefined ? {} : { integrity: checksums.join(' ') }),
  };
}

interface Manifests {
  readonly paths: readonly string[];
  readonly gemfile: { readonly path: string; readonly read: Gemfile } | undefined;
  readonly isDevelopment: (name: string) => boolean;
}

/** The Gemfile, the files it includes and the repository's gemspecs: what they say of groups. */
function readManifests(path: string, lock: GemfileLock, companion: Companion): Manifests {
  const gemfilePath = gemfileOf(path);
  const declared: DeclaredGem[] = [];
  const paths: string[] = [];
  let gemfile: Manifests['gemfile'];
  const pending = [gemfilePath];
  const seen = new Set(pending);
  for (let i = 0; i < pending.length; i++) {
    const text = companion(pending[i]!);
    if (text === undefined) continue;
    paths.push(pending[i]!);
    const read = readGemfile(text);
    if (i === 0) gemfile = { path: gemfilePath, read };
    for (const gem of read.gems) declared.push(gem);
    for (const include of read.includes) {
      const target = joinPath(folderOf(pending[i]!), include);
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  const development = new Map<string, boolean>();
  const say = (name: string, isDevelopment: boolean): void => {
    development.set(name, (development.get(name) ?? true) && isDevelopment);
  };
  for (const gem of declared) say(gem.name, isDevelopmentGem(gem.groups));
  for (const gemspecPath of gemspecsOf(path, lock)) {
    const text = companion(gemspecPath);
    if (text === undefined) continue;
    paths.push(gemspecPath);
    for (const need of readGemspec(text).needs) say(need.name, need.isDevelopment);
  }
  return { paths: sortedUnique(paths), gemfile, isDevelopment: (name) => development.get(name) === true };
}

/** `lockfile/no-integrity`: only a lockfile that has a CHECKSUMS section has chosen to have them. */
function withoutChecksum(
  lock: GemfileLock,
  components: readonly ExtractedComponent[],
): readonly Observation[] {
  if (lock.checksums === undefined) return [];
  const bare = components.filter((found) => found.origin === 'registry' && found.integrity === undefined);
  if (bare.length === 0) return [];
  const names = sortedUnique(bare.map((found) => found.name));
  return [
    {
      rule: 'lockfile/no-integrity',
      message: `${names.length} gems have no checksum: ${examples(names)}`,
      line: bare[0]!.line,
      hint: 'run `bundle lock --add-checksums`',
      names,
    },
  ];
}

/** `lockfile/out-of-step`: gems that the Gemfile asks for on every machine, and DEPENDENCIES does not name, or with another requirement. */
function outOfStep(path: string, lock: GemfileLock, gemfile: Manifests['gemfile']): readonly Observation[] {
  if (gemfile === undefined) return [];
  const locked = new Map(lock.dependencies.map((found) => [found.name, normaliseRanges([found.range])]));
  const counts = new Map<string, number>();
  for (const gem of gemfile.read.gems) counts.set(gem.name, (counts.get(gem.name) ?? 0) + 1);
  const names = sortedUnique(
    gemfile.read.gems.flatMap((gem) => {
      if (gem.isConditional || counts.get(gem.name) !== 1) return [];
      const range = locked.get(gem.name);
      const isSame = gem.ranges === undefined || range === normaliseRanges(gem.ranges);
      return range === undefined || !isSame ? [gem.name] : [];
    }),
  );
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `${baseName(path)} does not have what ${baseName(gemfile.path)} asks for: ${examples(names)}`,
      hint: 'run `bundle lock`',
      names,
    },
  ];
}
