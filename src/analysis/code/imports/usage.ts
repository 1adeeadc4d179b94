import type { Scope } from '../../../model/extractor.ts';
import type { Inventory } from '../../../model/inventory.ts';
import type { Location } from '../../../model/problem.ts';
import type { Phantom, Unseen, Usage, UsageReport } from '../../../model/usage.ts';
import { ecosystemOf } from '../../ecosystems/index.ts';
import { folderOf } from '../../text/paths.ts';
import type { DeclaringManifest } from './manifests.ts';
import { BACKPORTED, distributionsOf, isModuleCertain, npmNameOf, typesOf } from './names.ts';
import type { languageOf } from './scan.ts';
import type { ScannedCode } from './javascript.ts';

/** What is known before code is read. */
export interface Declarations {
  readonly inventory: Inventory;
  /** Every package.json of the tree. */
  readonly manifests: readonly DeclaringManifest[];
  /** Commands that installed packages bring, with their packages. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
}

/** Gathers what code says, file by file in any order, and answers at the end. */
export interface UsageCollector {
  code(path: string, language: NonNullable<ReturnType<typeof languageOf>>, scanned: ScannedCode): void;
  /** Words of a file of configuration, scripts or markup. */
  mentions(path: string, words: ReadonlySet<string>): void;
  unread(): void;
  report(): Pick<UsageReport, 'code' | 'unseen' | 'unsure' | 'phantoms'>;
  /** What was seen of a component's canonical name. */
  usageOf(ecosystem: 'npm' | 'PyPI', name: string): Usage;
}

interface Seen extends Location {
  readonly line: number;
  readonly type: boolean;
}

export function usageCollector({ inventory, manifests, commands }: Declarations): UsageCollector {
  const imported = { npm: new Map<string, Seen[]>(), PyPI: new Map<string, Seen[]>() };
  const mentioned = { npm: new Map<string, string[]>(), PyPI: new Map<string, string[]>() };
  /** Dotted modules of Python, and first parts that the tree itself has. */
  const own = new Set<string>();
  const counts = { files: 0, mentioning: 0, unread: 0, computed: 0 };
  const python = pythonDeclarations(inventory);
  const interest = interestOf(manifests, commands, python.declared);
  const peers = peersOf(inventory);

  const mention = (path: string, words: Iterable<string>): void => {
    for (const word of words) {
      for (const name of interest.npm.get(word) ?? []) push(mentioned.npm, name, path);
      for (const distribution of interest.pypi.get(ecosystemOf('PyPI').normaliseName(word.split('.')[0]!)) ??
        [])
        push(mentioned.PyPI, distribution, path);
    }
  };
  for (const { path, words } of manifests) mention(path, words);

  const below =
    (folder: string) =>
    (path: string): boolean =>
      folder === '' || path.startsWith(`${folder}/`);

  const unseenIn = (): { unseen: Unseen[]; unsure: Unseen[] } => {
    const unseen: Unseen[] = [];
    const unsure: Unseen[] = [];
    const judge = (
      ecosystem: 'npm' | 'PyPI',
      name: string,
      manifest: string,
      folder: string,
      scopes: readonly Scope[],
    ): void => {
      const isBelow = below(folder);
      if (imported[ecosystem].get(name)?.some(({ path }) => isBelow(path))) return;
      if (mentioned[ecosystem].get(name)?.some(isBelow)) return;
      const because = ecosystem === 'npm' ? npmDoubt(name) : isModuleCertain(name) ? undefined : UNCERTAIN;
      if (because === undefined) unseen.push({ ecosystem, name, manifest, scopes });
      else unsure.push({ ecosystem, name, manifest, scopes, because });
    };
    for (const { path, folder, declared } of manifests)
      for (const [name, scopes] of declared)
        if (scopes.some((scope) => scope !== 'peer')) judge('npm', name, path, folder, scopes);
    for (const { name, manifest, scopes } of python.declared)
      judge('PyPI', name, manifest, folderOf(manifest), scopes);
    return { unseen: unseen.sort(byManifest), unsure: unsure.sort(byManifest) };
  };

  const npmDoubt = (name: string): string | undefined => {
    if (typesOf(name) !== undefined) return 'type declarations may hold for the whole program';
    const by = peers.get(name);
    if (by !== undefined) return `${by} wants it beside itself (peer dependency)`;
    return PLUGIN.test(name) ? 'tools load such packages by name or by convention' : undefined;
  };

  return {
    code(path, language, scanned) {
      counts.files++;
      counts.computed += scanned.computed;
      if (language === 'python') {
        own.add(path.slice(path.lastIndexOf('/') + 1).replace(/\.pyi?$/, ''));
        for (const folder of path.split('/').slice(0, -1)) own.add(folder);
        for (const { specifier, line } of scanned.imports)
          for (const name of distributionsOf(specifier))
            push(imported.PyPI, name, { path, line, type: false });
        // A string such as `rest_framework` in INSTALLED_APPS.
        for (const text of scanned.strings)
          if (/^[A-Za-z_][\w.-]*$/.test(text))
            for (const name of distributionsOf(text))
              if (python.names.has(name)) push(mentioned.PyPI, name, path);
        return;
      }
      for (const { specifier, line, kind } of scanned.imports) {
        const name = npmNameOf(specifier);
        if (name !== undefined) push(imported.npm, name, { path, line, type: kind === 'type' });
      }
      mention(path, scanned.strings);
      for (const text of scanned.strings) {
        const name = text.includes('/') || text.includes('!') ? npmNameOf(text) : undefined;
        if (name !== undefined && interest.npm.get(name)?.includes(name)) push(mentioned.npm, name, path);
      }
    },
    mentions(path, words) {
      counts.mentioning++;
      mention(path, words);
    },
    unread: () => void counts.unread++,
    report: () => ({
      code: { ...counts },
      ...unseenIn(),
      phantoms: [
        ...npmPhantoms(inventory, manifests, imported.npm),
        ...pythonPhantoms(python, imported.PyPI, own),
      ].sort(byManifest),
    }),
    usageOf(ecosystem, name) {
      const at = imported[ecosystem].get(name) ?? [];
      const declaredIn =
        ecosystem === 'npm'
          ? manifests.flatMap(({ path, declared }) => (declared.has(name) ? [path] : []))
          : python.declared.flatMap((one) => (one.name === name ? [one.manifest] : []));
      const named = [...new Set(mentioned[ecosystem].get(name))];
      const because = ecosystem === 'npm' ? npmDoubt(name) : isModuleCertain(name) ? undefined : UNCERTAIN;
      const seen =
        at.length > 0
          ? 'imported'
          : named.length > 0
            ? 'mentioned'
            : because === undefined
              ? 'not-seen'
              : 'unknown';
      return {
        ecosystem,
        name,
        seen,
        ...(seen === 'unknown' ? { because: because! } : {}),
        declaredIn: declaredIn.sort(),
        at:
          at.length > 0
            ? places(at)
            : named
                .sort()
                .slice(0, 5)
                .map((path) => ({ path })),
        files: at.length > 0 ? new Set(at.map(({ path }) => path)).size : named.length,
      };
    },
  };
}

const UNCERTAIN = 'the names of its modules are not known here';

/** Packages that other tools find by what they are called. */
const PLUGIN =
  /(?:^|[/-])(?:plugins?|presets?|configs?|loader|adapter|reporter|transformer|types|polyfill|shim)(?:$|-)|^(?:karma|grunt|gulp|postcss|remark|rehype|jest|mocha|chai|semantic-release|hubot|generator|yo|babel|eslint|stylelint|prettier|vite|rollup|webpack)-|^@(?:babel|commitlint|semantic-release)\//;

/** Words that would be a mention, each with the names that they mention. */
function interestOf(
  manifests: readonly DeclaringManifest[],
  commands: ReadonlyMap<string, readonly string[]>,
  python: readonly { readonly name: string }[],
): {
  readonly npm: ReadonlyMap<string, readonly string[]>;
  readonly pypi: ReadonlyMap<string, readonly string[]>;
} {
  const npm = new Map<string, string[]>();
  const pypi = new Map<string, string[]>();
  const add = (into: Map<string, string[]>, word: string, name: string): void => {
    const names = into.get(word);
    if (names === undefined) into.set(word, [name]);
    else if (!names.includes(name)) names.push(name);
  };
  const declared = new Set(manifests.flatMap((manifest) => [...manifest.declared.keys()]));
  for (const name of declared) {
    add(npm, name, name);
    // `eslint-plugin-react` is `react` in the settings, `@scope/eslint-plugin` is `@scope`.
    const short =
      /^((?:@[^/]+\/)?)(?:eslint|babel|stylelint|prettier|rollup|vite|postcss|remark|rehype)-(?:plugin|preset|config)-?(.*)$/.exec(
        name,
      );
    if (short !== null) add(npm, `${short[1]!}${short[2]!}`.replace(/\/$/, ''), name);
  }
  for (const [command, names] of commands)
    for (const name of names) if (declared.has(name)) add(npm, command, name);
  for (const { name } of python) add(pypi, name, name);
  return { npm, pypi };
}

/** Names that some component wants as a peer, each with one that does. */
function peersOf({ components, manifests }: Inventory): Map<string, string> {
  const found = new Map<string, string>();
  const peer = 3;
  for (const { occurrences, offsets, targets, kinds } of manifests)
    occurrences.forEach(({ component }, node) => {
      const { name, origin, ecosystem } = components[component]!;
      if (ecosystem !== 'npm' || origin === 'project' || origin === 'workspace') return;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        if (kinds[i] !== peer) continue;
        const wanted = components[occurrences[targets[i]!]!.component]!.name;
        const known = found.get(wanted);
        if (known === undefined || name < known) found.set(wanted, name);
      }
    });
  return found;
}

