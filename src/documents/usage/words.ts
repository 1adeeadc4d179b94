import type { Location } from '../../model/problem.ts';
import type { CodeRead, Unseen, Usage } from '../../model/usage.ts';
import { grouped } from '../common/words.ts';

/** `in 340 files of code read`, with what limits it. */
export function readWords({ files, unread, computed }: CodeRead): string {
  const limits = [
    ...(unread === 0 ? [] : [`${grouped(unread)} not read`]),
    ...(computed === 0
      ? []
      : [`${grouped(computed)} ${computed === 1 ? 'import is' : 'imports are'} computed when the code runs`]),
  ];
  return `${grouped(files)} ${files === 1 ? 'file' : 'files'} of code read${limits.length === 0 ? '' : ` (${limits.join(', ')})`}`;
}

/** What is never said without: not seen is not unused. */
export const NOT_UNUSED = 'may be used by configuration or scripts';

/** What was seen of one name. One sentence, no full stop. */
export function usageWords({ seen, because, at, files, declaredIn }: Usage, code: CodeRead): string {
  const places = placesWords(at, files);
  switch (seen) {
    case 'imported':
      return `imported in ${places}${declaredIn.length === 0 ? '; no manifest declares it (phantom)' : ''}`;
    case 'mentioned':
      return `no import seen in ${readWords(code)}; named by ${places}`;
    case 'not-seen':
      return `no import seen in ${readWords(code)}; ${NOT_UNUSED}`;
    case 'unknown':
      return `no import seen in ${readWords(code)}; whether it is used cannot be said: ${because ?? ''}`;
  }
}

/** What stands behind a name: ` (dev; imported in 3 files elsewhere)`; nothing for a plain one of production. */
export function asideWords({ scopes, elsewhere }: Unseen): string {
  const words = [
    ...(scopes.includes('prod') || scopes.length === 0 ? [] : [scopes.join('+')]),
    ...(elsewhere === 0
      ? []
      : [`imported in ${grouped(elsewhere)} ${elsewhere === 1 ? 'file' : 'files'} elsewhere`]),
  ];
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

/** `a.js:3, b.js:1 and 4 more files`. */
export function placesWords(at: readonly Location[], files: number, most = 2): string {
  const paths = new Set<string>();
  const shown = at
    .filter(({ path }) => paths.size < most && !paths.has(path) && paths.add(path))
    .map(({ path, line }) => (line === undefined ? path : `${path}:${line}`));
  const more = files - paths.size;
  return `${shown.join(', ')}${more > 0 ? ` and ${grouped(more)} more ${more === 1 ? 'file' : 'files'}` : ''}`;
}

/** Those that cannot be judged, by reason; reasons by how many they are, then by text. */
export function byReason(
  unsure: readonly Unseen[],
): readonly { readonly because: string; readonly names: readonly string[] }[] {
  const groups = new Map<string, Set<string>>();
  for (const { because = '', name } of unsure) {
    // Peers are told each with who wants it: one reason all the same.
    const reason = because.endsWith('(peer dependency)')
      ? 'others want it beside themselves (peer dependency)'
      : because;
    const names = groups.get(reason);
    if (names === undefined) groups.set(reason, new Set([name]));
    else names.add(name);
  }
  return [...groups]
    .map(([because, names]) => ({ because, names: [...names].sort() }))
    .sort((a, b) => b.names.length - a.names.length || (a.because < b.because ? -1 : 1));
}

/** In order of their manifests. */
export function byManifest<T extends { readonly manifest: string }>(
  items: readonly T[],
): readonly (readonly [manifest: string, items: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.manifest);
    if (group === undefined) groups.set(item.manifest, [item]);
    else group.push(item);
  }
  return [...groups];
}
