import type { Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from '../../text/json.ts';

/** One dependency that a package.json declares. */
export interface Declared {
  /** The name under which it is installed (an alias's own name). */
  readonly name: string;
  readonly specifier: string;
  readonly kind: Scope;
  /** A peer that may be missing. */
  readonly optionalPeer: boolean;
}

/** What we read of a package.json. https://docs.npmjs.com/cli/configuring-npm/package-json */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  readonly declared: readonly Declared[];
  /** Patterns of the workspace members' folders, as written. */
  readonly workspaces: readonly string[];
  /** Names that `overrides`, `resolutions` or `pnpm.overrides` mention anywhere: their declared ranges do not bind. */
  readonly overridden: ReadonlySet<string>;
  /** yarn's `resolutions`, pattern to specifier, in file order. */
  readonly resolutions: readonly (readonly [pattern: string, specifier: string])[];
  readonly problems: readonly Problem[];
}

/** Reads package.json. `undefined` value-wise: an unreadable file gives an empty manifest and its problems. */
export function readManifest(
  text: string,
  path: string,
  onKey?: (depth: number, key: string, line: number) => void,
): PackageManifest {
  const { value, problems } = parseJsonObject(text, path, onKey);
  const resolutions = objectAt(value, 'resolutions');
  return {
    name: stringAt(value, 'name') ?? '',
    version: stringAt(value, 'version') ?? '',
    licence: licenceOf(value),
    declared: declaredIn(value),
    workspaces: workspacesOf(value),
    overridden: overriddenIn(value),
    resolutions:
      resolutions === undefined
        ? []
        : Object.keys(resolutions).flatMap((key) => {
            const specifier = stringAt(resolutions, key);
            return specifier === undefined ? [] : [[key, specifier] as const];
          }),
    problems,
  };
}

/**
 * Everything an object with the four dependency groups declares, each name once. A name in several groups counts
 * as the strongest of optional, prod, dev, peer: npm gives `optionalDependencies` precedence over `dependencies`,
 * and what production declares is never development only. Called for every entry of a lockfile: no more work than is there.
 */
export function declaredIn(value: JsonObject | undefined): Declared[] {
  const declared: Declared[] = [];
  if (value === undefined) return declared;
  const optional = groupOf(value['optionalDependencies']);
  const prod = groupOf(value['dependencies']);
  const dev = groupOf(value['devDependencies']);
  const peer = groupOf(value['peerDependencies']);
  if (optional !== undefined) collect(declared, optional, 'optional');
  if (prod !== undefined) collect(declared, prod, 'prod', optional);
  if (dev !== undefined) collect(declared, dev, 'dev', optional, prod);
  if (peer !== undefined)
    collect(declared, peer, 'peer', optional, prod, dev, groupOf(value['peerDependenciesMeta']));
  return declared;
}

const groupOf = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** Adds a group's entries, those left out that a stronger group has. */
function collect(
  declared: Declared[],
  group: JsonObject,
  kind: Scope,
  stronger?: JsonObject,
  second?: JsonObject,
  third?: JsonObject,
  peersMeta?: JsonObject,
): void {
  for (const name of Object.keys(group)) {
    const specifier = group[name];
    if (typeof specifier !== 'string' || name === '') continue;
    if (stronger !== undefined && Object.hasOwn(stronger, name)) continue;
    if (second !== undefined && Object.hasOwn(second, name)) continue;
    if (third !== undefined && Object.hasOwn(third, name)) continue;
    const optionalPeer = peersMeta !== undefined && objectAt(peersMeta, name)?.['optional'] === true;
    declared.push({ name, specifier, kind, optionalPeer });
  }
}

/** `license: 'MIT'`, the older `{ type }`, or the oldest `licenses: [{ type }]`, joined with OR as npm reads it. */
export function licenceOf(value: JsonObject | undefined): string | undefined {
  const simple = value?.['license'];
  if (typeof simple === 'string') return simple;
  if (value === undefined || (simple === undefined && value['licenses'] === undefined)) return undefined;
  const named = stringAt(value, 'license') ?? stringAt(objectAt(value, 'license'), 'type');
  if (named !== undefined) return named;
  const several = arrayAt(value, 'licenses').flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    if (typeof entry !== 'object' || entry === null) return [];
    const type = stringAt(entry as JsonObject, 'type');
    return type === undefined ? [] : [type];
  });
  if (several.length === 0) return undefined;
  return several.length === 1 ? several[0] : `(${several.join(' OR ')})`;
}

/** `workspaces: [...]` or yarn's `{ packages: [...] }`. */
function workspacesOf(value: JsonObject | undefined): string[] {
  const list = arrayAt(value, 'workspaces');
  const patterns = list.length > 0 ? list : arrayAt(objectAt(value, 'workspaces'), 'packages');
  return patterns.filter((pattern): pattern is string => typeof pattern === 'string');
}

function overriddenIn(value: JsonObject | undefined): Set<string> {
  const names = new Set<string>();
  const pending = [
    objectAt(value, 'overrides'),
    objectAt(value, 'resolutions'),
    objectAt(objectAt(value, 'pnpm'), 'overrides'),
  ];
  for (let next = pending.pop(); next !== undefined || pending.length > 0; next = pending.pop()) {
    if (next === undefined) continue;
    for (const key of Object.keys(next)) {
      names.add(overriddenName(key));
      pending.push(objectAt(next, key));
    }
  }
  return names;
}

/** The name that an override's key replaces: the last name of `a>b@^1`, `a/b`, `@s/b@1`, or a pattern with stars before a scope or name. */
export function overriddenName(key: string): string {
  const target = key.slice(key.lastIndexOf('>') + 1).trim();
  // The `@` of a range, not that of a scope.
  let at = target.indexOf('@', 1);
  while (at !== -1 && target[at - 1] === '/') at = target.indexOf('@', at + 1);
  const bare = at === -1 ? target : target.slice(0, at);
  const parts = bare.split('/');
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2);
  return scope?.startsWith('@') === true ? `${scope}/${last}` : last;
}
