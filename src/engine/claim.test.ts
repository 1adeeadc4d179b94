import { expect, test } from 'vitest';
import { extractors } from '../analysis/ecosystems/index.ts';
import { claimer } from './claim.ts';

test('what is not asked about is claimed by nobody', () => {
  const claim = claimer(extractors);
  const names = [
    'main',
    'index',
    'a',
    'x.y',
    'Test',
    'build',
    'requirements',
    'Dockerfile',
    'prod.Dockerfile',
    'package',
    'setup',
  ];
  const folders = [
    '',
    'a/',
    '.github/workflows/',
    '.github/',
    'requirements/',
    'gradle/',
    'sbom/',
    'project/',
    'a/b/c/',
  ];
  const extensions = 'c css go h html java js jsx kt md mjs php png py rb rs sh svg ts tsx vue'.split(' ');
  let asked = 0;
  for (const folder of folders)
    for (const name of names)
      for (const extension of extensions) {
        const path = `${folder}${name}.${extension}`;
        const expected = extractors
          .filter((extractor) => extractor.claims(path))
          .map((extractor) => extractor.id);
        expect([path, claim(path).map((extractor) => extractor.id)]).toEqual([path, expected.sort()]);
        asked++;
      }
  expect(asked).toBeGreaterThan(1000);
});

test('every example name that an extractor lists is asked about', () => {
  const claim = claimer(extractors);
  for (const extractor of extractors)
    for (const file of extractor.files) {
      const path = file.replaceAll('**/', '').replaceAll('*', 'x');
      expect(claim(path).includes(extractor)).toBe(extractor.claims(path));
    }
});

test('a hundred thousand paths take a moment', () => {
  const claim = claimer(extractors);
  const paths = Array.from(
    { length: 100_000 },
    (_, i) => `packages/p${i % 100}/src/folder-${i % 37}/file-${i}.ts`,
  );
  const started = performance.now();
  for (const path of paths) claim(path);
  expect(performance.now() - started).toBeLessThan(500);
});
