import { bytesOf, characters } from '../decode/characters.ts';
import { fromQuotedPrintable } from '../decode/quoted-printable.ts';
import type { Sighting } from '../engine/detector.ts';
import { withoutEncoded, withoutInner } from '../engine/overlaps.ts';
import type { ScannedText } from './of-files.ts';

/**
 * Of what stands encoded in a file, and was found both as it stands and decoded, the one that says what it is: as in a history. What a
 * text has as it is, and the decoded text around it too, is found where it is.
 */
export function toldOnce(sightings: readonly Sighting[], texts: readonly ScannedText[]): readonly Sighting[] {
  const plain: Sighting[] = [];
  /** Those that stand encoded in a text, by where they do. */
  const encoded: Sighting[] = [];
  const mails: Sighting[] = [];
  for (const sighting of sightings) {
    const { from, within } = texts[sighting.object]!;
    if (from === undefined && sighting.inside === undefined) plain.push(sighting);
    else if (from?.span !== undefined) encoded.push({ ...sighting, ...from.span, object: from.text });
    else if (from !== undefined && within[0] === 'quoted-printable')
      mails.push({ ...sighting, object: from.text });
  }
  if (encoded.length === 0 && mails.length === 0) return sightings;
  const also = new Set([...encoded, ...mails].map(keyOf));
  const left = new Set<string>();
  for (const { object, secret } of mails) left.add(`${object}\n${secret}`);
  const isLeft = new Set(withoutEncoded(plain, encoded));
  const own = new Set(withoutInner(encoded, plain));
  let at = 0;
  return sightings.filter((sighting) => {
    const { from } = texts[sighting.object]!;
    if (from?.span !== undefined) return own.has(encoded[at++]!);
    if (from !== undefined || sighting.inside !== undefined || also.has(keyOf(sighting))) return true;
    return isLeft.has(sighting) && !left.has(`${sighting.object}\n${mailed(sighting)}`);
  });
}

const keyOf = ({ object, rule, secret }: Sighting): string => `${object}\n${rule.id}\n${secret}`;

/** What the secret would be in mail; another one when it has nothing of that. */
function mailed({ rule, secret }: Sighting): string | undefined {
  if (rule.kind !== 'generic-secret' && rule.kind !== 'password') return undefined;
  const bytes = fromQuotedPrintable(bytesOf(secret));
  return bytes.length === secret.length ? undefined : characters(bytes, 0, bytes.length);
}
