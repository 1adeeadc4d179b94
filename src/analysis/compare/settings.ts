import { baseName } from '../text/paths.ts';

/**
 * What a file that steers installs can do, in words; `undefined` for every other file. By name alone: what changed in it is for a person to read,
 * since one line there can send every download elsewhere.
 */
export function steeredBy(path: string): string | undefined {
  if (path.startsWith('.assay/') || path.includes('/.assay/'))
    return 'what Assay reports and what was decided';
  const found = BY_NAME.get(baseName(path).toLowerCase());
  if (found !== undefined) return found;
  for (const [end, words] of BY_END) if (path === end || path.endsWith(`/${end}`)) return words;
  return path.startsWith('patches/') || path.includes('/patches/') ? 'patches of dependencies' : undefined;
}

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['.npmrc', 'registries, proxies and scripts of npm and pnpm'],
  ['.yarnrc', 'registries and scripts of yarn'],
  ['.yarnrc.yml', 'registries, plugins and scripts of yarn'],
  ['.pnpmfile.cjs', 'code that rewrites dependencies while pnpm resolves them'],
  ['.pnpmfile.mjs', 'code that rewrites dependencies while pnpm resolves them'],
  ['pnpm-workspace.yaml', 'members, overrides, patches and allowed scripts of pnpm'],
  ['bunfig.toml', 'registries and scripts of bun'],
  ['pip.conf', 'package indexes of pip'],
  ['pip.ini', 'package indexes of pip'],
  ['.pypirc', 'where Python packages are published'],
  ['uv.toml', 'package indexes of uv'],
  ['poetry.toml', 'package indexes of poetry'],
  ['nuget.config', 'package sources of NuGet'],
  ['.bazelrc', 'downloads and flags of Bazel'],
  ['gradle.properties', 'proxies and flags of Gradle'],
  ['settings.gradle', 'repositories and plugins of Gradle'],
  ['settings.gradle.kts', 'repositories and plugins of Gradle'],
  ['gradle-wrapper.properties', 'which Gradle is downloaded'],
  ['auth.json', 'credentials of Composer'],
  ['.gitmodules', 'where submodules come from'],
]);

const BY_END: readonly (readonly [string, string])[] = [
  ['.cargo/config.toml', 'registries and flags of Cargo'],
  ['.cargo/config', 'registries and flags of Cargo'],
  ['.bundle/config', 'gem sources and flags of Bundler'],
  ['.mvn/settings.xml', 'repositories and mirrors of Maven'],
  ['.mvn/maven.config', 'flags of Maven'],
  ['.mvn/extensions.xml', 'code that runs inside Maven'],
];
