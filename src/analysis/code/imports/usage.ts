import type { Scope } from '../../../model/extractor.ts';
import type { Inventory } from '../../../model/inventory.ts';
import type { CodeRead, Unseen, Usage, UsageReport } from '../../../model/usage.ts';
import { ecosystemOf } from '../../ecosystems/index.ts';
import { folderOf } from '../../text/paths.ts';
import type { Commands } from './commands.ts';
import { pythonDeclarations } from './declared.ts';
import { npmDoubt, pythonDoubt, type Doubt } from './doubt.ts';
import { interestOf } from './interest.ts';
import type { ScannedCode } from './javascript.ts';
import type { DeclaringManifest } from './manifests.ts';
import { distributionsOf, npmNameOf } from './names.ts';
import { filesOf, firstPlaces, npmPhantoms, pythonPhantoms, type Seen } from './phantoms.ts';
import type { languageOf } from './scan.ts';
import { addTokens } from './tokens.ts';

/** What is known before code is read. */
export interface Declarations {
  readonly inventory: Inventory;
  /** Every package.json of the tree, ordered by path. */
  readonly manifests: readonly DeclaringManifest[];
  /** By folder, what its lockfile says of commands; `undefined` for one that does not tell. */
  readonly commands: ReadonlyMap<string, Commands | undefined>;
}

/** Ecosystems whose code is read. */
export type ReadEcosystem = 'npm' | 'PyPI';

/** Gathers what code says, file by file in any order, and answers at the end. */
export interface UsageCollector {
  code(path: string, language: NonNullable<ReturnType<typeof languageOf>>, scanned: ScannedCode): void;
  /** Words of a file of configuration, scripts or markup. */
  mentions(path: string, words: Iterable<string>): void;
  unread(): void;
  /** How much was read. */
  read(): CodeRead;
  report(): Pick<UsageReport, 'code' | 'unseen' | 'unsure' | 'phantoms'>;
  /** What was seen of a component's canonical name. */
  usageOf(ecosystem: ReadEcosystem, name: string): Usage;
}

