import type {
  ExtractedComponent,
  Extraction,
  Extractor,
  Observation,
  Scope,
  SourceFile,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Draft } from '../draft.ts';
import { newDraft, nothingOf, projectNode, sortedUnique } from '../draft.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import type { LockIndex } from './lock-index.ts';
import { crowdedProblems, newLockIndex } from './lock-index.ts';
import { isTemplate, withoutLoss } from './pyproject-read.ts';
import { exactVersion, normaliseName, readReference } from './requirement.ts';
import type { RequirementLine, RequirementsFile } from './requirements-lines.ts';
import { readRequirementsFile } from './requirements-lines.ts';
import {
  candidatePaths,
  isConstraintsPath,
  isDevelopmentPath,
  isRequirementsPath,
} from './requirements-files.ts';
import { observeRequirements, UNSAFE } from './requirements-observations.ts';

type Companion = (path: string) => string | undefined;

/** pip's requirements files, written by people or by pip-compile, uv, poetry export and their kin. */
export const requirements: Extractor = {
  id: 'pypi/requirements',
  ecosystem: 'PyPI',
  version: 2,
  title: 'pip requirements files',
  files: [
    'requirements*.txt',
    '*requirements*.txt',
    'requirements/*.txt',
    '*requirements*.in',
    'requirements/*.in',
    '*constraints*.txt',
    'requirements.lock',
    'requirements-dev.lock',
  ],
  notes:
    'Versions are exact where the file pins them (`==`) or a constraints file that it names does; the rest is listed with its range. ' +
    '`# via` comments of pip-compile and uv give edges and tell what is direct; without them every line is taken as direct and edges are unknown. ' +
    'Included files (`-r`) that are requirements files by name are read on their own; others are read as part of the file. ' +
    'The file is for development when a word of its name or its folder says so (dev, test, docs, lint, …). ' +
    'A constraints file that nothing includes is listed as optional, since it installs nothing by itself.',
  claims: isRequirementsPath,
  companions(file) {
    const read = readRequirementsFile(file.text);
    const folder = folderOf(file.path);
    const included = read.includes.flatMap(({ path }) => joinPath(folder, path) ?? []);
    return [...new Set([...included, ...sourcesOf(file.path, read)])].filter((path) => path !== file.path);
  },
  extract(file, companion) {
    if (isOfHelm(file)) return constraintsOnly({ entries: [], pins: new Map(), constraintPaths: [] }, []);
    const marker = findMergeMarker(file.text);
    if (marker !== undefined) return conflict(file.path, marker);
    const read = readRequirementsFile(file.text);
    const found: Problem[] = [];
    const gathered = gather(file.path, read, companion, found);
    const problems = isTemplate(file.path) ? found.map(withoutLoss) : found;
    if (isConstraintsPath(file.path)) return constraintsOnly(gathered, problems);
    return assemble(file.path, read, gathered, companion, problems);
  },
};

/** Helm 2 gave its lock the same name. */
const isOfHelm = ({ path, text }: SourceFile): boolean =>
  path.endsWith('requirements.lock') && /^dependencies[ \t]*:/m.test(text);

/** A requirement and where it stands: `line` in the claimed file, `key` when it came from an included one. */
interface Entry {
  readonly found: RequirementLine;
  readonly line: number;
  readonly key: string | undefined;
  /** Folder that paths are relative to. */
  readonly folder: string;
}

interface Gathered {
  readonly entries: readonly Entry[];
  /** Exact versions by normalised name, from constraints files. */
  readonly pins: ReadonlyMap<string, string>;
  readonly constraintPaths: readonly string[];
}

/** The file's own requirements, those of included files that are not read on their own, and the pins of constraints. Cycles end. */
function gather(path: string, read: RequirementsFile, companion: Companion, problems: Problem[]): Gathered {
  const entries: Entry[] = [];
  const pins = new Map<string, string>();
  const constraintPaths: string[] = [];
  const seen = new Set([path]);
  const visit = (
    at: string,
    content: RequirementsFile,
    topLine: number | undefined,
    isConstraint: boolean,
  ): void => {
    reportUnread(at, content, problems);
    const folder = folderOf(at);
    for (const found of content.requirements) {
      const { name, specifier, url } = found.requirement;
      const version = exactVersion(specifier);
      if (isConstraint) {
        if (url === undefined && version !== '') pins.set(normaliseName(name), version);
        continue;
      }
      const key = topLine === undefined ? undefined : `${at}:${found.line}`;
      entries.push({ found, line: topLine ?? found.line, key, folder });
    }
    for (const include of content.includes) {
      const target = joinPath(folder, include.path);
      // A circle of includes ends where it began.
      if (target === path) continue;
      const text = target === undefined ? undefined : companion(target);
      const constrains = isConstraint || include.isConstraint;
      if (target === undefined || text === undefined) {
        if (!isRemote(include.path) || !seen.has(include.path)) problems.push(missing(at, include));
        seen.add(include.path);
        continue;
      }
      if (constrains && isConstraintsPath(target)) constraintPaths.push(target);
      if (seen.has(target) || (!constrains && isRequirementsPath(target))) continue;
      seen.add(target);
      pending.push(() => visit(target, readRequirementsFile(text), topLine ?? include.line, constrains));
    }
  };
  // A list of work instead of recursion: a chain of includes may be as long as the engine allows.
  const pending: (() => void)[] = [() => visit(path, read, undefined, false)];
  for (let i = 0; i < pending.length; i++) pending[i]!();
  return { entries, pins, constraintPaths };
}

