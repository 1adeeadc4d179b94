import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPurl, formatPurl, parsePurl } from './purl.ts';

const canonical = (text: string, strict = false): string => {
  const result = parsePurl(text, strict);
  return result.ok ? result.purl : result.problem.code;
};

test.for([
  ['an npm scope is encoded', 'pkg:npm/@babel/core@7.0.0', 'pkg:npm/%40babel/core@7.0.0'],
  ['a scope without a version', 'pkg:npm/@babel/core', 'pkg:npm/%40babel/core'],
  ['slashes before the type are noise', 'pkg://npm/a@1', 'pkg:npm/a@1'],
  ['a type has no case', 'PKG:NuGet/A.B@1', 'pkg:nuget/A.B@1'],
  ['a PyPI name is lower case with hyphens', 'pkg:pypi/Foo_Bar@1.0', 'pkg:pypi/foo-bar@1.0'],
  ['GitHub names have no case', 'pkg:github/Owner/Repo@V1', 'pkg:github/owner/repo@V1'],
  ['Maven names have', 'pkg:maven/Org.X/Y@1', 'pkg:maven/Org.X/Y@1'],
  ['a colon stays, a plus does not', 'pkg:deb/debian/a@1:2+b1', 'pkg:deb/debian/a@1:2%2Bb1'],
  ['qualifiers are sorted', 'pkg:generic/a?b=2&a=1', 'pkg:generic/a?a=1&b=2'],
  ['empty qualifiers are dropped', 'pkg:generic/a?b=&a=1', 'pkg:generic/a?a=1'],
  ['a subpath cannot climb', 'pkg:generic/a#/../b/./c/', 'pkg:generic/a#b/c'],
  ['the last @ is the version', 'pkg:brew/node@20@20.10.0', 'pkg:brew/node%4020@20.10.0'],
  ['no scheme', 'npm/a@1', 'purl/no-scheme'],
  ['no name', 'pkg:npm', 'purl/no-name'],
  ['an empty name', 'pkg:npm/@1', 'purl/no-name'],
  ['a bad type', 'pkg:n_pm/a', 'purl/bad-type'],
  ['a bad key', 'pkg:npm/a?in%20x=1', 'purl/bad-qualifier'],
  ['a key twice', 'pkg:npm/a?x=1&x=2', 'purl/bad-qualifier'],
  ['bad encoding', 'pkg:npm/a%ZZ', 'purl/bad-encoding'],
  ['a slash inside a namespace segment', 'pkg:golang/a%2Fb/c', 'purl/bad-encoding'],
] as const)('%s', ([, text, expected]) => expect(canonical(text)).toBe(expected));

test.for([
  ['a namespace that is not allowed', 'pkg:cargo/a/b@1'],
  ['a namespace that is missing', 'pkg:swift/Alamofire@5.4.3'],
  ['a qualifier that is missing', 'pkg:julia/Dates'],
  ['a CPAN module', 'pkg:cpan/URI::PackageURL'],
] as const)('strict: %s', ([, text]) => {
  expect(canonical(text, true)).toBe('purl/type-rule');
  expect(canonical(text)).toMatch(/^pkg:/);
});

test('what is built is read again as the same parts', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, text, (name, version, value) => {
      const built = buildPurl({ type: 'generic', name, version, qualifiers: new Map([['key', value]]) });
      if (!built.ok) return;
      expect(built.purl).toMatch(/^[A-Za-z0-9.\-_~:/@?=&#%]+$/);
      const read = parsePurl(built.purl);
      expect(read.ok && read.purl).toBe(built.purl);
    }),
  );
});

test('no text makes it throw', () => {
  const piece = fc.constantFrom(
    'pkg:',
    '/',
    '@',
    '?',
    '#',
    '%',
    '=',
    '&',
    'npm',
    'a',
    '%40',
    '..',
    ':',
    '\uD800',
    'é',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const result = parsePurl(pieces.join(''));
      expect(result.ok ? canonical(result.purl) : '').toBe(result.ok ? result.purl : '');
    }),
    { numRuns: 2000 },
  );
});

test('formatting never fails, whatever a lockfile calls its entries', () => {
  expect(formatPurl({ type: 'npm', name: '' })).toBe('pkg:npm/');
  expect(formatPurl({ type: 'npm', namespace: '@a', name: "b'(c)!\uD800", version: '1 2' })).toBe(
    'pkg:npm/%40a/b%27%28c%29%21%EF%BF%BD@1%202',
  );
});

const suite = new URL('../../../../shared/data/spec/purl.json', import.meta.url);

interface Case {
  readonly test_type: 'parse' | 'build' | 'validate';
  readonly description: string;
  readonly input: string | Record<string, string | Record<string, string> | null>;
  readonly expected_output?: string | Record<string, unknown> | null;
  readonly expected_failure?: boolean;
}

/** What the case asks for, as text, or `undefined` where it asks for a refusal. */
function run({ test_type, input }: Case): unknown {
  if (typeof input === 'string') {
    const result = parsePurl(input, test_type === 'parse');
    if (!result.ok) return undefined;
    if (test_type === 'validate') return result.purl;
    const { qualifiers, ...parts } = result.parts;
    const entries = Object.entries({ ...parts, qualifiers: Object.fromEntries(qualifiers) });
    return Object.fromEntries(
      entries.map(([key, value]) => [key, Object.keys(value).length === 0 ? null : value]),
    );
  }
  const given = new Map(Object.entries(input).filter(([, value]) => value !== null)) as Map<string, string>;
  const result = buildPurl(
    {
      type: given.get('type') ?? '',
      name: given.get('name') ?? '',
      namespace: given.get('namespace') ?? '',
      version: given.get('version') ?? '',
      subpath: given.get('subpath') ?? '',
      qualifiers: new Map(Object.entries((input['qualifiers'] ?? {}) as Record<string, string>)),
    },
    true,
  );
  return result.ok ? result.purl : undefined;
}

describe.skipIf(!existsSync(suite))(
  'the purl specification (../shared/data/spec/purl.json; skipped where absent)',
  () => {
    test('every case', () => {
      const { cases } = JSON.parse(readFileSync(suite, 'utf8')) as { cases: Case[] };
      expect(cases.length).toBeGreaterThan(500);
      const wrong = cases.filter((each) => {
        const expected = each.expected_failure ? undefined : each.expected_output;
        return JSON.stringify(sorted(run(each))) !== JSON.stringify(sorted(expected));
      });
      expect(wrong).toEqual([]);
    });
  },
);

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
