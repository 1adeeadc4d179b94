import type { ResultCache } from '../model/cache.ts';
import { cacheKey, noCache } from './cache.ts';
import type { OnProgress } from './progress.ts';
import { noProgress } from './progress.ts';

/** Names a fact and its type. Two analysers never give the same key. Raise `version` when the same needs would give another value. */
export interface FactKey<T> {
  readonly name: string;
  readonly version: number;
  readonly _type?: T;
}

export type Needs = Readonly<Record<string, FactKey<unknown>>>;
export type Values<N extends Needs> = { readonly [K in keyof N]: N[K] extends FactKey<infer T> ? T : never };

/** Turns facts into a fact. It declares what it needs; the engine orders, runs and caches it. */
export interface Analyser<N extends Needs, T> {
  readonly gives: FactKey<T>;
  readonly needs: N;
  /** Where it is worth keeping between runs: how to write and read it. `read` gives `undefined` for what it does not know. */
  readonly keep?: { write(value: T): string; read(text: string): T | undefined };
  run(facts: Values<N>, signal: AbortSignal): T | Promise<T>;
}

/** A fact that the caller brings. `digest` stands for the value in cache keys: equal digests, equal values. */
export interface Given<T> {
  readonly key: FactKey<T>;
  readonly value: T;
  readonly digest: string;
}

export function fact<T>(name: string, version: number = 1): FactKey<T> {
  return { name, version };
}

/** Keeps the types of an analyser's needs and value together. */
export function analyser<const N extends Needs, T>(definition: Analyser<N, T>): Analyser<N, T> {
  return definition;
}

/** A fact brought from outside. */
export function given<T>(key: FactKey<T>, value: T, digest: string): Given<T> {
  return { key, value, digest };
}

export interface Derivation {
  /** The value of a fact, computed at most once; all that does not wait for another runs side by side. */
  get<T>(key: FactKey<T>): Promise<T>;
}

interface Derived {
  readonly value: unknown;
  readonly digest: string;
}

// A registry holds analysers of all types; `get` gives back the type that its key carries.
// oxlint-disable-next-line typescript/no-explicit-any -- existential type: no other spelling accepts every analyser
type AnyAnalyser = Analyser<any, any>;

/**
 * Computes facts from analysers and given facts. A fact's digest is sha256 of its name, version and the digests of its needs,
 * and that is its cache key too. Rejects with a plain Error (a bug) when two analysers give one fact, when nobody gives it,
 * or when facts need each other in a circle, which is named; with the signal's reason when it is aborted.
 */
export function derive(
  analysers: readonly AnyAnalyser[],
  facts: readonly Given<unknown>[],
  options: { readonly signal?: AbortSignal; readonly on?: OnProgress; readonly cache?: ResultCache } = {},
): Derivation {
  const { signal = new AbortController().signal, on = noProgress, cache = noCache } = options;
  const known = new Map<string, Promise<Derived>>();
  const makers = new Map<string, AnyAnalyser>();
  for (const { key, value, digest } of facts) known.set(key.name, Promise.resolve({ value, digest }));
  for (const maker of analysers) {
    if (makers.has(maker.gives.name) || known.has(maker.gives.name))
      throw new Error(`two analysers give the fact "${maker.gives.name}"`);
    makers.set(maker.gives.name, maker);
  }
  const circle = circleIn(makers);
  if (circle !== undefined) throw new Error(`facts need each other in a circle: ${circle.join(' > ')}`);

  const obtain = (name: string): Promise<Derived> => {
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = make(name)));
    return found;
  };

  const make = async (name: string): Promise<Derived> => {
    const maker = makers.get(name);
    if (maker === undefined) throw new Error(`no analyser gives the fact "${name}"`);
    const names = Object.keys(maker.needs);
    const needs = await Promise.all(names.map((need) => obtain((maker.needs as Needs)[need]!.name)));
    signal.throwIfAborted();
    const digest = cacheKey([name, maker.gives.version, ...needs.map((need) => need.digest)]);
    const kept = maker.keep === undefined ? undefined : await cache.get(digest);
    const read = kept === undefined ? undefined : (maker.keep!.read(kept) as unknown);
    if (read !== undefined) {
      on({ kind: 'cached', fact: name });
      return { value: read, digest };
    }
    on({ kind: 'started', fact: name });
    const values = Object.fromEntries(names.map((need, i) => [need, needs[i]!.value]));
    const value: unknown = await maker.run(values, signal);
    signal.throwIfAborted();
    on({ kind: 'finished', fact: name });
    if (maker.keep !== undefined) await cache.set(digest, maker.keep.write(value));
    return { value, digest };
  };

  return { get: async <T>(key: FactKey<T>) => (await obtain(key.name)).value as T };
}

/** A circle of needs, its first name repeated at its end; `undefined` when there is none. */
function circleIn(makers: ReadonlyMap<string, AnyAnalyser>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const need of Object.values((makers.get(name)?.needs ?? {}) as Needs)) {
      const circle = visit(need.name, [...way, name]);
      if (circle !== undefined) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of makers.keys()) {
    const circle = visit(name, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