const isRemote = (path: string): boolean => /^[a-z]+:\/\//i.test(path);

function missing(path: string, include: RequirementsFile['includes'][number]): Problem {
  return {
    code: 'pypi/include-missing',
    message: `\`-${include.isConstraint ? 'c' : 'r'} ${include.path}\` names a file that is not in this tree: what it lists is not known`,
    at: { path, line: include.line },
    ...(isRemote(include.path)
      ? { hint: 'keep a copy in the repository, so that what is installed can be reviewed' }
      : {}),
    lost: true,
  };
}

function reportUnread(path: string, read: RequirementsFile, problems: Problem[]): void {
  const first = read.unread[0];
  if (first === undefined) return;
  const more = read.unread.length > 1 ? ` and ${read.unread.length - 1} more lines` : '';
  problems.push({
    code: 'pypi/requirement-unread',
    message: `expected a requirement such as \`name==1.2\`, found ${JSON.stringify(first.text.slice(0, 60))}${more}`,
    at: { path, line: first.line },
    lost: true,
  });
}

function assemble(
  path: string,
  read: RequirementsFile,
  gathered: Gathered,
  companion: Companion,
  problems: Problem[],
): Extraction {
  const draft = newDraft();
  const root = draft.add(projectNode());
  const kind: Scope = isDevelopmentPath(path) ? 'dev' : 'prod';
  const crowded = new Set<string>();
  const index = newLockIndex(draft, crowded);
  const placed: { readonly node: number; readonly entry: Entry }[] = [];
  for (const entry of gathered.entries) {
    const component = componentOf(entry, gathered.pins);
    if (component !== undefined) placed.push({ node: index.add(component), entry });
  }
  const sources = sourcesOf(path, read).flatMap((source) => {
    const text = companion(source);
    return text === undefined ? [] : [{ path: source, text }];
  });
  const declared = declaredRanges(sources);
  const inherited = inheritedNames(sources);
  for (const { node, entry } of placed)
    connect(draft, { root, node, kind, index, declared, inherited, entry, hasVia: read.hasVia });
  problems.push(...crowdedProblems(path, crowded));
  const components = draft.components.slice(1);
  const isLocked =
    components.length > 0 && components.every((found) => found.origin !== 'registry' || found.version !== '');
  const isManifest = path.toLowerCase().endsWith('.in');
  const observations: readonly Observation[] = observeRequirements(path, {
    entries: gathered.entries.map((entry) => entry.found),
    components,
    isManifest,
    hasVia: read.hasVia,
    sources,
  });
  return {
    role: isLocked && !isManifest ? 'lock' : 'manifest',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: read.hasVia,
    // A compiled file among the sources is a lockfile of its own.
    covers: sortedUnique([
      ...sources.flatMap((source) => (source.path.endsWith('.txt') ? [] : [source.path])),
      ...gathered.constraintPaths,
    ]),
    observations,
    problems,
  };
}

function componentOf(entry: Entry, pins: ReadonlyMap<string, string>): ExtractedComponent | undefined {
  const { requirement, hashes, isEditable } = entry.found;
  const place = { line: entry.line, ...(entry.key === undefined ? {} : { key: entry.key }) };
  if (requirement.url !== undefined) {
    const reference = readReference(requirement.url);
    // `-e .` is the project itself.
    const isSelf = reference.origin === 'file' && joinPath(entry.folder, reference.source) === entry.folder;
    if (isSelf || (isEditable && requirement.name === '')) return undefined;
    return {
      name: requirement.name || reference.source,
      version: reference.version,
      origin: reference.origin,
      source: reference.source,
      ...(hashes.length > 0 ? { integrity: hashes.join(' ') } : {}),
      ...place,
    };
  }
  const version = exactVersion(requirement.specifier) || (pins.get(normaliseName(requirement.name)) ?? '');
  return {
    name: requirement.name,
    version,
    origin: 'registry',
    ...(version === '' ? { requested: requirement.specifier } : {}),
    ...(hashes.length > 0 ? { integrity: hashes.join(' ') } : {}),
    ...place,
  };
}

