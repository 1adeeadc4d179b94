import { expect, test } from 'vitest';
import type { Disclosure, DisclosureSpot } from '../../../model/disclosure-report.ts';
import { coverIgnored } from './ignored.ts';

const at = (path: string, source: DisclosureSpot['source'] = 'file'): DisclosureSpot => ({
  source,
  path,
  within: [],
});
const disclosure = (spots: readonly DisclosureSpot[], first?: DisclosureSpot): Disclosure => ({
  fingerprint: 'v1:x:0',
  rule: 'x',
  title: 'X',
  kind: 'credential',
  tier: 'certain',
  reasons: ['x'],
  excerpt: '',
  advice: '',
  spots,
  copies: 1,
  ...(first === undefined
    ? {}
    : {
        history: {
          first: { commit: 'c', authoredAt: '2026-01-01T00:00:00Z', spot: first },
          inHead: true,
          refs: [],
        },
      }),
});
const globs = [{ glob: 'test/**', by: '.assay/secrets.yaml' }];

test.for<readonly [says: string, one: Disclosure, isCovered: boolean]>([
  ['in ignored files alone', disclosure([at('test/a'), at('test/b/c')]), true],
  ['in another too', disclosure([at('src/a'), at('test/a')]), false],
  ['in another at first', disclosure([at('test/a')], at('src/a')), false],
  ['in a message too', disclosure([{ source: 'commit-message', within: [] }, at('test/a')]), false],
  ['in the name of an ignored file', disclosure([at('test/a', 'path')]), false],
  ['in so many places that not all are listed', { ...disclosure([at('test/a')]), moreSpots: true }, false],
])('%s', ([, one, isCovered]) => {
  expect(coverIgnored([one], globs)[0]!.covered).toEqual(
    isCovered
      ? { by: 'ignored-path', reason: 'it stands only in paths that .assay/secrets.yaml ignores (test/**)' }
      : undefined,
  );
  expect(coverIgnored([one], [])).toEqual([one]);
});
