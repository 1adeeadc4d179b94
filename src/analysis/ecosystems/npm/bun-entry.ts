import type { ExtractedComponent } from '../../../model/extractor.ts';
import type { JsonObject } from '../../text/json.ts';
import { installedName } from './node-resolution.ts';
import { commitOf, originOfSource, releaseOf } from './source.ts';

/** One entry of `packages`, its tuple understood. */
export interface BunEntry {
  readonly key: string;
  /** `node_modules/a/node_modules/b` for the key `a/b`. */
  readonly location: string;
  readonly name: string;
  /** What stands after the name's `@`: a version, or `workspace:…`, `github:…`, an address. */
  readonly reference: string;
  readonly info: JsonObject;
  /** Tarball or registry, where it is not the default. */
  readonly source: string | undefined;
  readonly integrity: string | undefined;
}

/**
 * `["name@1.0.0", "registry or tarball", { info }, "sha512-…"]` from a registry; other kinds leave the second out and
 * may end in a tag of bun's own. The kind is told by what follows the name.
 */
export function readBunEntry(key: string, tuple: readonly unknown[]): BunEntry | undefined {
  const [id, second] = tuple;
  if (typeof id !== 'string') return undefined;
  const at = id.indexOf('@', 1);
  if (at === -1) return undefined;
  const reference = id.slice(at + 1);
  const info = tuple.find(
    (part): part is JsonObject => typeof part === 'object' && part !== null && !Array.isArray(part),
  );
  const hash = tuple.findLast(
    (part): part is string => typeof part === 'string' && /^(?:sha\d+|md5)-/.test(part),
  );
  return {
    key,
    location: locationOf(key),
    name: id.slice(0, at),
    reference,
    info: info ?? {},
    source: typeof second === 'string' && second !== '' && second !== hash ? second : undefined,
    integrity: hash,
  };
}

/** `a/@s/b` → `node_modules/a/node_modules/@s/b`. */
function locationOf(key: string): string {
  const parts = key.split('/');
  const names: string[] = [];
  for (let i = 0; i < parts.length; i++)
    names.push(parts[i]!.startsWith('@') && i + 1 < parts.length ? `${parts[i]}/${parts[++i]}` : parts[i]!);
  return names.map((name) => `node_modules/${name}`).join('/');
}

/** The component of an entry that is neither a workspace nor the root. */
export function bunComponent(entry: BunEntry, line: number): ExtractedComponent {
  const { name, reference, source, integrity, info, key } = entry;
  const isRelease = /^\d+\.\d+\.\d+/.test(reference);
  const installedAs = installedName(entry.location);
  // The address of a registry is no source of one release; the address of a tarball is.
  const isTarball = source?.includes('.tgz') === true || source?.includes('.tar.gz') === true;
  const address = isRelease ? (isTarball ? source : undefined) : reference;
  const version = isRelease ? reference : releaseOf(reference, name) || commitOf(reference);
  const origin = address === undefined ? 'registry' : originOfSource(address, name, version);
  const from = isRelease ? source : reference;
  return {
    name,
    version,
    origin,
    line,
    key,
    ...(version === '' ? { requested: reference } : {}),
    ...(installedAs === name ? {} : { alias: installedAs }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(from === undefined ? {} : { source: from }),
    ...(info['bundled'] === true ? { bundled: true as const } : {}),
  };
}
