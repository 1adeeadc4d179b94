import { expect, test } from 'vitest';
import type { ResultCache } from '../../model/cache.ts';

/** The suite that every cache passes. `make` gives an empty one. */
export function cacheContract(name: string, make: () => ResultCache): void {
  const key = 'ab'.repeat(32);
  test(`${name}: an absent key is absent`, async () => {
    expect(await make().get(key)).toBeUndefined();
  });
  test.for(['', '{}', 'grüße \u{1F600}\n\0', 'x'.repeat(1_000_000)] as const)(
    `${name}: a value comes back as it was (%#)`,
    async (value) => {
      const cache = make();
      await cache.set(key, value);
      await cache.set('cd'.repeat(32), 'other');
      expect(await cache.get(key)).toBe(value);
      await cache.close();
      expect(await cache.get(key)).toBe(value);
    },
  );
}
