import type { Around, DisclosureRule, TextSource } from '../../../model/disclosure.ts';
import type { Disclosure } from '../../../model/disclosure-report.ts';
import type { Span } from '../decode/outlet.ts';
import type { Sighting } from '../engine/detector.ts';
import { allowedBefore } from './allow-comment.ts';
import { surroundings, withDecoded } from './around.ts';
import type { Fingerprint, Placed } from './draft.ts';
import { draftDisclosure, withLine } from './draft.ts';
import { hideOthers } from './hide-others.ts';
import { lineFinder } from './line-finder.ts';
import { toldOnce } from './told-once.ts';

/** A text that was scanned. */
export interface ScannedText {
  readonly source: TextSource;
  readonly path?: string;
  /** The object that it is, and the commit that brought it in. */
  readonly object?: string;
  readonly commit?: string;
  readonly within: readonly string[];
  /** A text that came out of another: the number of that, its own number among those that did, and where it stands encoded in a text. */
  readonly from?: { readonly text: number; readonly ordinal: number; readonly span?: Span };
}

/**
 * What files and other texts disclose, one entry a secret. `bytesOf` gives the bytes of a text that came out of no other once more,
 * to count lines; it may fail (`undefined`), and then there is no line.
 */
export async function disclosuresOfTexts(
  sightings: readonly Sighting[],
  texts: readonly ScannedText[],
  bytesOf: (text: number) => Promise<Uint8Array | undefined>,
  fingerprint: Fingerprint,
): Promise<Disclosure[]> {
  const groups = new Map<string, Gathered>();
  const textOf = hideOthers(sightings);
  const inOrder = toldOnce(sightings, texts).toSorted((a, b) => a.object - b.object || a.start - b.start);
  let lineAt: LineAt | undefined;
  let aroundAt: ((start: number) => Around) | undefined;
  let bytes: Uint8Array | undefined;
  let read = -1;
  for (const sighting of inOrder) {
    const { rule, object, find, secret, inside, allowed: ownAllowed } = sighting;
    const scanned = texts[object]!;
    const outer = scanned.from?.text ?? object;
    const key = `${rule.id}\n${secret}`;
    const group = groups.get(key) ?? { rule, secret, placed: [], plain: new Set() };
    groups.set(key, group);
    // Where a secret stands as it is, what its line is decoded to says nothing more.
    if (scanned.from === undefined && inside === undefined) group.plain.add(outer);
    else if (group.plain.has(outer)) continue;
    if (read !== outer && scanned.source === 'file') {
      bytes = await bytesOf(outer);
      lineAt = bytes === undefined ? undefined : lineFinder(bytes);
      aroundAt = bytes === undefined ? undefined : surroundings(bytes);
      read = outer;
    }
    const { source, path, object: id, commit } = scanned;
    const place = placeIn(scanned, sighting, scanned.source === 'file' ? lineAt : undefined);
    const spot = {
      source,
      ...(path === undefined ? {} : { path }),
      ...(id === undefined ? {} : { object: id }),
      ...(commit === undefined ? {} : { commit }),
      ...place,
    };
    const isPlain = scanned.from === undefined && inside === undefined && source === 'file';
    const allowed =
      ownAllowed ?? (isPlain && bytes !== undefined ? allowedBefore(bytes, sighting.start) : undefined);
    const around =
      rule.settleAmong === undefined ? undefined : aroundIn(sighting, scanned, isPlain, aroundAt);
    group.placed.push({
      find,
      text: textOf(sighting),
      place: {
        source,
        ...pathOf(scanned),
        within: place.within,
        ...(around === undefined ? {} : { around: () => around }),
      },
      spot,
      copy: outer,
      ...(allowed === undefined ? {} : { allowed }),
    });
  }
  return Array.from(groups.values(), ({ rule, secret, placed }) =>
    draftDisclosure(rule, secret, placed, undefined, fingerprint),
  ).filter((draft) => draft !== undefined);
}

/** What stands around it in its file, cut out while that is at hand; else what the rule saw. */
function aroundIn(
  { text, find, start }: Sighting,
  { source, from }: ScannedText,
  isPlain: boolean,
  aroundAt: ((start: number) => Around) | undefined,
): Around {
  if (isPlain && aroundAt !== undefined) return aroundAt(start);
  return source === 'file' && from?.span !== undefined && aroundAt !== undefined
    ? withDecoded(aroundAt(from.span.start), text.slice(find.start, find.end))
    : { text, at: find.start };
}

interface Gathered {
  readonly rule: DisclosureRule;
  readonly secret: string;
  readonly placed: Placed[];
  /** Texts in which it stands as it is. */
  readonly plain: Set<number>;
}

type LineAt = (offset: number) => number;

/** The line, and how the text was reached. `lineAt` is of the file. */
function placeIn(
  { from, within }: ScannedText,
  { inside, start, lineInText }: Sighting,
  lineAt: LineAt | undefined,
): { readonly line?: number; readonly within: readonly string[] } {
  if (from === undefined)
    return {
      ...(lineAt === undefined ? {} : { line: lineAt(start) }),
      within: inside?.within ?? within,
    };
  const chain = [...within, ...(inside?.within ?? [])];
  if (from.span !== undefined)
    return { ...(lineAt === undefined ? {} : { line: lineAt(from.span.start) }), within: chain };
  return { within: withLine(chain, lineInText) };
}

function pathOf({ path }: ScannedText): { readonly path?: string } {
  return path === undefined ? {} : { path };
}
