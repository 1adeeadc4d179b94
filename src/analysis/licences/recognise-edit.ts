import { family, recogniseLicences, wordsOf } from './recognise.ts';

/**
 * What an edit of a licence file did. `text tidy`: years, holders, layout; `terms changed`: other licences or none;
 * `added`: there was no such file; `unclear`: other words, and no licence that we know to say what they mean.
 */
export type LicenceEditKind = 'added' | 'text tidy' | 'terms changed' | 'unclear';

export interface JudgedEdit {
  readonly kind: LicenceEditKind;
  /** What it was and is, e.g. `MIT → Apache-2.0`; empty when nothing can be said. */
  readonly says: string;
}

/** Compares two states of a licence file; absent text is an absent file. */
export function judgeLicenceEdit(before: string | undefined, after: string | undefined): JudgedEdit {
  const old = before === undefined ? [] : named(before);
  const now = after === undefined ? [] : named(after);
  if (before === undefined) return { kind: 'added', says: now.join(', ') || UNKNOWN };
  if (after === undefined) return { kind: 'terms changed', says: `${old.join(', ') || UNKNOWN} removed` };
  if (terms(before) === terms(after)) return { kind: 'text tidy', says: old[0] ?? '' };
  if (old.length === 0 || now.length === 0)
    return { kind: 'unclear', says: `${old.join(', ') || UNKNOWN} → ${now.join(', ') || UNKNOWN}` };
  // The first licence of a file is what it is about; the others are of parts that it names.
  if (old[0] !== now[0]) return { kind: 'terms changed', says: `${old[0]!} → ${now[0]!}` };
  const gone = old.filter((id) => !now.includes(id));
  const come = now.filter((id) => !old.includes(id));
  if (gone.length + come.length > 0)
    return {
      kind: 'unclear',
      says: [
        `${now[0]!} stays`,
        ...(come.length === 0 ? [] : [`${come.join(', ')} beside it now`]),
        ...(gone.length === 0 ? [] : [`${gone.join(', ')} gone from beside it`]),
      ].join('; '),
    };
  return recogniseLicences(before).more === recogniseLicences(after).more
    ? { kind: 'text tidy', says: now[0]! }
    : { kind: 'unclear', says: `${now[0]!}, with more or less text around it` };
}

const UNKNOWN = 'a text that is not recognised';

/** The licences of a text, each once: the first, then the others sorted. */
function named(text: string): readonly string[] {
  const ids = [...new Set(recogniseLicences(text).licences.map(({ id }) => family(id)))];
  return [...ids.slice(0, 1), ...ids.slice(1).sort()];
}

/** The words that bind: without copyright lines and headings. */
function terms(text: string): string {
  const kept = text
    .split('\n')
    .filter(
      (line) => line.length > 2000 || !/^[\s#*/;%-]*(?:copyright\b|\(c\)|©|all rights reserved)/i.test(line),
    );
  return wordsOf(kept.join('\n')).replace(
    /^ (?:the )?(?:mit|isc|bsd|new bsd|simplified bsd) license (?:mit )?/,
    ' ',
  );
}
