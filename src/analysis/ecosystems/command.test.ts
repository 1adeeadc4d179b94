import { expect, test } from 'vitest';
import { arePlainWords } from './command.ts';

test.for([
  [['requests', '2.31.0.post1'], true],
  [['@scope/name', '1.0.0-rc.1+build'], true],
  [['vendor/name', '1!2.0'], true],
  [['x; rm -rf /'], false],
  [['$(id)'], false],
  [['--index-url=x'], false],
  [['a', ''], false],
] as const)('%j: %s', ([words, expected]) => expect(arePlainWords(...words)).toBe(expected));