export function usageCollector({ inventory, manifests, commands }: Declarations): UsageCollector {
  const imported = { npm: new Map<string, Seen[]>(), PyPI: new Map<string, Seen[]>() };
  const mentioned = { npm: new Map<string, string[]>(), PyPI: new Map<string, string[]>() };
  /** First parts of Python modules that the tree itself has. */
  const ownModules = new Set<string>();
  /** Files of code without their endings, and the folders above. */
  const ownPaths = new Set<string>();
  /** Folders that hold code of an ecosystem, at any depth. */
  const withCode = { npm: new Set<string>(), PyPI: new Set<string>() };
  const counts = { files: 0, mentioning: 0, unread: 0, computed: 0 };
  const python = pythonDeclarations(inventory);
  const interest = interestOf(manifests, merged(commands), python.names);
  const doubtOf: Readonly<Record<ReadEcosystem, Doubt>> = {
    npm: npmDoubt(inventory, (folder) => commands.get(nearestIn(commands, folder))),
    PyPI: pythonDoubt,
  };
  const pypi = ecosystemOf('PyPI');

  const mention = (path: string, words: Iterable<string>): void => {
    for (const word of words) {
      for (const name of interest.npm.get(word) ?? []) pushOnce(mentioned.npm, name, path);
      if (python.names.size === 0) continue;
      const dot = word.indexOf('.');
      const first = pypi.normaliseName(dot === -1 ? word : word.slice(0, dot));
      for (const name of interest.pypi.get(first) ?? []) pushOnce(mentioned.PyPI, name, path);
    }
  };
  for (const { path, words } of manifests) mention(path, words);

  const folders = new Set(manifests.map(({ folder }) => folder));
  /** The folder whose manifest a file belongs to. */
  const manifestOf = (path: string): string => nearestIn(folders, folderOf(path));

  /** `undefined` when it is used; else what is known of its not being seen. */
  const judge = (
    ecosystem: ReadEcosystem,
    name: string,
    folder: string,
    scopes: readonly Scope[],
  ): { readonly because?: string } | undefined => {
    if (!withCode[ecosystem].has(folder)) return { because: 'no code was read below this manifest' };
    const isBelow = (path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
    if (imported[ecosystem].get(name)?.some(({ path }) => isBelow(path)) === true) return undefined;
    // Pipelines and hooks of the whole repository run the commands of its parts.
    if (
      mentioned[ecosystem].get(name)?.some((path) => isBelow(path) || isAbove(manifestOf(path), folder)) ===
      true
    )
      return undefined;
    const because = doubtOf[ecosystem](name, scopes, folder);
    return because === undefined ? {} : { because };
  };

  const notSeen = (): Pick<UsageReport, 'unseen' | 'unsure'> => {
    const all: Unseen[] = [];
    const note = (
      ecosystem: ReadEcosystem,
      name: string,
      manifest: string,
      folder: string,
      scopes: readonly Scope[],
    ): void => {
      const found = judge(ecosystem, name, folder, scopes);
      if (found === undefined) return;
      const elsewhere = filesOf(imported[ecosystem].get(name) ?? []);
      all.push({ ecosystem, name, manifest, scopes, elsewhere, ...found });
    };
    for (const { path, folder, declared } of manifests)
      for (const [name, scopes] of declared)
        if (scopes.some((scope) => scope !== 'peer')) note('npm', name, path, folder, scopes);
    // Requirements are often kept in a folder without code: then the code above it is meant.
    for (const { name, manifest, scopes } of python.declared)
      note('PyPI', name, manifest, nearestIn(withCode.PyPI, folderOf(manifest)), scopes);
    all.sort(byManifest);
    return {
      unseen: all.filter(({ because }) => because === undefined),
      unsure: all.filter(({ because }) => because !== undefined),
    };
  };

  return {
    code(path, language, scanned) {
      counts.files++;
      counts.computed += scanned.computed;
      const ecosystem = language === 'python' ? 'PyPI' : 'npm';
      ownPaths.add(path.replace(/\.[^./]*$/, ''));
      for (let folder = folderOf(path); !withCode[ecosystem].has(folder); folder = folderOf(folder)) {
        withCode[ecosystem].add(folder);
        ownPaths.add(folder);
      }
      if (language === 'python') {
        ownModules.add(path.slice(path.lastIndexOf('/') + 1).replace(/\.pyi?$/, ''));
        for (const folder of path.split('/').slice(0, -1)) ownModules.add(folder);
        for (const { specifier, line } of scanned.imports)
          for (const name of distributionsOf(specifier))
            push(imported.PyPI, name, { path, line, type: false });
        // A string such as `rest_framework` in INSTALLED_APPS.
        for (const text of scanned.strings)
          if (/^[A-Za-z_][\w.-]*$/.test(text))
            for (const name of distributionsOf(text))
              if (python.names.has(name)) pushOnce(mentioned.PyPI, name, path);
        return;
      }
      for (const { specifier, line, kind } of scanned.imports) {
        const name = npmNameOf(specifier);
        if (name !== undefined) push(imported.npm, name, { path, line, type: kind === 'type' });
      }
      const words = new Set<string>();
      for (const text of scanned.texts) addTokens(text, words);
      for (const word of words)
        for (const name of interest.npm.get(word) ?? []) pushOnce(mentioned.npm, name, path);
      for (const text of scanned.strings) {
        for (const name of interest.npm.get(text) ?? []) pushOnce(mentioned.npm, name, path);
        const name = text.includes('/') || text.includes('!') ? npmNameOf(text) : undefined;
        if (name !== undefined && interest.npm.get(name)?.includes(name) === true)
          pushOnce(mentioned.npm, name, path);
      }
    },
    mentions(path, words) {
      counts.mentioning++;
      mention(path, words);
    },
    unread: () => void counts.unread++,
    read: () => ({ ...counts }),
    report: () => ({
      code: { ...counts },
      ...notSeen(),
      phantoms: [
        ...npmPhantoms(inventory, manifests, imported.npm, (path) => ownPaths.has(path)),
        ...pythonPhantoms(python, imported.PyPI, ownModules),
      ].sort(byManifest),
    }),
    usageOf(ecosystem, name) {
      const at = imported[ecosystem].get(name) ?? [];
      const named = [...(mentioned[ecosystem].get(name) ?? [])].sort();
      const declaring =
        ecosystem === 'npm'
          ? manifests.filter(({ declared }) => declared.has(name)).map(({ path }) => path)
          : python.declared.filter((one) => one.name === name).map(({ manifest }) => manifest);
      const scopes =
        ecosystem === 'npm'
          ? manifests.flatMap(({ declared }) => declared.get(name) ?? [])
          : python.declared.flatMap((one) => (one.name === name ? one.scopes : []));
      const because = withCode[ecosystem].has('')
        ? doubtOf[ecosystem](name, scopes, folderOf(declaring[0] ?? ''))
        : 'no code that could import it was read';
      const base = { ecosystem, name, declaredIn: [...new Set(declaring)].sort() };
      if (at.length > 0) return { ...base, seen: 'imported', at: firstPlaces(at), files: filesOf(at) };
      if (named.length > 0)
        return {
          ...base,
          seen: 'mentioned',
          at: named.slice(0, 5).map((path) => ({ path })),
          files: named.length,
        };
      return because === undefined
        ? { ...base, seen: 'not-seen', at: [], files: 0 }
        : { ...base, seen: 'unknown', because, at: [], files: 0 };
    },
  };
}

const isAbove = (folder: string, below: string): boolean =>
  folder === '' || below === folder || below.startsWith(`${folder}/`);

/** The nearest of `folders` at or above `from`, else the top. */
function nearestIn(folders: { has(folder: string): boolean }, from: string): string {
  let folder = from;
  while (folder !== '' && !folders.has(folder)) folder = folderOf(folder);
  return folder;
}

function merged(commands: ReadonlyMap<string, Commands | undefined>): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const one of commands.values())
    for (const [command, names] of one?.by ?? []) for (const name of names) pushOnce(all, command, name);
  return all;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Files come one after the other, so that a repetition is the last one. */
function pushOnce<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}

const byManifest = (a: Pick<Unseen, 'manifest' | 'name'>, b: Pick<Unseen, 'manifest' | 'name'>): number =>
  compareText(a.manifest, b.manifest) || compareText(a.name, b.name);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
