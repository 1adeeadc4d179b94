import type { DisclosureRule, TextSource } from '../../../model/disclosure.ts';
import type { Disclosure } from '../../../model/disclosure-report.ts';
import type { Sighting } from '../engine/detector.ts';
import type { Fingerprint, Placed } from './draft.ts';
import { draftDisclosure, lineOf } from './draft.ts';

/** A text that was scanned. */
export interface ScannedText {
  readonly source: TextSource;
  readonly path?: string;
  /** The object that it is, and the commit that brought it in. */
  readonly object?: string;
  readonly commit?: string;
  readonly within: readonly string[];
}

/**
 * What files and other texts disclose, one entry a secret. `bytesOf` gives a text's bytes once more, to count lines; it may
 * fail (`undefined`), and then there is no line.
 */
export async function disclosuresOfTexts(
  sightings: readonly Sighting[],
  texts: readonly ScannedText[],
  bytesOf: (text: number) => Promise<Uint8Array | undefined>,
  fingerprint: Fingerprint,
): Promise<Disclosure[]> {
  const groups = new Map<
    string,
    { rule: DisclosureRule; secret: string; placed: Placed[]; copies: Set<number> }
  >();
  const inOrder = sightings.toSorted((a, b) => a.object - b.object || a.start - b.start);
  let bytes: Uint8Array | undefined;
  let read = -1;
  for (const { rule, object, start, find, secret, text } of inOrder) {
    const scanned = texts[object]!;
    if (read !== object && scanned.source === 'file') {
      bytes = await bytesOf(object);
      read = object;
    }
    const place = { source: scanned.source, within: scanned.within, ...pathOf(scanned) };
    const line = scanned.source === 'file' && bytes !== undefined ? { line: lineOf(bytes, start) } : {};
    const key = `${rule.id}\n${secret}`;
    const group = groups.get(key) ?? { rule, secret, placed: [], copies: new Set() };
    groups.set(key, group);
    group.placed.push({ find, text, place, spot: { ...scanned, ...line } });
    group.copies.add(object);
  }
  return Array.from(groups.values(), ({ rule, secret, placed, copies }) =>
    draftDisclosure(rule, secret, placed, copies.size, fingerprint),
  ).filter((draft) => draft !== undefined);
}

function pathOf({ path }: ScannedText): { readonly path?: string } {
  return path === undefined ? {} : { path };
}