interface PythonDeclarations {
  readonly declared: readonly {
    readonly name: string;
    readonly manifest: string;
    readonly scopes: readonly Scope[];
  }[];
  readonly names: ReadonlySet<string>;
  /** Here only because something else brings it in, by name with one file. */
  readonly transitive: ReadonlyMap<string, string>;
}

function pythonDeclarations({ components, manifests }: Inventory): PythonDeclarations {
  const declared: { name: string; manifest: string; scopes: readonly Scope[] }[] = [];
  const others = new Set<string>();
  const transitive = new Map<string, string>();
  for (const { path, occurrences } of manifests)
    for (const { component, direct, scopes } of occurrences) {
      const { ecosystem, name, origin } = components[component]!;
      if (ecosystem !== 'PyPI' || origin === 'project' || origin === 'workspace') continue;
      if (direct === 'yes') declared.push({ name, manifest: path, scopes });
      if (direct === 'no') transitive.set(name, transitive.get(name) ?? path);
      else others.add(name);
    }
  for (const name of others) transitive.delete(name);
  return { declared, names: new Set(declared.map(({ name }) => name)), transitive };
}

function npmPhantoms(
  { components }: Inventory,
  manifests: readonly DeclaringManifest[],
  imported: ReadonlyMap<string, readonly Seen[]>,
): Phantom[] {
  const locked = new Set<string>();
  const own = new Set(manifests.map(({ name }) => name));
  for (const { ecosystem, name, origin } of components)
    if (ecosystem === 'npm') (origin === 'project' || origin === 'workspace' ? own : locked).add(name);
  const byFolder = new Map(manifests.map((manifest) => [manifest.folder, manifest]));
  const found: Phantom[] = [];
  for (const [name, seen] of imported) {
    if (!locked.has(name) || own.has(name)) continue;
    const missing = new Map<string, Seen[]>();
    for (const one of seen) {
      const above = manifestsAbove(one.path, byFolder);
      const isDeclared = above.some(
        ({ declared }) =>
          declared.has(name) || declared.has(`@types/${name.replace(/^@/, '').replace('/', '__')}`),
      );
      if (above.length > 0 && !isDeclared) push(missing, above[0]!.path, one);
    }
    for (const [manifest, at] of missing)
      found.push({
        ecosystem: 'npm',
        name,
        manifest,
        at: places(at),
        files: new Set(at.map(({ path }) => path)).size,
      });
  }
  return found;
}