/** What one placed requirement adds to the graph. */
interface Placement {
  readonly root: number;
  readonly node: number;
  readonly kind: Scope;
  readonly index: LockIndex;
  readonly declared: ReadonlyMap<string, string>;
  readonly inherited: ReadonlySet<string>;
  readonly entry: Entry;
  readonly hasVia: boolean;
}

function connect(draft: Draft, placement: Placement): void {
  const { root, node, kind, index, declared, inherited, entry, hasVia } = placement;
  const { via, requirement } = entry.found;
  const name = normaliseName(requirement.name);
  if (!hasVia || via.length === 0 || entry.key !== undefined) {
    draft.link(root, node, kind, declared.get(name) ?? requirement.specifier);
    return;
  }
  for (const asker of via) {
    // pip-compile leaves out setuptools and the like, and still names them as askers.
    if (/^(?:-c|--constraint|--override)\b/.test(asker) || UNSAFE.has(normaliseName(asker))) continue;
    const parents = index.all(normaliseName(asker.replace(/[[ ].*$/, '')));
    // `-r file`, `name (pyproject.toml)`, or a project that is not itself listed: people ask for it.
    if (asker.startsWith('-') || asker.endsWith(')') || parents.length === 0) {
      if (!inherited.has(name)) draft.link(root, node, kind, declared.get(name) ?? '');
    } else for (const parent of parents) draft.link(parent, node, 'prod', '');
  }
}

/** Ranges by normalised name, as the source files declare them; the first wins. */
function declaredRanges(
  sources: readonly { readonly path: string; readonly text: string }[],
): ReadonlyMap<string, string> {
  const ranges = new Map<string, string>();
  for (const { path, text } of sources) {
    if (!path.endsWith('.in') && !path.endsWith('.txt')) continue;
    for (const { requirement } of readRequirementsFile(text).requirements) {
      const name = normaliseName(requirement.name);
      if (requirement.url === undefined && !ranges.has(name)) ranges.set(name, requirement.specifier);
    }
  }
  return ranges;
}

/**
 * Names that another compiled file hands on without asking for them itself: `requirements_for_test.in` may include
 * the compiled `requirements.txt`, and then all that it lists looks direct.
 */
function inheritedNames(
  sources: readonly { readonly path: string; readonly text: string }[],
): ReadonlySet<string> {
  const direct = new Set<string>();
  const handedOn = new Set<string>();
  for (const { path, text } of sources) {
    if (!path.endsWith('.in') && !path.endsWith('.txt')) continue;
    const read = readRequirementsFile(text);
    for (const { requirement, via } of read.requirements) {
      const isAsked = !read.hasVia || via.length === 0 || via.some((asker) => /^-r |\)$/.test(asker));
      (isAsked ? direct : handedOn).add(normaliseName(requirement.name));
    }
  }
  return new Set([...handedOn].filter((name) => !direct.has(name)));
}

/** Paths of the files that this one was compiled from: what `# via` comments name, or the `.in` beside it. */
function sourcesOf(path: string, read: RequirementsFile): readonly string[] {
  const folder = folderOf(path);
  const named = new Set<string>();
  for (const { via } of read.requirements)
    for (const asker of via) {
      const file =
        /^-r (\S.*?)(?: \(line \d+\))?$/.exec(asker)?.[1] ?? /\(([^():]+?)(?:::?[^()]*)?\)$/.exec(asker)?.[1];
      if (file !== undefined) named.add(file);
    }
  if (path.toLowerCase().endsWith('.txt')) named.add(`${path.slice(path.lastIndexOf('/') + 1, -4)}.in`);
  return [...named].flatMap((file) => candidatePaths(folder, file)).filter((found) => found !== path);
}

function constraintsOnly(gathered: Gathered, problems: Problem[]): Extraction {
  const draft = newDraft();
  for (const entry of gathered.entries) {
    const component = componentOf(entry, gathered.pins);
    if (component !== undefined) draft.add({ ...component, scopes: ['optional'] });
  }
  return {
    role: 'manifest',
    components: draft.components,
    edges: [],
    edgesKnown: false,
    covers: [],
    observations: [],
    problems,
  };
}

const conflict = (path: string, line: number): Extraction => nothingOf('lock', [mergeConflict(path, line)]);
