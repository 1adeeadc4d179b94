import { expect, test } from 'vitest';
import { worksLong } from './tuning.ts';

test.for([
  [['db', 'update'], true],
  [['scan', '.', '--update'], true],
  [['scan', '.'], false],
  [['secrets', '.', '--history'], true],
  [['secrets', '--staged'], false],
  [['timeline'], true],
  [['--version'], false],
  [[], false],
] as const)('%j works long: %s', ([argv, expected]) => expect(worksLong(argv)).toBe(expected));
