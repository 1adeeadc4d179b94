import type { ExtractedComponent } from '../../../model/extractor.ts';
import { overriddenName } from './manifest.ts';
import { satisfies } from './satisfies.ts';
import { parseSpec } from './spec.ts';
import type { YarnEntry } from './yarn-document.ts';
import { splitDescriptor } from './yarn-identity.ts';

/** Finds the entry that answers a dependency. */
export interface YarnResolver {
  /** By descriptor, `resolutions` applied; `undefined` when the lockfile has no such entry. */
  exact(parent: string, name: string, range: string): number | undefined;
  /** The only entry of that name, or the first whose version satisfies the range: for what was resolved by other rules. */
  nearest(name: string, range: string): number | undefined;
  /** Whether something asked for the descriptor (or `resolutions` put it there). */
  wasAsked(descriptor: string): boolean;
}

interface Resolution {
  /** Only for dependencies of this package; `undefined` for all. */
  readonly parent: string | undefined;
  /** Only for this range; `undefined` for all. */
  readonly range: string | undefined;
  readonly specifier: string;
}

/** `nodes` is parallel to `entries`. */
export function yarnResolver(
  entries: readonly YarnEntry[],
  nodes: readonly number[],
  components: readonly ExtractedComponent[],
  resolutions: readonly (readonly [pattern: string, specifier: string])[],
): YarnResolver {
  const byDescriptor = new Map<string, number>();
  const byName = new Map<string, number[]>();
  for (const [at, entry] of entries.entries()) {
    const node = nodes[at]!;
    for (const descriptor of entry.descriptors) {
      byDescriptor.set(descriptor, node);
      // Berry adds to some descriptors where they hold: `a@link:./a::locator=…`.
      const bound = descriptor.indexOf('::locator=');
      const plain = bound === -1 ? descriptor : descriptor.slice(0, bound);
      if (!byDescriptor.has(plain)) byDescriptor.set(plain, node);
      const [name] = splitDescriptor(descriptor);
      const named = byName.get(name);
      if (named === undefined) byName.set(name, [node]);
      else if (named.at(-1) !== node) named.push(node);
    }
  }
  const overrides = readResolutions(resolutions);
  const asked = new Set<string>();
  for (const [name, several] of overrides)
    for (const { specifier } of several) asked.add(`${name}@${specifier}`);

  const find = (name: string, range: string): number | undefined => {
    for (const descriptor of [`${name}@${range}`, `${name}@npm:${range}`]) {
      const node = byDescriptor.get(descriptor);
      if (node === undefined) continue;
      asked.add(descriptor);
      return node;
    }
    return undefined;
  };
  return {
    exact(parent, name, range) {
      for (const override of overrides.get(name) ?? []) {
        if (override.parent !== undefined && override.parent !== parent) continue;
        if (override.range !== undefined && override.range !== range) continue;
        const node = find(name, override.specifier);
        // Classic keeps what was asked for in the heading, beside what it was replaced by.
        find(name, range);
        if (node !== undefined) return node;
      }
      return find(name, range);
    },
    nearest(name, range) {
      const named = byName.get(name) ?? [];
      if (named.length === 1) return named[0];
      const wanted = parseSpec(name, range).range;
      return named.find((node) => satisfies(components[node]!.version, wanted) === true);
    },
    wasAsked: (descriptor) => asked.has(descriptor),
  };
}

/** Patterns are `name`, `name@range`, `parent/name` and `**` with either. https://yarnpkg.com/configuration/manifest#resolutions */
function readResolutions(
  resolutions: readonly (readonly [pattern: string, specifier: string])[],
): Map<string, Resolution[]> {
  const found = new Map<string, Resolution[]>();
  for (const [pattern, specifier] of resolutions) {
    const name = overriddenName(pattern);
    const at = pattern.lastIndexOf(name);
    const before = pattern
      .slice(0, at)
      .replace(/\/$/, '')
      .replace(/\/?\*\*$/, '')
      .replace(/^\*\*\//, '');
    const after = pattern.slice(at + name.length);
    const resolution = {
      parent: before === '' ? undefined : splitDescriptor(before)[0],
      range: after.startsWith('@') ? after.slice(1) : undefined,
      specifier,
    };
    const several = found.get(name);
    if (several === undefined) found.set(name, [resolution]);
    else several.push(resolution);
  }
  return found;
}
