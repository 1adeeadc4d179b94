import type { ExtractedComponent, Observation } from '../../../model/extractor.ts';

/**
 * What a maintainer should know of how a lockfile pins its content. At most one observation a rule,
 * each with the count of all and three examples; `names` holds every name. Components that are
 * bundled in their parent's tarball are covered by the parent's hash and left out.
 */
export function observePins(
  components: readonly ExtractedComponent[],
  lacksIntegrity: (component: ExtractedComponent) => boolean = (component) =>
    component.integrity === undefined && component.bundled !== true,
): Observation[] {
  const weak: ExtractedComponent[] = [];
  const none: ExtractedComponent[] = [];
  const insecure: ExtractedComponent[] = [];
  for (const component of components) {
    const { origin, source, integrity } = component;
    if (source !== undefined && isInsecure(source)) insecure.push(component);
    if (integrity !== undefined) {
      if (isWeak(integrity)) weak.push(component);
    } else if (origin === 'registry' && lacksIntegrity(component)) none.push(component);
  }
  return [
    ...observe('lockfile/weak-integrity', weak, {
      says: 'pinned by SHA-1 (or MD5) alone, which an attacker can collide',
      hint: 'recreate these entries with a current package manager (remove the lockfile and install): it records SHA-512',
    }),
    ...observe('lockfile/no-integrity', none, {
      says: 'locked without a hash, so the registry could serve other content unnoticed',
      hint: 'reinstall with a current package manager so that each entry gets an integrity hash',
    }),
    ...observe('lockfile/insecure-source', insecure, {
      says: 'fetched over an unencrypted connection (http:// or git://)',
      hint: 'change the address to https:// in the lockfile and in .npmrc, then reinstall',
    }),
  ];
}

/** Entries that have an address where a version belongs. */
export function observeUrlVersions(components: readonly ExtractedComponent[]): Observation[] {
  return observe('lockfile/url-version', components, {
    says: 'locked to an address in place of a version, so no advisory can be held against them',
    hint: 'depend on a published release where there is one',
  });
}

/** One observation about some components; none when there are none. */
export function observe(
  rule: string,
  components: readonly ExtractedComponent[],
  words: { readonly says: string; readonly hint: string },
): Observation[] {
  if (components.length === 0) return [];
  const labels = sorted(
    components.map(({ name, version }) => (version === '' ? name : `${name}@${version}`)),
  );
  const lines = components.map((component) => component.line).filter((line) => line > 0);
  return [
    {
      rule,
      message: `${labels.length} ${labels.length === 1 ? 'component is' : 'components are'} ${words.says}: ${examples(labels)}`,
      ...(lines.length === 0 ? {} : { line: lines.reduce((least, line) => Math.min(least, line)) }),
      hint: words.hint,
      names: sorted(components.map((component) => component.name)),
    },
  ];
}

/** The first three, and how many more there are. */
export function examples(labels: readonly string[], separator = ', '): string {
  const more = labels.length - 3;
  return labels.slice(0, 3).join(separator) + (more > 0 ? `${separator}and ${more} more` : '');
}

/** Sorted by code units, without repeats. */
export function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));
}

const isWeak = (integrity: string): boolean =>
  (integrity.startsWith('sha1') || integrity.startsWith('md5')) &&
  !/\bsha(?:256|384|512)[-:]/.test(integrity);

const isInsecure = (source: string): boolean =>
  !source.startsWith('https:') &&
  (source.startsWith('http://') ||
    source.startsWith('git://') ||
    source.startsWith('git+http://') ||
    source.startsWith('git+git://'));
