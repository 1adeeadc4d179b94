import { expect, test } from 'vitest';
import { withoutCredentials } from './urls.ts';

test.for([
  ['https://token@host.invalid/a', 'https://host.invalid/a'],
  ['git+https://user:p@ss@host.invalid/a.git@v1', 'git+https://host.invalid/a.git@v1'],
  ['git+ssh://git@host.invalid/a.git', 'git+ssh://git@host.invalid/a.git'],
  ['https://host.invalid/a@1#b@2', 'https://host.invalid/a@1#b@2'],
  ['https://host.invalid?x=a@b', 'https://host.invalid?x=a@b'],
  ['git@host.invalid:a/b', 'git@host.invalid:a/b'],
  ['', ''],
] as const)('%s', ([url, expected]) => expect(withoutCredentials(url)).toBe(expected));
