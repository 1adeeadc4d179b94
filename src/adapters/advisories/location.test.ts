import { expect, test } from 'vitest';
import { advisoryFolderPath } from './location.ts';

test.for([
  [undefined, { ASSAY_DB: '/a/b' }, 'linux', '/a/b'],
  ['/c', { ASSAY_DB: '/a/b' }, 'linux', '/c'],
  [undefined, { XDG_CACHE_HOME: '/x' }, 'linux', '/x/assay/db'],
  [undefined, { XDG_CACHE_HOME: 'relative' }, 'linux', '/home/u/.cache/assay/db'],
  [undefined, {}, 'darwin', '/home/u/Library/Caches/assay/db'],
] as const)('its place: %j', ([named, env, platform, expected]) => {
  expect(advisoryFolderPath(named, env, platform, '/home/u')).toBe(expected);
});
