import type {
  ComponentAspect,
  ComponentChangeKind,
  ComponentState,
  IntegrityChange,
} from '../../model/comparison.ts';

/** What differs beside the version, in the order of `ComponentAspect`. */
export function aspectsOf(
  before: ComponentState,
  after: ComponentState,
  kind: ComponentChangeKind,
): { readonly aspects: readonly ComponentAspect[]; readonly integrity: IntegrityChange | undefined } {
  const sameVersion = kind === 'changed' && before.version !== '';
  const integrity = sameVersion ? compareIntegrity(before.integrity, after.integrity) : undefined;
  const aspects: ComponentAspect[] = [];
  const add = (aspect: ComponentAspect, holds: boolean): void => {
    if (holds) aspects.push(aspect);
  };
  add(
    'range',
    !sameList(before.ranges, after.ranges) || (kind === 'changed' && before.requested !== after.requested),
  );
  add('integrity', integrity !== undefined);
  add('origin', isElsewhere(before, after));
  const [was, is] = [hostOf(before.source), hostOf(after.source)];
  const moved = was !== undefined && is !== undefined && was !== is;
  add('host', moved);
  add(
    'source',
    !moved &&
      sameVersion &&
      before.source !== undefined &&
      after.source !== undefined &&
      before.source !== after.source,
  );
  add(
    'licence',
    before.licences.length > 0 && after.licences.length > 0 && !sameList(before.licences, after.licences),
  );
  add('scope', !sameList(before.scopes, after.scopes));
  add('direct', before.direct !== 'unknown' && after.direct !== 'unknown' && before.direct !== after.direct);
  add('install-script', before.installScript === 'no' && after.installScript === 'yes');
  add('deprecated', before.deprecated === undefined && after.deprecated !== undefined);
  return { aspects, integrity };
}

/** `unknown` is how formats without the fact say "registry": no news. */
function isElsewhere(before: ComponentState, after: ComponentState): boolean {
  const plain = (origin: ComponentState['origin']): string => (origin === 'unknown' ? 'registry' : origin);
  return plain(before.origin) !== plain(after.origin);
}

/** Compares hashes as lockfiles write them: words such as `sha512-…`, `sha256:…`, `h1:…`. `undefined` when they are the same. */
export function compareIntegrity(
  before: string | undefined,
  after: string | undefined,
): IntegrityChange | undefined {
  if (before === after) return undefined;
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  const was = byAlgorithm(before);
  const is = byAlgorithm(after);
  let shared = false;
  let differs = was.size !== is.size;
  for (const [algorithm, digests] of was) {
    const others = is.get(algorithm);
    if (others === undefined) {
      differs = true;
      continue;
    }
    shared = true;
    let common = 0;
    for (const digest of digests) if (others.has(digest)) common++;
    if (common === 0) return 'changed';
    differs ||= common < digests.size || common < others.size;
  }
  return shared ? (differs ? 'differs' : undefined) : 'other-algorithm';
}

function byAlgorithm(integrity: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const word of integrity.split(' ')) {
    if (word === '') continue;
    const end = word.search(/[-:/]/);
    const algorithm = end === -1 ? '' : word.slice(0, end).toLowerCase();
    const digest = end === -1 ? word : word.slice(end + 1);
    const known = found.get(algorithm);
    if (known === undefined) found.set(algorithm, new Set([digest]));
    else known.add(digest);
  }
  return found;
}

/** Scheme and host of a URL (a `git+` in front included), user left out; `undefined` for what is none. */
export function hostOf(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  const start = source.indexOf('://');
  if (start <= 0 || start > 20) return undefined;
  let end = start + 3;
  while (end < source.length && !'/?#'.includes(source[end]!)) end++;
  const authority = source.slice(start + 3, end);
  return `${source.slice(0, start)}://${authority.slice(authority.lastIndexOf('@') + 1)}`.toLowerCase();
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
