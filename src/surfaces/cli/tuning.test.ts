import { expect, test } from 'vitest';
import { updates } from './tuning.ts';

test.for([
  [['db', 'update'], true],
  [['scan', '.', '--update'], true],
  [['scan', '.'], false],
  [['--version'], false],
  [[], false],
] as const)('%j reads advisories anew: %s', ([argv, expected]) => expect(updates(argv)).toBe(expected));
