import type { Extractor } from '../../../model/extractor.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { nothingOf } from '../draft.ts';

interface Kind {
  /** For people: what the file is. */
  readonly what: string;
  /** Locks of the same name space, beside it or in a folder above: where one is, it is read in place of this file. */
  readonly unless?: readonly string[];
  /** What the text has when it names a dependency, where the name of the file alone does not say so. */
  readonly when?: RegExp;
}

/** By name, in lower case. Formats that are read have extractors of their own. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['podfile.lock', { what: 'a CocoaPods lockfile' }],
  ['cartfile.resolved', { what: 'a Carthage lockfile' }],
  ['conan.lock', { what: 'a Conan lockfile' }],
  ['conanfile.txt', { what: 'a Conan manifest', unless: ['conan.lock'], when: /^\[requires\]/m }],
  ['vcpkg.json', { what: 'a vcpkg manifest', when: /"dependencies"/ }],
  ['conda-lock.yml', { what: 'a conda lockfile' }],
  ['environment.yml', { what: 'a conda environment', unless: ['conda-lock.yml'], when: /^dependencies:/m }],
  ['environment.yaml', { what: 'a conda environment', unless: ['conda-lock.yml'], when: /^dependencies:/m }],
  ['pixi.lock', { what: 'a pixi lockfile' }],
  ['deno.lock', { what: 'a Deno lockfile' }],
  ['bower.json', { what: 'a Bower manifest', when: /"(?:devD|d)ependencies"/ }],
  ['renv.lock', { what: 'an renv lockfile (R)' }],
  ['packrat.lock', { what: 'a packrat lockfile (R)' }],
  ['cabal.project.freeze', { what: 'a Cabal lockfile (Haskell)' }],
  ['stack.yaml.lock', { what: 'a Stack lockfile (Haskell)' }],
  ['rebar.lock', { what: 'a rebar3 lockfile (Erlang)' }],
  ['shard.lock', { what: 'a Shards lockfile (Crystal)' }],
  ['cpanfile.snapshot', { what: 'a Carton lockfile (Perl)' }],
  ['paket.lock', { what: 'a Paket lockfile (.NET)' }],
  ['gopkg.lock', { what: 'a dep lockfile (Go)', unless: ['go.mod'] }],
  ['glide.lock', { what: 'a Glide lockfile (Go)', unless: ['go.mod'] }],
  ['module.bazel.lock', { what: 'a Bazel lockfile' }],
  [
    'versions.lock',
    { what: 'a lockfile of gradle-consistent-versions', when: /^[\w.-]{1,200}:[\w.-]{1,200}:\d/m },
  ],
  ['dependencies.lock', { what: 'a Nebula lockfile (Gradle)', when: /"locked"/ }],
  [
    'build.sbt',
    {
      what: 'an sbt build, which is code',
      unless: ['build.sbt.lock'],
      when: /libraryDependencies|addSbtPlugin|%/,
    },
  ],
  ['project.clj', { what: 'a Leiningen project (Clojure)', when: /:dependencies/ }],
  ['deps.edn', { what: 'a Clojure manifest', when: /:deps/ }],
  [
    'pubspec.yaml',
    {
      what: 'a Dart manifest without pubspec.lock',
      unless: ['pubspec.lock'],
      when: /^(?:dev_)?dependencies:\s*\n[ \t]/m,
    },
  ],
  ['mix.exs', { what: 'a Mix project without mix.lock', unless: ['mix.lock'], when: /\{:\w/ }],
  [
    'package.swift',
    {
      what: 'a Swift manifest without Package.resolved',
      unless: ['Package.resolved'],
      when: /\.package\s{0,9}\(/,
    },
  ],
]);

/** What else names dependencies: said, so that what is not read is not taken for nothing. */
export const unread: Extractor = {
  id: 'sbom/unread',
  version: 1,
  ecosystem: 'Other',
  title: 'Dependency files that are not read',
  files: [...KINDS.keys()],
  notes:
    'Lockfiles and manifests of other package managers, and manifests without their lockfile where only the lockfile is read. ' +
    'Each is a problem that costs the verdict, since what it names is not known here. ' +
    'Scan an SBOM made by the build to check these too, or leave the file out under `ignore` in .assay/config.yaml.',
  claims: (path) => KINDS.has(baseName(path).toLowerCase()),
  companions: (file, claimed, named) => {
    if (file.path !== claimed) return [];
    // An Xcode project keeps the lockfile of all its packages inside itself.
    const anywhere = /package\.swift$/i.test(claimed) ? (named?.('', 'Package.resolved') ?? []) : [];
    return [...locksOf(claimed), ...anywhere.slice(0, 1)];
  },
  extract({ path, text }, companion, found = []) {
    const kind = KINDS.get(baseName(path).toLowerCase());
    const isRead =
      kind === undefined ||
      text.trim() === '' ||
      kind.when?.test(text) === false ||
      found.length > 0 ||
      locksOf(path).some((lock) => companion(lock) !== undefined);
    if (isRead) return nothingOf('manifest', []);
    return nothingOf('manifest', [
      {
        code: 'manifest/not-read',
        message: `${kind.what} is not read: what it names is not known here`,
        at: { path },
        hint: 'scan an SBOM made by the build to check these too, or name the file under `ignore` in .assay/config.yaml',
        lost: true,
      },
    ]);
  },
};

/** In the file's own folder and at most eight above it. */
function locksOf(path: string): string[] {
  const found: string[] = [];
  const names = KINDS.get(baseName(path).toLowerCase())?.unless ?? [];
  let folder = folderOf(path);
  for (let level = 0; level < 9; level++) {
    for (const name of names) found.push(folder === '' ? name : `${folder}/${name}`);
    if (folder === '') break;
    folder = folderOf(folder);
  }
  return found;
}
