import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Purl } from '../../model/component.ts';
import type { Burden, DirectCost, ManifestCost } from '../../model/cost.ts';
import { costBars } from './cost-bars.ts';

const burden = (components: number, high = 0): Burden => ({
  components,
  open: { critical: 0, high, medium: 0, low: 0, unknown: 0 },
  deprecated: 0,
});

function direct(name: string, goes: number, shares: number, high = 0): DirectCost {
  return {
    component: 0,
    purl: `pkg:npm/${name}@1.0.0` as Purl,
    name,
    version: '1.0.0',
    ranges: [],
    kinds: ['prod'],
    askedBy: [],
    own: false,
    goes: { ...burden(goes, high), duplicates: 0, licences: [] },
    shares: burden(shares),
    holders: 0,
    heldBy: [],
    heldByOrphans: false,
  };
}

function cost(directs: readonly DirectCost[], more: Partial<ManifestCost> = {}): ManifestCost {
  return {
    path: 'package-lock.json',
    extractor: 'npm/package-lock',
    total: burden(100),
    edgesKnown: true,
    directsKnown: true,
    directs,
    joint: [],
    workspaces: [],
    duplicates: [],
    orphans: 0,
    ...more,
  };
}

/** Text of the picture; throws when it is not well-formed. */
function textOf(svg: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('text', (text) => texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  return texts;
}

test('a dark part that goes, a hatched part that stays, both as figures, and the same in the table', () => {
  const { svg, table } = costBars(cost([direct('a', 30, 70, 2), direct('b', 0, 10)]), { prefix: 'c' });
  const texts = textOf(svg);
  expect(texts).toEqual(expect.arrayContaining(['a 1.0.0', '30 of 100', '2 open', 'b 1.0.0', '0 of 10']));
  expect(svg.match(/fill="url\(#c-fill-exclusive\)"/g)).toHaveLength(2); // one bar, one in the key
  expect(svg.match(/fill="url\(#c-fill-shared\)"/g)).toHaveLength(3);
  expect(table.rows).toEqual([
    ['a', '1.0.0', 30, 70, '2 high', 'unknown', 0],
    ['b', '1.0.0', 0, 10, '', 'unknown', 0],
  ]);
});

test('what is not drawn is counted, and stands in the table', () => {
  const many = Array.from({ length: 20 }, (_, i) => direct(`d${i}`, 20 - i, 0));
  const { svg, table } = costBars(cost(many), { prefix: 'c' }, 5);
  expect(textOf(svg)).toContain('and 15 more; 120 components go with them');
  expect(table.rows).toHaveLength(20);
});

test('where edges are unknown nothing is drawn and nothing is claimed', () => {
  const { svg, table } = costBars(cost([direct('a', 1, 0)], { edgesKnown: false }), { prefix: 'c' });
  expect(textOf(svg).join()).toContain('edges unknown');
  expect(table.rows[0]!.slice(2, 4)).toEqual(['unknown', 'unknown']);
});

test('names of strangers stay text, on a narrow picture too', () => {
  const { svg } = costBars(cost([direct('<b>"&\u202e', 3, 4)]), { prefix: 'c', width: 343 });
  expect(textOf(svg).join()).toContain('<b>"&\ufffd');
});

test('where edges are unknown there is no key to what is not drawn', () => {
  const { svg } = costBars(cost([direct('a', 1, 0)], { edgesKnown: false }), { prefix: 'x' });
  expect(svg).toContain('edges unknown');
  expect(svg).not.toContain('goes when it goes');
});

test('bars say what they count, the longest has all the room, and room for findings is kept only where there are some', () => {
  const widthOf = (high: number): number => {
    const { svg } = costBars(cost([direct('a', 0, 1215, high)]), { prefix: 'x', width: 720 });
    expect(svg).toContain('>components that it brings in<');
    return Number(/width="([\d.]+)" height="18"/.exec(svg)![1]);
  };
  expect(widthOf(0)).toBeGreaterThan(530);
  expect(widthOf(0) - widthOf(1)).toBe(120);
});
