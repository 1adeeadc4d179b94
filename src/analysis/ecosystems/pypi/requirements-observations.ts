import type { ExtractedComponent, Observation } from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';
import { pep440 } from '../../versions/index.ts';
import { examples, notLocked as observeLoose, sortedUnique } from '../draft.ts';
import { MOST_VERSIONS } from './lock-index.ts';
import { normaliseName } from './requirement.ts';
import type { RequirementLine } from './requirements-lines.ts';
import { readRequirementsFile } from './requirements-lines.ts';

interface Seen {
  readonly entries: readonly RequirementLine[];
  readonly components: readonly ExtractedComponent[];
  readonly isManifest: boolean;
  readonly hasVia: boolean;
  readonly sources: readonly { readonly path: string; readonly text: string }[];
}

/** What a maintainer should know of one requirements file: few things, each with something to do. */
export function observeRequirements(path: string, seen: Seen): readonly Observation[] {
  const registry = seen.components.filter((found) => found.origin === 'registry');
  return [
    ...notLocked(registry),
    ...(seen.isManifest ? [] : [...integrity(seen.components), ...outOfStep(path, seen)]),
  ];
}

/** `manifest/not-locked` for components whose version nothing fixes. */
export function notLocked(components: readonly ExtractedComponent[]): readonly Observation[] {
  const loose = components.filter((found) => found.origin === 'registry' && found.version === '');
  return observeLoose(
    loose.map(({ name, line }) => ({ name: normaliseName(name), line })),
    `of ${components.length} requirements`,
    'commit a lockfile (pip-compile, uv, poetry, pdm or pylock.toml), so that every install gives the same versions',
  );
}

/** `lockfile/no-integrity`, `lockfile/weak-integrity` and `lockfile/url-version` of a file with hashes or URLs. */
export function integrity(components: readonly ExtractedComponent[]): readonly Observation[] {
  const found: Observation[] = [];
  const locked = components.filter((one) => one.origin === 'registry' && one.version !== '');
  const bare = locked.filter((one) => one.integrity === undefined);
  // A file without any hash has chosen so; one with some has holes.
  if (bare.length > 0 && bare.length < locked.length)
    found.push(
      observation(
        'lockfile/no-integrity',
        bare,
        'have no hash though others have',
        'lock again with hashes for all',
      ),
    );
  const weak = components.filter((one) => one.integrity !== undefined && isWeak(one.integrity));
  if (weak.length > 0)
    found.push(
      observation(
        'lockfile/weak-integrity',
        weak,
        'have only md5 or sha1 hashes',
        'lock again with sha256 hashes',
      ),
    );
  const urls = components.filter((one) => one.origin === 'url' && one.integrity === undefined);
  if (urls.length > 0)
    found.push(
      observation(
        'lockfile/url-version',
        urls,
        'come from a URL without a hash: what is installed may change',
        'use a release from the index, or add its hash',
      ),
    );
  return found;
}

function observation(
  rule: string,
  about: readonly ExtractedComponent[],
  says: string,
  hint: string,
): Observation {
  const names = sortedUnique(about.map((one) => normaliseName(one.name)));
  const line = about[0]!.line;
  return {
    rule,
    message: `${names.length} ${names.length === 1 ? 'component' : 'components'} ${says}: ${examples(names)}`,
    ...(line > 0 ? { line } : {}),
    hint,
    names,
  };
}

const isWeak = (hashes: string): boolean =>
  hashes.split(' ').every((hash) => /^(?:md5|sha1)[:-]/i.test(hash));

/** Names that pip-compile leaves out of what it writes unless told otherwise. */
export const UNSAFE: ReadonlySet<string> = new Set(['distribute', 'pip', 'setuptools']);

/** What a source asks for that the compiled file does not have, or has at a version that the source does not allow. */
function outOfStep(path: string, seen: Seen): readonly Observation[] {
  const source = seen.sources.find((one) => one.path.endsWith('.in'));
  if (source === undefined || seen.components.length === 0) return [];
  const versions = new Map<string, string[]>();
  for (const { name, version } of seen.components) {
    const key = normaliseName(name);
    const known = versions.get(key);
    if (known === undefined) versions.set(key, [version]);
    else if (known.length < MOST_VERSIONS) known.push(version);
  }
  const asked = readRequirementsFile(source.text).requirements.map((one) => one.requirement);
  const names = sortedUnique(
    asked.flatMap(({ name, specifier, url, marker }) => {
      const key = normaliseName(name);
      // A URL often gives no sure name.
      if (marker !== '' || url !== undefined || UNSAFE.has(key)) return [];
      const locked = versions.get(key);
      if (locked === undefined) return [key];
      const isMet = locked.some(
        (version) => version === '' || pep440.satisfies(version, specifier) !== false,
      );
      return isMet ? [] : [key];
    }),
  );
  return stepObservation(path, source.path, names, 'compile it again');
}

/** `lockfile/out-of-step`: `names` are asked for by the manifest and not in the lockfile, or not as asked for. */
export function stepObservation(
  lockfile: string,
  manifest: string,
  names: readonly string[],
  hint: string,
): readonly Observation[] {
  if (names.length === 0) return [];
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `${baseName(lockfile)} does not have what ${baseName(manifest)} asks for: ${examples(names)}`,
      hint,
      names,
    },
  ];
}
