import type { Around, Place } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { Disclosure, DisclosureCommit, DisclosureSpot } from '../../../model/disclosure-report.ts';
import type { ObjectStore } from '../../../model/history.ts';
import type { Inside, Sighting } from '../engine/detector.ts';
import type { Group, HistoryScan } from '../engine/scan-history.ts';
import type { Located, RefTip, Whereabouts } from '../whereabouts/whereabouts.ts';
import { locate } from '../whereabouts/whereabouts.ts';
import { MOST_REFS } from '../whereabouts/ref-names.ts';
import type { Fingerprint, Placed } from './draft.ts';
import { allowedBefore } from './allow-comment.ts';
import { surroundings, withDecoded } from './around.ts';
import { draftDisclosure, MOST_SPOTS, withLine } from './draft.ts';
import { lineFinder } from './line-finder.ts';
import { bytesOf } from '../decode/characters.ts';
import { nameOfBytes } from '../../text/name.ts';
import { printable } from './excerpt.ts';
import { hideOthers } from './hide-others.ts';

/** Whole objects that are read again to count lines. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a history's groups are about, where they came in and where they are. */
export function disclosuresOfHistory(
  scan: HistoryScan,
  store: ObjectStore,
  tips: readonly RefTip[],
  head: string | undefined,
  fingerprint: Fingerprint,
): Disclosure[] {
  if (scan.groups.length === 0) return [];
  const { history, entries, commits, groups } = scan;
  const idOf = (object: number): string => history.objects.idOf(object);
  const read = recently((id) => store.object(id, MOST_BYTES)?.bytes);
  const names = new Map<number, string>();
  const readEntryName = (entry: number): string => {
    let name = names.get(entry);
    if (name === undefined) {
      const start = entries.starts.at(entry);
      const bytes = read(idOf(entries.objects.at(entry)))?.bytes.subarray(
        start,
        start + entries.sizes.at(entry),
      );
      name = bytes === undefined ? '?' : entryName(bytes, store.idBytes);
      names.set(entry, name);
    }
    return name;
  };
  const located = locate(history, entries, commits, groups, tips, head, readEntryName);
  const textOf = hideOthers(everySighting(groups));
  const world: World = { scan, located, read, idOf, textOf };
  return groups.flatMap((group, label) => {
    const where = located.whereabouts[label]!;
    const placed = placesOf(world, group, label, where);
    const draft = draftDisclosure(group.rule, group.secret, placed.all, group.objects.length, fingerprint);
    if (draft === undefined) return [];
    return [
      {
        ...draft,
        history: {
          ...(placed.first === undefined ? {} : { first: placed.first }),
          ...(placed.last === undefined ? {} : { last: placed.last }),
          inHead: where.inHead,
          refs: where.refs.names,
          ...(where.refs.count > MOST_REFS ? { moreRefs: where.refs.count - MOST_REFS } : {}),
        },
      },
    ];
  });
}

/** An object, and the lines of offsets in it. */
interface Whole {
  readonly bytes: Uint8Array;
  readonly lineAt: (offset: number) => number;
}

interface World {
  readonly scan: HistoryScan;
  readonly located: Located;
  readonly read: (id: string) => Whole | undefined;
  readonly idOf: (object: number) => string;
  readonly textOf: (sighting: Sighting) => string;
}

function* everySighting(groups: readonly Group[]): Generator<Sighting, void, undefined> {
  for (const { sightings } of groups) yield* sightings;
}

interface Places {
  readonly all: readonly Placed[];
  readonly first: DisclosureCommit | undefined;
  readonly last: DisclosureCommit | undefined;
}

function placesOf(world: World, group: Group, label: number, { first, last }: Whereabouts): Places {
  const now = last === undefined ? [] : spotsIn(world, group, label, last);
  const then = first === undefined || first === last ? now : spotsIn(world, group, label, first);
  const sighting = surest(group.sightings);
  // Nothing leads to it: the object is all that is known.
  const listed =
    now.length > 0 ? now : [spotOf(world, group, group.objects[0] ?? sighting.object, undefined)];
  const allowed = allowedEverywhere(world, group, sighting);
  const judged = (spot: DisclosureSpot): Placed => ({
    find: sighting.find,
    text: world.textOf(sighting),
    ...(allowed === undefined ? {} : { allowed }),
    place: { ...placeOf(spot), around: () => aroundIn(world, group, sighting, spot.object) },
  });
  return {
    all: [
      ...listed.map((spot) => ({ ...judged(spot), spot })),
      ...(then === now ? [] : then.map((spot) => judged(spot))),
    ],
    first: first === undefined ? undefined : commitOf(world, first, then[0]),
    last: last === undefined ? undefined : commitOf(world, last, now[0]),
  };
}

/** What stands around it in one object: in the file, or in what the rule saw where it came out of an archive. */
function aroundIn(
  world: World,
  group: Group,
  sighting: Sighting,
  id: string | undefined,
): Around | undefined {
  const row = group.objects.findIndex((object) => world.idOf(object) === id);
  const inside = row === -1 ? sighting.inside : group.insides[row];
  const { text, find } = sighting;
  const bytes = id === undefined || inside?.ordinal !== undefined ? undefined : world.read(id)?.bytes;
  if (bytes === undefined) return { text, at: find.start };
  const around = surroundings(bytes)(group.starts[row] ?? sighting.start);
  return inside === undefined ? around : withDecoded(around, text.slice(find.start, find.end));
}

/** Objects above which none is asked for the line before a find. */
const MOST_ASKED = 1000;

