import type { Scope } from '../../../model/extractor.ts';
import { readManifest } from '../../ecosystems/npm/manifest.ts';
import { folderOf } from '../../text/paths.ts';
import { addTokens } from './tokens.ts';

/** A package.json as far as usage is concerned. */
export interface DeclaringManifest {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  /** Names as they are imported (an alias by the alias), with the scopes they are declared in. */
  readonly declared: ReadonlyMap<string, readonly Scope[]>;
  /** Words of everything else in the file: scripts, and the settings of tools that keep them there. */
  readonly words: ReadonlySet<string>;
}

/** `undefined` when the file is not readable as JSON: the extractors tell that. */
export function readDeclaring(text: string, path: string): DeclaringManifest | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  const { declared, name } = readManifest(text, path);
  const names = new Map<string, Scope[]>();
  for (const { name: dependency, kind } of declared) {
    const scopes = names.get(dependency);
    if (scopes === undefined) names.set(dependency, [kind]);
    else if (!scopes.includes(kind)) scopes.push(kind);
  }
  const words = new Set<string>();
  for (const [key, value] of Object.entries(root))
    if (!DECLARING.has(key)) addTokens(JSON.stringify(value), words);
  return { path, folder: folderOf(path), name, declared: names, words };
}

const DECLARING: ReadonlySet<string> = new Set([
  'name',
  'description',
  'keywords',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'overrides',
  'resolutions',
  'bundleDependencies',
  'bundledDependencies',
]);

/** Commands that the packages of a package-lock.json (version 2 or 3) install, with the names of those packages. Empty for what is none. */
export function commandsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let packages: unknown;
  try {
    packages = (JSON.parse(text) as { packages?: unknown } | null)?.packages;
  } catch {
    return found;
  }
  if (typeof packages !== 'object' || packages === null) return found;
  for (const [key, entry] of Object.entries(packages)) {
    const at = key.lastIndexOf('node_modules/');
    const bin = (entry as { bin?: unknown } | null)?.bin;
    if (at === -1 || bin === undefined || bin === null) continue;
    const name = key.slice(at + 'node_modules/'.length);
    const commands = typeof bin === 'object' ? Object.keys(bin) : [name.slice(name.lastIndexOf('/') + 1)];
    for (const command of commands) {
      const names = found.get(command);
      if (names === undefined) found.set(command, [name]);
      else if (!names.includes(name)) names.push(name);
    }
  }
  return found;
}
