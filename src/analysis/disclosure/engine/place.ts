import type { DisclosureRule, Find, Place, Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';

/** What a path says of its file: text that is made up for tests, for readers, by a program. */
export type FileClass =
  | 'test'
  | 'documentation'
  | 'translation'
  | 'lockfile'
  | 'generated'
  | 'third-party'
  | 'other';

const LOCKFILES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|[\w.-]+\.lock|go\.sum|packages\.lock\.json|Package\.resolved|composer\.lock|\.secrets\.baseline|\.gitleaksignore|secrets\.baseline)$/i;
const GENERATED =
  /(?:\.min\.(?:js|css)|\.map|\.bundle\.js|\.snap)$|[.-][0-9a-f]{8,20}(?:\.(?:chunk|async))?\.(?:js|css)$|(?:^|\/)(?:dist|build)\//i;
const THIRD_PARTY =
  /(?:^|\/)(?:node_modules|vendor|third[-_]?party|bower_components|site-packages|jspm_packages|wwwroot\/lib|\.yarn|sorbet\/rbi\/gems|Pods|Carthage)\//i;
const TESTS =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|fixtures?|testdata|test[-_]data|mocks?|stubs?|e2e|cypress|features|samples?|molecule)(?:\/|$)|[._-](?:test|tests|spec|mock|fixture|stories)\.[\w.]+$|(?:^|\/)tests?_[^/]+$|(?:^|\/)(?:tests\.\w+|conftest\.py|pytest\.ini|phpunit\.xml(?:\.dist)?)$|_test\.[a-z]+$|(?:^|\/)Sandbox\w+\.(?:java|kt|cs|scala|groovy|php|swift)$|Tests?\.(?:java|kt|cs|scala|groovy|php)$/i;
const DOCUMENTATION =
  /\.(?:md|mdx|rst|adoc|asciidoc)$|(?:^|\/)(?:docs?|documentation|examples?|man)\/|(?:^|[./])(?:README|INSTALL|HOWTO|CHANGELOG|FAQ)(?:\.txt)?$/i;

/** Words for what the reader of a program sees, in his language. */
const TRANSLATIONS =
  /(?:^|\/)(?:translations?|locales?|i18n|l10n|langs?|languages|nls|[\w-]+\.lproj|values-[a-z]{2,3}(?:-r[A-Z]{2})?|values-b\+[\w+]+)\/|\.(?:po|pot|xlf|xliff|arb|resx|strings|stringsdict|xcstrings)$|(?:^|\/)messages[._-][a-z]{2}(?:[_-][A-Za-z]{2,4})?\.\w+$/;
/** Words in names of folders of tests: `docker-compose-test-secrets`, `testResources`. */
const TEST_FOLDERS: ReadonlySet<string> = new Set(
  'test tests testing testdata spec specs fixture fixtures mock mocks mocked'.split(' '),
);

/** Words in names of files whose values are made up: `mock_benefit_check_service.rb`, `FakePayments.cs`. */
const STAND_INS: ReadonlySet<string> = new Set('mock mocks mocked fake fakes dummy'.split(' '));

/** What a path says of its file. */
export function fileClass(path: string): FileClass {
  if (LOCKFILES.test(path)) return 'lockfile';
  if (THIRD_PARTY.test(path)) return 'third-party';
  if (GENERATED.test(path)) return 'generated';
  if (TESTS.test(path) || isInTestFolder(path)) return 'test';
  if (DOCUMENTATION.test(path)) return 'documentation';
  if (TRANSLATIONS.test(path)) return 'translation';
  return 'other';
}

/** The same of a file in archives: of the innermost name that says something, where those around it say nothing. */
function classOf(path: string, within: readonly string[]): FileClass {
  let kind = fileClass(path);
  for (let i = within.length - 1; kind === 'other' && i >= 0; i--) {
    const name = MEMBER.exec(within[i]!)?.[1];
    if (name !== undefined) kind = fileClass(name);
  }
  return kind;
}

/** `zip: lib/tests/a.py`, perhaps with a line. */
const MEMBER = /^(?:zip|tar|ar): ([^]*?)(?:, line \d+)?$/;

function isInTestFolder(path: string): boolean {
  const name = path.lastIndexOf('/') + 1;
  return (
    wordsIn(path.slice(0, name)).some((word) => TEST_FOLDERS.has(word)) ||
    wordsIn(path.slice(name)).some((word) => STAND_INS.has(word))
  );
}

/** The words of a path in lower case, by signs and humps. */
const wordsIn = (path: string): readonly string[] =>
  (path.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());

/**
 * For what anybody can make and nobody issues, as keys are: that it is a whole one proves nothing where people make some to try with.
 * `likely` therefore in tests, documentation and copies of other projects, where a token with the checksum of its issuer stays certain.
 */
export function settleMade(find: Find, { path, within }: Place): Find {
  if (find.tier !== 'certain' || path === undefined) return find;
  const kind = classOf(path, within);
  const why =
    kind === 'other' && saysTest(path.slice(path.lastIndexOf('/') + 1))
      ? WORDS.test
      : MADE.has(kind)
        ? WORDS[kind as 'test']
        : undefined;
  return why === undefined ? find : { ...find, tier: 'likely', reasons: [...find.reasons, why] };
}

const MADE: ReadonlySet<FileClass> = new Set(['test', 'documentation', 'third-party']);

/** The name of a key says so: `testkey.pem`, `functional_tests_key.asc`, `TEST_RSA_KEY`. */
export const saysTest = (name: string): boolean =>
  wordsIn(name).some((word) =>
    /^(?:tests?|testkey|dummy|fake|mock|sample|example|snakeoil|insecure|demo)$/.test(word),
  );

const WORDS: Readonly<Record<Exclude<FileClass, 'other'>, string>> = {
  test: 'in a test or fixture, where made-up values are usual',
  documentation: 'in documentation or an example, where made-up values are usual',
  translation: 'in a file of translations',
  lockfile: 'in a file of hashes',
  generated: 'in a generated file',
  'third-party': "in a copy of somebody else's code",
};

/**
 * Judges a find once its place is known: the rule first, then the class of the file. What an issuer's checksum proves stays certain
 * wherever it is; of keys, see `settleMade`.
 */
export function settle(rule: DisclosureRule, find: Find, place: Place): Find | undefined {
  // Who wrote a commit, and when, is in every commit: that is looked at by who opens a repository, not here.
  if (place.source === 'person' && (rule.kind === 'personal-data' || rule.kind === 'internal-address'))
    return undefined;
  const settled = rule.settle === undefined ? find : rule.settle(find, place);
  if (settled === undefined || place.path === undefined || rule.kind === 'deny-list') return settled;
  const kind = classOf(place.path, place.within);
  if (kind === 'other' || settled.tier === 'possible') return settled;
  // The rule itself has taken the place into account.
  if (TIERS.indexOf(settled.tier) > TIERS.indexOf(find.tier)) return settled;
  if (
    rule.kind === 'credential' &&
    (settled.tier === 'certain' || kind === 'lockfile' || kind === 'generated' || kind === 'translation')
  )
    return { ...settled, reasons: [...settled.reasons, WORDS[kind]] };
  return { ...settled, tier: lower(settled.tier), reasons: [...settled.reasons, WORDS[kind]] };
}

function lower(tier: Tier): Tier {
  return tier === 'certain' ? 'likely' : 'possible';
}
