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
  // Nesting may be deeper than the stack.
  const open: unknown[] = [];
  for (const [key, value] of Object.entries(root)) if (!DECLARING.has(key)) open.push(value);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string') addTokens(value, words);
    else if (Array.isArray(value)) for (const item of value) open.push(item);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        addTokens(key, words);
        open.push(item);
      }
  }
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
