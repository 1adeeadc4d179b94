import type { Extractor } from '../model/extractor.ts';

/** Says which extractors claim a path, ordered by id. */
export type Claimer = (path: string) => readonly Extractor[];

const NOBODY: readonly Extractor[] = [];

/**
 * Asks the extractors whether they claim a path, but only those that could: an extractor is asked when one of the names
 * it lists in `files` has the path's extension (`.yml` and `.yaml` are one, case does not count) or begins with the same letters
 * (`Dockerfile.go` is a matter for `Dockerfile`). A tree may have a hundred thousand files, and we have dozens of extractors.
 */
export function claimer(extractors: readonly Extractor[]): Claimer {
  const byExtension = new Map<string, Extractor[]>();
  const byStem = new Map<string, Extractor[]>();
  for (const extractor of [...extractors].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const pattern of extractor.files) {
      const name = pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase();
      addTo(byExtension, extensionOf(name), extractor);
      const stem = stemOf(name);
      if (stem !== '') addTo(byStem, stem, extractor);
    }
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const same = byExtension.get(extensionOf(name));
    const alike = byStem.get(stemOf(name));
    if (same === undefined && alike === undefined) return NOBODY;
    let claimed: Extractor[] | undefined;
    for (const extractor of same ?? NOBODY) if (extractor.claims(path)) (claimed ??= []).push(extractor);
    for (const extractor of alike ?? NOBODY)
      if (same?.includes(extractor) !== true && extractor.claims(path)) (claimed ??= []).push(extractor);
    return claimed?.sort((a, b) => (a.id < b.id ? -1 : 1)) ?? NOBODY;
  };
}

function addTo(map: Map<string, Extractor[]>, key: string, extractor: Extractor): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [extractor]);
  else if (!list.includes(extractor)) list.push(extractor);
}

/** From the last dot on; `''` for names without one. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot);
  return extension === '.yml' ? '.yaml' : extension;
}

/** The letters that a lower-case name begins with, a leading dot aside. */
function stemOf(name: string): string {
  const start = name.startsWith('.') ? 1 : 0;
  let end = start;
  while (end < name.length && isLetter(name.charCodeAt(end))) end++;
  return name.slice(start, end);
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
