import type { Sieve } from '../../../model/disclosure.ts';
import { HINTS } from './hints.ts';
import { followedBy, opened, setOf } from './sieves-of.ts';
import type { Trigger } from './triggers.ts';

/** The name of a character set, behind a question mark. */
const CHARSET: Sieve = {
  side: 'before',
  run: setOf(/[\w-]/),
  least: 2,
  most: 40,
  follows: setOf(/\?/),
};

/** What more is asked of the commoner of these words: signs that come behind them, or before. */
const BESIDE_HINT: Readonly<Record<string, readonly Sieve[]>> = {
  'concat(': [opened(/["'`\n]/)],
  '-join': [opened(/["'(@$\n]/)],
  'chr(': [followedBy(/[\da-fx]/i, 2)],
  'char(': [followedBy(/[\da-fx]/i, 2)],
  'chrw(': [followedBy(/[\da-fx]/i, 2)],
  '"0":': [followedBy(/[\d, ]/, 3)],
  '| rev': [{ side: 'after', run: new Uint8Array(256), least: 0, most: 0, follows: setOf(/[\s)"'`;|]/) }],
};

/** Words that say how what stands beside them is written. */
export const HINTED: readonly Trigger[] = HINTS.flatMap(({ how, forms, reveal }) =>
  forms.map((form): Trigger => ({
    how,
    form,
    sieves: how === 'encoded words' ? [CHARSET] : (BESIDE_HINT[form] ?? []),
    reveal,
  })),
);
