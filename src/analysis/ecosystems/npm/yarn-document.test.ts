import { parseSyml } from '@yarnpkg/parsers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readYarnDocument } from './yarn-document.ts';

describe('agrees with yarn’s own parser', () => {
  const name = fc.stringMatching(/^(@[a-z]{1,4}\/)?[a-z][a-z0-9._-]{0,8}$/);
  const range = fc.constantFrom(
    '^1.0.0',
    '>=1 <2',
    '~2.3.4',
    '*',
    '1.x || 2',
    'npm:@a/b@^1',
    'https://x.invalid/a.tgz#h',
  );
  const entry = fc.record({
    keys: fc.uniqueArray(fc.tuple(name, range), {
      minLength: 1,
      maxLength: 3,
      selector: ([n, r]) => `${n}@${r}`,
    }),
    version: fc.constantFrom('1.0.0', '2.0.0-rc.1'),
    dependencies: fc.uniqueArray(fc.tuple(name, range), { maxLength: 3, selector: ([n]) => n }),
  });
  const entries = fc.uniqueArray(entry, {
    maxLength: 5,
    selector: ({ keys }) => keys.map((key) => key.join('@')).join(),
  });

  /** What a parser made of a file, by descriptor. */
  const ours = (text: string) =>
    Object.fromEntries(
      readYarnDocument(text, 'yarn.lock').entries.flatMap(({ descriptors, fields, dependencies }) => {
        const pairs = Object.fromEntries(dependencies.map((d) => [d.name, d.range]));
        return descriptors.map((key) => [key, { version: fields.get('version'), dependencies: pairs }]);
      }),
    );
  const theirs = (text: string) =>
    Object.fromEntries(
      Object.entries(parseSyml(text) as Record<string, { version: string; dependencies?: object }>)
        .filter(([key]) => key !== '__metadata')
        .flatMap(([key, { version, dependencies = {} }]) =>
          key.split(', ').map((descriptor) => [descriptor, { version, dependencies }]),
        ),
    );
  const quote = (text: string) => (/^[a-z][\w.~^-]*$/.test(text) ? text : JSON.stringify(text));

  test('on classic files', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const text = `# yarn lockfile v1\n\n${list
          .map(({ keys, version, dependencies }) => {
            const head = keys.map((key) => JSON.stringify(key.join('@'))).join(', ');
            const below = dependencies.map(([n, r]) => `    ${quote(n)} ${JSON.stringify(r)}\n`).join('');
            return `${head}:\n  version "${version}"\n${below === '' ? '' : `  dependencies:\n${below}`}`;
          })
          .join('\n')}`;
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 200 },
    );
  });

  test('on berry files', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const text = `__metadata:\n  version: 8\n\n${list
          .map(({ keys, version, dependencies }) => {
            const below = dependencies.map(([n, r]) => `    ${quote(n)}: ${JSON.stringify(r)}\n`).join('');
            return `"${keys.map((key) => key.join('@')).join(', ')}":\n  version: ${version}\n${below === '' ? '' : `  dependencies:\n${below}`}`;
          })
          .join('\n')}`;
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 200 },
    );
  });
});