/** Nearest first. */
function manifestsAbove(path: string, byFolder: ReadonlyMap<string, DeclaringManifest>): DeclaringManifest[] {
  const found: DeclaringManifest[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const manifest = byFolder.get(folder);
    if (manifest !== undefined) found.push(manifest);
    if (folder === '') return found;
  }
}

function pythonPhantoms(
  { transitive }: PythonDeclarations,
  imported: ReadonlyMap<string, readonly Seen[]>,
  own: ReadonlySet<string>,
): Phantom[] {
  const found: Phantom[] = [];
  for (const [name, manifest] of transitive) {
    const seen = imported.get(name);
    if (
      seen === undefined ||
      !isModuleCertain(name) ||
      BACKPORTED.has(name) ||
      own.has(name.replaceAll('-', '_'))
    )
      continue;
    found.push({
      ecosystem: 'PyPI',
      name,
      manifest,
      at: places(seen),
      files: new Set(seen.map(({ path }) => path)).size,
    });
  }
  return found;
}

const places = (seen: readonly Seen[]): Location[] =>
  [...seen]
    .sort((a, b) => compareText(a.path, b.path) || a.line - b.line)
    .slice(0, 5)
    .map(({ path, line }) => ({ path, line }));

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const byManifest = (a: Pick<Unseen, 'manifest' | 'name'>, b: Pick<Unseen, 'manifest' | 'name'>): number =>
  compareText(a.manifest, b.manifest) || compareText(a.name, b.name);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
