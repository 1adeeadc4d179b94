import { expect, test } from 'vitest';
import type { Purl } from '../../model/component.ts';
import type { Why, WhyNode, WhyPlace } from '../../model/why.ts';
import { whyMarkdown } from './markdown.ts';

const node = (name: string, version: string): WhyNode => ({
  purl: `pkg:npm/${name}@${version}` as Purl,
  name,
  version,
});

const place: WhyPlace = {
  path: 'a.lock',
  extractor: 'npm/test',
  line: 3,
  direct: 'no',
  scopes: ['prod'],
  component: node('x', '1.0.0'),
  edgesKnown: true,
  directsKnown: true,
  orphan: false,
  askers: [
    {
      ...node('a<b>', '2.0.0'),
      own: false,
      ranges: ['^0', '^1'],
      outside: ['^0'],
      kinds: ['optional'],
      via: [0],
    },
  ],
  directs: [{ ...node('top', '1.0.0'), ranges: ['*'], kinds: ['prod'], askedBy: ['app'] }],
  ways: [
    {
      nodes: [node('app', ''), node('top', '1.0.0'), node('a<b>', '2.0.0'), node('x', '1.0.0')],
      ranges: ['*', '^1', '^0 || ^1'],
    },
  ],
  waysComplete: true,
  count: { ways: '1', exact: true },
};

const why: Why = {
  target: { name: 'app', kind: 'worktree' },
  asked: { text: 'x@^1', name: 'x', range: '^1' },
  components: [
    { ...node('x', '1.0.0'), ecosystem: 'npm', findings: [], places: [place, { ...place, path: 'b`.lock' }] },
  ],
  otherVersions: ['2.0.0'],
  near: [],
  lost: false,
};

test('a table of askers for each file, ways folded away, other versions last', () => {
  const text = whyMarkdown(why);
  expect(text).toBe(`### Why \`x@^1\` is in app

#### \`x 1.0.0\`

\`a.lock:3\`: production, transitive, 1 asks for it, through 1 direct

| who asks | wants | is here |
|---|---|---|
| \`a<b> 2.0.0\` | \`^0 \\|\\| ^1 (optional) (overridden)\` | through top |

<details><summary>the only way</summary>

- \`app\` → \`top 1.0.0\` → \`a<b> 2.0.0\` → \`x 1.0.0\`

</details>

\`\`b\`.lock:3\`\`: production, transitive, 1 asks for it, through 1 direct

| who asks | wants | is here |
|---|---|---|
| \`a<b> 2.0.0\` | \`^0 \\|\\| ^1 (optional) (overridden)\` | through top |

<details><summary>the only way</summary>

- \`app\` → \`top 1.0.0\` → \`a<b> 2.0.0\` → \`x 1.0.0\`

</details>

Not in \`^1\`: \`2.0.0\`.
`);
});

test('what is not here names what looks like it', () => {
  expect(whyMarkdown({ ...why, components: [], otherVersions: [], near: ['y'], lost: true })).toBe(
    '### `x@^1` is not in app\n\nDid you mean `y`?\n\nSome files could not be read, so it may be there.\n',
  );
});

test('edges unknown are said instead of a table', () => {
  const flat: WhyPlace = { ...place, edgesKnown: false, askers: [], directs: [], ways: [] };
  expect(whyMarkdown({ ...why, components: [{ ...why.components[0]!, places: [flat] }] })).toContain(
    'transitive; edges unknown: this file does not say who asks for whom; who asks for it is not known\n',
  );
});
