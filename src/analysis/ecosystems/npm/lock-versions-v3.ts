import { SCOPES, type VersionFacts } from '../../../model/extractor.ts';
import { arrayAt, stringAt, type JsonObject } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import type { InstallPlace } from './install-places.ts';
import type { Block } from './lock-blocks.ts';
import type { LockMemory } from './lock-versions.ts';
import { declaredIn } from './manifest.ts';
import { installedName } from './node-resolution.ts';
import { componentOf, hasAddress, manifestAt, projectOf } from './package-lock-v3.ts';
import { inWorkspaces, isInstalled } from './paths.ts';
import { installed as installedIn, versionGraph } from './version-graph.ts';

/** What one entry of `packages` says by itself; `undefined` when it asks for more than is remembered. */
export type PackageFacts = Released | Top | Link;

/** Something installed. */
interface Released {
  readonly kind: 'installed';
  readonly location: string;
  readonly place: InstallPlace | undefined;
  /** Number of its component. */
  readonly id: number;
  readonly requests: Requests;
}

/** What an entry asks for, and the folders where that is looked for. */
interface Requests {
  readonly folders: readonly number[];
  /** Kind and name, one after the other. */
  readonly wanted: readonly number[];
}

/** The project, a workspace, or another linked folder. */
interface Top {
  readonly kind: 'top';
  readonly location: string;
  readonly place: InstallPlace | undefined;
  readonly value: JsonObject;
  readonly requests: Requests;
  /** Numbers of its component, by what else that depends on. */
  readonly ids: Map<string, number>;
}

/** An entry that only points at another. */
interface Link {
  readonly kind: 'link';
  readonly location: string;
  readonly place: InstallPlace | undefined;
  readonly target: string;
}

const PROD = SCOPES.indexOf('prod');

export function packageFacts(
  location: string,
  value: JsonObject,
  memory: LockMemory,
): PackageFacts | undefined {
  const place = memory.places.placeOf(location);
  if (location !== '' && value['link'] === true)
    return { kind: 'link', location, place, target: stringAt(value, 'resolved') ?? '' };
  const isTop = location === '' || !isInstalled(location);
  const folders = memory.places.foldersFrom(location);
  if (folders === undefined) return undefined;
  const wanted: number[] = [];
  for (const { name, kind } of declaredIn(value))
    if (kind !== 'dev' || isTop) wanted.push(SCOPES.indexOf(kind), memory.places.nameOf(name));
  const requests = { folders, wanted };
  if (isTop) return { kind: 'top', location, place, value, requests, ids: new Map() };
  const entry = { location, value, isTop, line: 0, hasAddress: hasAddress(value) };
  const id = memory.add(componentOf(entry, undefined, []));
  return { kind: 'installed', location, place, id, requests };
}

/** Puts a version together as `extractPackages` does; `undefined` when that has to do it. */
export function packagesVersion(
  lock: JsonObject,
  blocks: readonly Block<PackageFacts | undefined>[],
  path: string,
  memory: LockMemory,
): VersionFacts | undefined {
  const sorted = sortFacts(blocks);
  if (sorted === undefined) return undefined;
  const { tops, installed, links } = sorted;
  const folder = folderOf(path);
  const count = tops.length + installed.length;
  const there = installedIn(memory.places);
  for (let node = 0; node < tops.length; node++) there.place(tops[node]!.place, node);
  for (let i = 0; i < installed.length; i++) there.place(installed[i]!.place, tops.length + i);

  const linkNames = new Map<string, string>();
  if (links.length > 0) {
    const nodeAt = nodesOf(links, tops, installed);
    for (const { location, place, target } of links) {
      const node = nodeAt.get(target);
      // A link that leads nowhere is a problem with a line; one to what is installed renames it.
      if (node === undefined || node >= tops.length) return undefined;
      there.place(place, node);
      if (!linkNames.has(target)) linkNames.set(target, installedName(location));
    }
  }

  const members = arrayAt(tops[0]!.value, 'workspaces').filter(
    (glob): glob is string => typeof glob === 'string',
  );
  const ids = new Uint32Array(count);
  const roots = [0];
  ids[0] = projectId(tops[0]!, lock, folder, memory);
  for (let node = 1; node < tops.length; node++) {
    const top = tops[node]!;
    const id = topId(top, linkNames.get(top.location), members, memory);
    ids[node] = id;
    if (memory.known[id]!.origin === 'workspace') roots.push(node);
  }
  for (let i = 0; i < installed.length; i++) ids[tops.length + i] = installed[i]!.id;

  const graph = versionGraph(count, memory);
  for (let node = 0; node < count; node++) {
    const entry = node < tops.length ? tops[node]! : installed[node - tops.length]!;
    const { folders, wanted } = entry.requests;
    for (let at = 0; at < wanted.length; at += 2) {
      const to = there.find(folders, wanted[at + 1]!);
      if (to !== -1) graph.edge(to, wanted[at]!);
    }
    if (node === 0 && roots.length > 1) {
      const reached = new Set(graph.targets());
      // The root brings its workspaces in even where it does not name them.
      for (const member of roots) if (member > 0 && !reached.has(member)) graph.edge(member, PROD);
    }
    graph.endNode();
  }
  return {
    role: 'lock',
    ...graph.standing(ids, roots),
    covers: tops.flatMap(({ location }) => joinPath(folder, manifestAt(location)) ?? []),
    problems: [],
  };
}

/** Projects first, then what is installed, each in file order; links apart. `undefined` without a root. */
function sortFacts(
  blocks: readonly Block<PackageFacts | undefined>[],
): { tops: Top[]; installed: Released[]; links: Link[] } | undefined {
  const tops: Top[] = [];
  const installed: Released[] = [];
  const links: Link[] = [];
  let root: Top | undefined;
  for (const { facts } of blocks) {
    if (facts === undefined) return undefined;
    if (facts.kind === 'installed') installed.push(facts);
    else if (facts.kind === 'link') links.push(facts);
    else if (facts.location === '') root = facts;
    else tops.push(facts);
  }
  return root === undefined ? undefined : { tops: [root, ...tops], installed, links };
}

/** The nodes that links point at. */
function nodesOf(
  links: readonly Link[],
  tops: readonly Top[],
  installed: readonly Released[],
): ReadonlyMap<string, number> {
  const wanted = new Set(links.map(({ target }) => target));
  const found = new Map<string, number>();
  [...tops, ...installed].forEach(({ location }, node) => {
    if (wanted.has(location)) found.set(location, node);
  });
  return found;
}

function projectId({ value, ids }: Top, lock: JsonObject, folder: string, memory: LockMemory): number {
  const project = projectOf(value, lock, { folder }, 0);
  return numberIn(ids, `${project.name}\0${project.version}`, () => memory.add({ ...project, line: 0 }));
}

function topId(
  { location, value, ids }: Top,
  linkName: string | undefined,
  members: readonly string[],
  memory: LockMemory,
): number {
  const isMember = inWorkspaces(location, members);
  const key = `${isMember}${linkName === undefined ? '' : `\0${linkName}`}`;
  return numberIn(ids, key, () =>
    memory.add(
      componentOf(
        { location, value, isTop: true, line: 0, hasAddress: hasAddress(value) },
        linkName,
        members,
      ),
    ),
  );
}

function numberIn(numbers: Map<string, number>, key: string, make: () => number): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = make()));
  return number;
}
