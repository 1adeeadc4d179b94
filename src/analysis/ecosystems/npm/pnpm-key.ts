import { isRegistryTarball } from './source.ts';
import { parseSpec } from './spec.ts';
import type { Origin } from '../../../model/extractor.ts';
import type { PnpmPackage } from './pnpm-document.ts';

/** What a key of `packages` or `snapshots` names. */
export interface PnpmIdentity {
  readonly name: string;
  /** `''` when neither key nor entry gives one (a commit or tarball without facts). */
  readonly version: string;
  readonly origin: Origin;
  readonly source: string | undefined;
}

/**
 * The key without what pnpm resolved its peers to: that tells two installations apart, not two components.
 * `a@1.0.0(react@18.0.0)` (6.0 on) gives `a@1.0.0`; `/a/1.0.0_react@18.0.0` (5.x) gives `/a/1.0.0`.
 */
export function withoutPeers(key: string): string {
  const bracket = key.indexOf('(');
  if (bracket !== -1) return key.slice(0, bracket);
  if (!key.startsWith('/')) return key;
  const under = key.indexOf('_', versionStart(key));
  return under === -1 ? key : key.slice(0, under);
}

/** Where the version starts in `/name/1.0.0` or `/@scope/name/1.0.0`; the end for other forms. */
function versionStart(key: string): number {
  const afterScope = key.startsWith('/@') ? key.indexOf('/', 2) + 1 : 1;
  const slash = key.indexOf('/', afterScope);
  return slash === -1 ? key.length : slash + 1;
}

/**
 * Understands a key of any format, with the facts of its entry:
 * `/a/1.0.0` (5.x), `/a@1.0.0` (6.x), `a@1.0.0` and `a@https://…` (9.0), `example.com/a/1.0.0` (other registries, 5.x),
 * `github.com/o/r/<commit>` and `file:…` (before 9.0, with `name` in the entry).
 */
export function identify(key: string, facts: PnpmPackage | undefined): PnpmIdentity {
  const bare = withoutPeers(key);
  const [keyName, rest] = split(bare);
  const name = facts?.fields.get('name') ?? keyName;
  const isRelease = /^\d+\.\d+\.\d+/.test(rest) && !rest.includes(':') && !rest.includes('/');
  const version = facts?.fields.get('version') ?? (isRelease ? rest : '');
  const resolution = facts?.resolution ?? new Map<string, string>();
  const repo = resolution.get('repo');
  const tarball = resolution.get('tarball');
  const directory = resolution.get('directory');
  if (resolution.get('type') === 'git' || repo !== undefined)
    return { name, version, origin: 'git', source: `${repo ?? ''}#${resolution.get('commit') ?? ''}` };
  if (directory !== undefined) return { name, version, origin: 'file', source: directory };
  if (tarball !== undefined) {
    const isRegistry = isRelease || isRegistryTarball(tarball, name, version);
    return {
      name,
      version,
      origin: isRegistry ? 'registry' : parseSpec(name, tarball).origin,
      source: tarball,
    };
  }
  if (isRelease) return { name, version, origin: 'registry', source: undefined };
  const { origin } = parseSpec(name, rest);
  return { name, version, origin: origin === 'registry' ? 'unknown' : origin, source: rest };
}

/** Name and what follows it (a version, or an address). */
function split(key: string): [name: string, rest: string] {
  if (key.startsWith('file:')) return [key.slice(key.lastIndexOf('/') + 1).replace(/^file:/, ''), key];
  if (key.startsWith('/')) {
    const at = key.indexOf('@', 2);
    const start = versionStart(key);
    // 6.x separates with `@`, 5.x with `/`; a version holds neither.
    return at !== -1 && (start === key.length || at < start)
      ? [key.slice(1, at), key.slice(at + 1)]
      : [key.slice(1, start - 1), key.slice(start)];
  }
  const at = key.indexOf('@', key.startsWith('@') ? key.indexOf('/') + 1 : 1);
  if (at > 0 && !key.slice(key.startsWith('@') ? key.indexOf('/') + 1 : 0, at).includes('/'))
    return [key.slice(0, at), key.slice(at + 1)];
  // What follows has a host in front.
  const slash = key.lastIndexOf('/');
  const last = key.slice(slash + 1);
  const lastAt = last.indexOf('@');
  if (lastAt > 0) return [hostless(key.slice(0, slash + 1 + lastAt)), last.slice(lastAt + 1)];
  if (/^\d+\.\d+\.\d+/.test(last)) return [hostless(key.slice(0, slash)), last];
  return [key.slice(key.lastIndexOf('/', slash - 1) + 1, slash) || key, key];
}

/** `example.com/@scope/name` without the registry's host. */
function hostless(path: string): string {
  const parts = path.split('/');
  const name = parts.at(-1) ?? path;
  const scope = parts.at(-2);
  return scope?.startsWith('@') === true ? `${scope}/${name}` : name;
}
