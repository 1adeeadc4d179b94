import { SCOPES, type VersionFacts } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { objectAt, type JsonObject } from '../../text/json.ts';
import { TOP, type InstallPlace, type InstallPlaces } from './install-places.ts';
import type { Block } from './lock-blocks.ts';
import type { LockMemory } from './lock-versions.ts';
import { readManifest } from './manifest.ts';
import { componentOf, projectOf, walk } from './package-lock-v1.ts';
import { installed, versionGraph, type Installed, type VersionGraph } from './version-graph.ts';

/** What one key of `dependencies` in lockfileVersion 1 says by itself: itself first, then what is nested in it. */
export type NestedFacts = readonly NestedFact[];

interface NestedFact {
  readonly place: InstallPlace | undefined;
  /** Number of its component. */
  readonly id: number;
  readonly isAtTop: boolean;
  readonly isDev: boolean;
  readonly isOptional: boolean;
  /** The folders where it looks for the names that it asks for. */
  readonly folders: readonly number[];
  readonly wanted: readonly number[];
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
    const folders = memory.places.foldersFrom(location);
    if (folders === undefined) return undefined;
    facts.push({
      place: memory.places.placeOf(location),
      id: memory.add(componentOf(entry)),
      isAtTop: !location.includes('/node_modules/'),
      isDev: own['dev'] === true,
      isOptional: own['optional'] === true,
      folders,
      wanted: wantedBy(own, memory.places),
    });
  }
  return problems.length > 0 || facts.length === 0 ? undefined : facts;
}

const NO_LINES: ReadonlyMap<string, number> = new Map();

function wantedBy(value: JsonObject, places: InstallPlaces): number[] {
  const requires = objectAt(value, 'requires');
  if (requires === undefined) return [];
  return Object.keys(requires).flatMap((name) =>
    typeof requires[name] === 'string' ? places.nameOf(name) : [],
  );
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
  const wanted = (manifest?.declared ?? []).map(
    ({ name, kind }) => [memory.places.nameOf(name), kind] as const,
  );
  const there = installed(memory.places);
  facts.forEach(({ place }, at) => there.place(place, at + 1));
  const count = facts.length + 1;
  const graph = versionGraph(count, memory);
  if (manifest === undefined) guessRoots(facts, there, graph);
  for (const [name, kind] of wanted) {
    const to = there.find([TOP], name);
    if (to !== -1) graph.edge(to, SCOPES.indexOf(kind));
  }
  graph.endNode();
  for (const fact of facts) {
    eachTarget(fact, there, (to) =>
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
function guessRoots(facts: readonly NestedFact[], there: Installed, graph: VersionGraph): void {
  const isAsked = new Uint8Array(facts.length + 1);
  for (const fact of facts) eachTarget(fact, there, (to) => (isAsked[to] = 1));
  facts.forEach(({ isAtTop, isDev, isOptional }, at) => {
    if (isAtTop && isAsked[at + 1] === 0) graph.edge(at + 1, isDev ? DEV : isOptional ? OPTIONAL : PROD);
  });
}

function eachTarget({ folders, wanted }: NestedFact, there: Installed, take: (to: number) => void): void {
  for (const name of wanted) {
    const to = there.find(folders, name);
    if (to !== -1) take(to);
  }
}
