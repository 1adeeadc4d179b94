import type { DisclosureRule, Find, Place, Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';

/** What a path says of its file: text that is made up for tests, for readers, by a program. */
export type FileClass = 'test' | 'documentation' | 'lockfile' | 'generated' | 'third-party' | 'other';

const LOCKFILES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|[\w.-]+\.lock|go\.sum|packages\.lock\.json|Package\.resolved|composer\.lock|\.secrets\.baseline|\.gitleaksignore|secrets\.baseline)$/i;
const GENERATED = /(?:\.min\.(?:js|css)|\.map|\.bundle\.js|\.snap)$|(?:^|\/)(?:dist|build)\//i;
const THIRD_PARTY =
  /(?:^|\/)(?:node_modules|vendor|third[-_]?party|bower_components|site-packages|jspm_packages|\.yarn)\//i;
const TESTS =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|fixtures?|testdata|test[-_]data|mocks?|stubs?|e2e|cypress|features|samples?)(?:\/|$)|[._-](?:test|tests|spec|mock|fixture|stories)\.[\w.]+$|(?:^|\/)test_[^/]+$|_test\.[a-z]+$|Tests?\.(?:java|kt|cs|scala|groovy|php)$/i;
const DOCUMENTATION = /\.(?:md|mdx|rst|adoc|asciidoc)$|(?:^|\/)(?:docs?|documentation|examples?|man)\//i;

/** What a path says of its file. */
export function fileClass(path: string): FileClass {
  if (LOCKFILES.test(path)) return 'lockfile';
  if (THIRD_PARTY.test(path)) return 'third-party';
  if (GENERATED.test(path)) return 'generated';
  if (TESTS.test(path)) return 'test';
  if (DOCUMENTATION.test(path)) return 'documentation';
  return 'other';
}

const WORDS: Readonly<Record<Exclude<FileClass, 'other'>, string>> = {
  test: 'in a test or fixture, where made-up values are usual',
  documentation: 'in documentation or an example, where made-up values are usual',
  lockfile: 'in a file of hashes',
  generated: 'in a generated file',
  'third-party': "in a copy of somebody else's code",
};

/**
 * Judges a find once its place is known: the rule first, then the class of the file. What a checksum or a key's own structure
 * proves stays certain wherever it is, for a real key in a test is a real key.
 */
export function settle(rule: DisclosureRule, find: Find, place: Place): Find | undefined {
  // Who wrote a commit, and when, is in every commit: that is looked at by who opens a repository, not here.
  if (place.source === 'person' && (rule.kind === 'personal-data' || rule.kind === 'internal-address'))
    return undefined;
  const settled = rule.settle === undefined ? find : rule.settle(find, place);
  if (settled === undefined || place.path === undefined || rule.kind === 'deny-list') return settled;
  const kind = fileClass(place.path);
  if (kind === 'other' || settled.tier === 'possible') return settled;
  // The rule itself has taken the place into account.
  if (TIERS.indexOf(settled.tier) > TIERS.indexOf(find.tier)) return settled;
  if (
    rule.kind === 'credential' &&
    (settled.tier === 'certain' || kind === 'lockfile' || kind === 'generated')
  )
    return { ...settled, reasons: [...settled.reasons, WORDS[kind]] };
  return { ...settled, tier: lower(settled.tier), reasons: [...settled.reasons, WORDS[kind]] };
}

function lower(tier: Tier): Tier {
  return tier === 'certain' ? 'likely' : 'possible';
}
