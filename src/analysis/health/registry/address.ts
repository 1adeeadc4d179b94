import type { EcosystemId } from '../../../model/ecosystem.ts';

/** Where a registry's address may come from; the first that is given counts. No address is built in. */
export interface AddressSources {
  /** What people said. */
  readonly given: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Texts of `.npmrc` files, nearest first, with their names. */
  readonly npmrc: readonly { readonly path: string; readonly text: string }[];
  /** Addresses that lockfiles resolved components of the ecosystem from, with the components' names. */
  readonly resolved: readonly { readonly name: string; readonly source: string }[];
}

export interface RegistryAddress {
  /** What to ask for; never with credentials in it. */
  readonly url: string;
  readonly host: string;
  /** Where the address comes from, for people. */
  readonly because: string;
}

/** Ecosystems whose registries' answers we read. */
export const ASKABLE: readonly EcosystemId[] = ['npm', 'PyPI', 'crates.io'];

/** The address that answers for a component; `undefined` when nothing names a registry. */
export function registryAddress(
  ecosystem: EcosystemId,
  name: string,
  sources: AddressSources,
): RegistryAddress | undefined {
  const base =
    sources.given === undefined
      ? ecosystem === 'npm'
        ? npmBase(name, sources)
        : ecosystem === 'PyPI'
          ? pypiBase(sources)
          : undefined
      : { base: sources.given, because: '--registry' };
  const address = base === undefined ? undefined : cleaned(base.base);
  if (address === undefined) return undefined;
  return { url: `${address.root}${pathOf(ecosystem, name)}`, host: address.host, because: base!.because };
}

function pathOf(ecosystem: EcosystemId, name: string): string {
  // npm wants the slash of a scope encoded and its at-sign not.
  if (ecosystem === 'npm') return `/${encodeURIComponent(name).replace(/^%40/, '@')}`;
  if (ecosystem === 'PyPI') return `/pypi/${encodeURIComponent(name)}/json`;
  return `/api/v1/crates/${encodeURIComponent(name)}`;
}

/** http(s) alone, without credentials, query or slash at the end; an index's `/simple` is not part of the root. */
function cleaned(text: string): { readonly root: string; readonly host: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const path = pathname.replace(/\/+$/, '').replace(/\/\+?simple$/, '');
  return { root: `${protocol}//${host}${path}`, host };
}

interface Base {
  readonly base: string;
  readonly because: string;
}

/** npm's order: the scope's own registry first, then the environment, then files, then what the lockfile used. */
function npmBase(name: string, { env, npmrc, resolved }: AddressSources): Base | undefined {
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : undefined;
  const files = npmrc.map(({ path, text }) => ({ path, values: npmrcValues(text) }));
  const inFiles = (key: string): Base | undefined => {
    const file = files.find(({ values }) => values.has(key));
    return file === undefined ? undefined : { base: file.values.get(key)!, because: file.path };
  };
  const scoped = scope === undefined ? undefined : inFiles(`${scope}:registry`);
  if (scoped !== undefined) return scoped;
  for (const key of ['npm_config_registry', 'NPM_CONFIG_REGISTRY'])
    if ((env[key] ?? '') !== '') return { base: env[key]!, because: key };
  return inFiles('registry') ?? npmResolved(resolved);
}

function npmrcValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at === -1 || /^\s*[;#]/.test(line)) continue;
    const value = line
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    // Variables are the environment's: what is not spelt out is not used.
    if (value !== '' && !value.includes('${')) values.set(line.slice(0, at).trim(), value);
  }
  return values;
}

/** `https://host/path/NAME/-/NAME-1.0.0.tgz` → `https://host/path`. */
function npmResolved(resolved: AddressSources['resolved']): Base | undefined {
  for (const { name, source } of resolved) {
    const at = source.indexOf(`/${name}/-/`);
    if (at > 0 && /^https?:\/\//.test(source)) return { base: source.slice(0, at), because: 'the lockfile' };
  }
  return undefined;
}

function pypiBase({ env }: AddressSources): Base | undefined {
  for (const key of ['PIP_INDEX_URL', 'UV_DEFAULT_INDEX', 'UV_INDEX_URL'])
    if ((env[key] ?? '') !== '') return { base: env[key]!, because: key };
  return undefined;
}
