import { expect, test } from 'vitest';
import { ECOSYSTEMS } from '../../model/ecosystem.ts';
import { ecosystemOf, ecosystems, extractors } from './index.ts';

test('every ecosystem id has exactly one definition', () => {
  expect(ecosystems.map((ecosystem) => ecosystem.id).sort()).toEqual([...ECOSYSTEMS].sort());
  for (const id of ECOSYSTEMS) expect(ecosystemOf(id).id).toBe(id);
});

test('extractor ids are unique and documented', () => {
  expect(new Set(extractors.map((extractor) => extractor.id)).size).toBe(extractors.length);
  for (const extractor of extractors) {
    expect(extractor.notes.length).toBeGreaterThan(20);
    expect(extractor.files.length).toBeGreaterThan(0);
  }
});
