import { SCOPES, type VersionFacts } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { objectAt, type JsonObject } from '../../text/json.ts';
import type { Block } from './lock-blocks.ts';
import type { LockMemory } from './lock-versions.ts';
import { readManifest } from './manifest.ts';
import { componentOf, projectOf, walk } from './package-lock-v1.ts';
import { versionGraph, type VersionGraph } from './version-graph.ts';

/** What one key of `dependencies` in lockfileVersion 1 says by itself: itself first, then what is nested in it. */
export type NestedFacts = readonly NestedFact[];

interface NestedFact {
  readonly slot: number;
  /** Number of its component. */
  readonly id: number;
  readonly isAtTop: boolean;
  readonly isDev: boolean;
  readonly isOptional: boolean;
  /** For each that it asks for: the number of slots, and these. */
  readonly requests: Int32Array;
}

const PROD = SCOPES.indexOf('prod');
const DEV = SCOPES.indexOf('dev');
const OPTIONAL = SCOPES.indexOf('optional');

/** `undefined` when something in it is no entry, or asks for more than is remembered. */
export function nestedFacts(name: string, value: JsonObject, memory: LockMemory): NestedFacts | undefined {
  const problems: Problem[] = [];
  const lock = { dependencies: Object.fromEntries([[name, value]]) };
  const facts: NestedFact[] = [];
  for (const entry of walk(lock, '', NO_LINES, problems)) {
    const { location, value: own } = entry;
    const requests = requestsOf(location, own, memory);
    if (requests === undefined) return undefined;
    facts.push({
      slot: memory.slots.slotOf(location),
      id: memory.add(componentOf(entry)),
      isAtTop: !location.includes('/node_modules/'),
      isDev: own['dev'] === true,
      isOptional: own['optional'] === true,
      requests,
    });
  }
  return problems.length > 0 || facts.length === 0 ? undefined : facts;
}

const NO_LINES: ReadonlyMap<string, number> = new Map();

function requestsOf(location: string, value: JsonObject, { slots }: LockMemory): Int32Array | undefined {
  const requests: number[] = [];
  const requires = objectAt(value, 'requires');
  for (const name of Object.keys(requires ?? {})) {
    if (typeof requires![name] !== 'string') continue;
    const places = slots.slotsFor(location, name);
    if (places === undefined) return undefined;
    requests.push(places.length, ...places);
  }
  return Int32Array.from(requests);
}

/** Puts a version together as `extractNested` does; `undefined` when that has to do it. */
export function nestedVersion(
  lock: JsonObject,
  blocks: readonly Block<NestedFacts | undefined>[],
  folder: string,
  companion: (path: string) => string | undefined,
  memory: LockMemory,
): VersionFacts | undefined {
  const facts = orderedFacts(blocks);
  if (facts === undefined) return undefined;
  const path = folder === '' ? 'package.json' : `${folder}/package.json`;
  const text = companion(path);
  const manifest = text === undefined ? undefined : readManifest(text, path);
  const wanted = (manifest?.declared ?? []).map(({ name, kind }) => ({
    kind,
    slots: memory.slots.slotsFor('', name)!,
  }));
  const count = facts.length + 1;
  const graph = versionGraph(count, memory);
  facts.forEach(({ slot }, at) => graph.place(slot, at + 1));
  if (manifest === undefined) guessRoots(facts, graph);
  else
    for (const { kind, slots } of wanted) {
      const to = graph.find(slots, 0, slots.length);
      if (to !== -1) graph.edge(to, SCOPES.indexOf(kind));
    }
  graph.endNode();
  for (const fact of facts) {
    eachTarget(fact, graph, (to) =>
      graph.edge(to, !fact.isOptional && facts[to - 1]!.isOptional ? OPTIONAL : PROD),
    );
    graph.endNode();
  }
  const ids = new Uint32Array(count);
  ids[0] = memory.add({ ...projectOf(lock, manifest, { folder }), line: 0 });
  facts.forEach(({ id }, at) => (ids[at + 1] = id));
  return { role: 'lock', ...graph.standing(ids, [0]), covers: [path], problems: [] };
}

/** As `walk` gives them, in its order: what is nested in the last root comes before what is nested in those before it. */
function orderedFacts(blocks: readonly Block<NestedFacts | undefined>[]): NestedFact[] | undefined {
  const ordered: NestedFact[] = [];
  for (const { facts } of blocks) {
    if (facts === undefined) return undefined;
    ordered.push(facts[0]!);
  }
  for (let at = blocks.length - 1; at >= 0; at--) {
    const facts = blocks[at]!.facts!;
    for (let i = 1; i < facts.length; i++) ordered.push(facts[i]!);
  }
  return ordered;
}

/** As the extractor of version 1 guesses them: what is installed at the top and asked for by nothing. */
function guessRoots(facts: readonly NestedFact[], graph: VersionGraph): void {
  const isAsked = new Uint8Array(facts.length + 1);
  for (const fact of facts) eachTarget(fact, graph, (to) => (isAsked[to] = 1));
  facts.forEach(({ isAtTop, isDev, isOptional }, at) => {
    if (isAtTop && isAsked[at + 1] === 0) graph.edge(at + 1, isDev ? DEV : isOptional ? OPTIONAL : PROD);
  });
}

function eachTarget({ requests }: NestedFact, graph: VersionGraph, take: (to: number) => void): void {
  for (let at = 0; at < requests.length;) {
    const end = at + 1 + requests[at]!;
    const to = graph.find(requests, at + 1, end);
    if (to !== -1) take(to);
    at = end;
  }
}