/** Why all versions let it pass: a comment that came later does not cover those before it, nor one that went those behind it. */
function allowedEverywhere(world: World, group: Group, sighting: Sighting): string | undefined {
  const { sightings, objects, starts, insides } = group;
  if (sightings.every((one) => one.allowed !== undefined)) return sighting.allowed;
  const before = (object: number, start: number, inside: Inside | undefined): string | undefined =>
    inside === undefined && world.scan.history.objects.kindOf(object) === 'blob'
      ? allowedBefore(world.read(world.idOf(object))?.bytes ?? NOTHING, start)
      : undefined;
  const reason = before(sighting.object, sighting.start, sighting.inside);
  if (reason === undefined || objects.length > MOST_ASKED) return undefined;
  return sightings.every((one) => before(one.object, one.start, one.inside) !== undefined) &&
    objects.every((object, i) => before(object, starts[i]!, insides[i]) !== undefined)
    ? reason
    : undefined;
}

const NOTHING = new Uint8Array();

/** Where a secret was found twice, the one that says most; the first of equals. */
function surest(sightings: readonly Sighting[]): Sighting {
  let best = sightings[0]!;
  for (const one of sightings) if (TIERS.indexOf(one.find.tier) < TIERS.indexOf(best.find.tier)) best = one;
  return best;
}

function placeOf({ source, path, within }: DisclosureSpot): Place {
  return { source, ...(path === undefined ? {} : { path }), within };
}

function commitOf(
  { scan, idOf }: World,
  commit: number,
  spot: DisclosureSpot | undefined,
): DisclosureCommit | undefined {
  return spot === undefined
    ? undefined
    : {
        commit: idOf(scan.commits.objects.at(commit)),
        authoredAt: new Date(scan.commits.authoredAt.at(commit) * 1000).toISOString().replace('.000Z', 'Z'),
        spot,
      };
}

/** Where a commit shows it: in its files, their names, or its own text. One more than are named says that there are more. */
function spotsIn(world: World, group: Group, label: number, commit: number): DisclosureSpot[] {
  const spots = world.located
    .pathsIn(commit, label, MOST_SPOTS + 1)
    .map(({ path, object }) => spotOf(world, group, object, path));
  const own = world.scan.commits.objects.at(commit);
  if (group.objects.includes(own)) spots.push(spotOf(world, group, own, undefined));
  return spots;
}

function spotOf(world: World, group: Group, object: number, path: string | undefined): DisclosureSpot {
  const { objects } = world.scan.history;
  const id = world.idOf(object);
  const at = rowOf(world, group, object);
  const start = group.starts[at] ?? group.sightings[0]!.start;
  const inside = group.insides[at];
  const kind = objects.kindOf(object);
  if (kind === 'tree') {
    // Another sighting may be of a text that has the name too: what is shown is what the tree says.
    const own =
      group.sightings.find((one) => one.object === object) ??
      group.sightings.find((one) => objects.kindOf(one.object) === 'tree') ??
      group.sightings[0]!;
    const name = nameIn(own);
    return { source: 'path', path: path === undefined ? name : `${path}/${name}`, object: id, within: [] };
  }
  const whole = world.read(id);
  const line = whole?.lineAt(start);
  const within = withLine(inside?.within ?? [], inside?.line);
  if (kind === 'blob')
    return {
      source: 'file',
      ...(path === undefined ? {} : { path }),
      ...(inside?.ordinal === undefined && line !== undefined ? { line } : {}),
      object: id,
      within,
    };
  const isHeader = whole !== undefined && start < headerEnd(whole.bytes);
  const source = isHeader ? 'person' : kind === 'tag' ? 'tag-message' : 'commit-message';
  return { source, ...(line === undefined ? {} : { line }), object: id, within };
}

/** Packs may hold an object twice, under two numbers. -1: it is not among them. */
function rowOf({ scan: { history } }: World, { objects }: Group, object: number): number {
  const at = objects.indexOf(object);
  if (at !== -1) return at;
  const key = history.objects.keyOf(object);
  return objects.findIndex((one) => history.objects.keyOf(one) === key);
}

/** The last name before the find's end: what is before it in a tree is another entry's id. */
function nameIn({ text }: Sighting): string {
  const name = /(?:40000|100\d{3}|120000|160000) ([^\0]*)$/.exec(text)?.[1] ?? text;
  return printable(nameOfBytes(bytesOf(name)));
}

function headerEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1))
    if (bytes[at + 1] === 10) return at;
  return bytes.length;
}

const SPACE = 32;

function entryName(entry: Uint8Array, idBytes: number): string {
  return nameOfBytes(entry.subarray(entry.indexOf(SPACE) + 1, entry.length - idBytes - 1));
}

/** Bytes of objects that are remembered. */
const MOST_REMEMBERED = 64 * 1024 * 1024;

/** Remembers the last few objects: neighbours ask for the same ones. */
function recently(read: (id: string) => Uint8Array | undefined): (id: string) => Whole | undefined {
  const known = new Map<string, Whole | undefined>();
  let size = 0;
  return (id) => {
    if (known.has(id)) return known.get(id);
    const bytes = read(id);
    size += bytes?.length ?? 0;
    if (known.size >= 64 || size > MOST_REMEMBERED) {
      known.clear();
      size = bytes?.length ?? 0;
    }
    const whole = bytes === undefined ? undefined : { bytes, lineAt: lineFinder(bytes) };
    known.set(id, whole);
    return whole;
  };
}
