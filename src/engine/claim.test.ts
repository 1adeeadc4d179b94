import { expect, test } from 'vitest';
import { extractors } from '../analysis/ecosystems/index.ts';
import { claimer } from './claim.ts';

test('what is not asked about is claimed by nobody', () => {
  const claim = claimer(extractors);
  const listed = extractors.flatMap((extractor) => extractor.files);
  const names = new Set(['main', 'index', 'a', 'x.y', 'Test', 'README', 'prod.Dockerfile', '.hidden']);
  const endings = new Set([
    '',
    ...'c css go h html java js json jsx kt lock md mjs php png py rb rs sh svg toml ts txt vue xml yaml yml'.split(
      ' ',
    ),
  ]);
  for (const file of listed) {
    const name = file.slice(file.lastIndexOf('/') + 1).replaceAll('*', 'x');
    names.add(name);
    names.add(name.replace(/\.[^.]*$/, ''));
    endings.add(name.slice(name.lastIndexOf('.') + 1));
  }
  const folders = new Set(['', 'a/b/', ...listed.map((file) => file.slice(0, file.lastIndexOf('/') + 1))]);
  const wrong: string[] = [];
  let claimed = 0;
  for (const folder of folders)
    for (const name of names)
      for (const ending of endings) {
        const path = `${folder}${name}${ending === '' ? '' : `.${ending}`}`;
        const expected = extractors
          .filter((extractor) => extractor.claims(path))
          .map((extractor) => extractor.id);
        const ids = claim(path).map((extractor) => extractor.id);
        claimed += ids.length;
        if (ids.join() !== expected.sort().join()) wrong.push(path);
      }
  expect(wrong).toEqual([]);
  expect(claimed).toBeGreaterThan(100);
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
  const started = process.threadCpuUsage();
  for (const path of paths) claim(path);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(500);
});
