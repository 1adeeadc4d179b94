import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Purl } from '../../model/component.ts';
import type { WhyPlace } from '../../model/why.ts';
import { whyColumns, whySvg } from './why-columns.ts';

const node = (name: string, version = '1.0.0') => ({
  purl: `pkg:npm/${name}@${version}` as Purl,
  name,
  version,
});

function place(askers: number, directs: number): WhyPlace {
  return {
    path: 'package-lock.json',
    extractor: 'npm/package-lock',
    direct: 'no',
    scopes: ['prod'],
    component: node('x'),
    edgesKnown: true,
    directsKnown: true,
    orphan: false,
    askers: Array.from({ length: askers }, (_, i) => ({
      ...node(`asker<${i}>`),
      own: false,
      ranges: ['^1'],
      outside: i === 0 ? ['^1'] : [],
      kinds: ['prod'],
      via: directs === 0 ? [] : [i % directs],
    })),
    directs: Array.from({ length: directs }, (_, i) => ({
      ...node(`direct${i}`),
      ranges: ['^1'],
      kinds: ['prod'],
      askedBy: ['app'],
    })),
    ways: [],
    waysComplete: true,
    count: { ways: '12', exact: true },
  };
}

/** The elements of an XML text; throws when it is not well-formed. */
function elements(svg: string): number {
  let count = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', () => count++);
  parser.write(svg).close();
  return count;
}

test.for([
  [3, 2],
  [40, 30],
  [0, 0],
  [1, 0],
] as const)('%i askers, %i directs: well-formed, wide and narrow', ([askers, directs]) => {
  for (const width of [960, 343])
    expect(elements(whyColumns(place(askers, directs), { prefix: 'p', width }).svg)).toBeGreaterThan(3);
});

test('what does not fit is one row with its count; the table has everything', () => {
  const { svg, table } = whyColumns(place(40, 30), { prefix: 'p' });
  expect(svg).toContain('and 16 more askers');
  expect(svg).toContain('and 6 more direct dependencies');
  expect(table.rows).toHaveLength(40);
  expect(table.rows[0]).toEqual(['asker<0> 1.0.0', '^1', 'direct0 1.0.0']);
});

test('a line is dashed where an override decides, and the picture says so', () => {
  const { svg } = whyColumns(place(3, 2), { prefix: 'p' });
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(svg).toContain('1 asker wants another version; an override decides');
});

test('several places in one file; none is said', () => {
  const target = { name: 'repo', kind: 'worktree' } as const;
  const base = { target, asked: { text: 'x', name: 'x' }, otherVersions: [], near: ['y'], lost: false };
  const component = {
    ...node('x'),
    ecosystem: 'npm' as const,
    findings: [],
    places: [place(2, 1), place(1, 1)],
  };
  expect(elements(whySvg({ ...base, components: [component] }))).toBeGreaterThan(10);
  const none = whySvg({ ...base, components: [] });
  expect(elements(none)).toBeGreaterThan(3);
  expect(none).toContain('Did you mean y?');
});

test('lines that nobody could follow are a list, at any width', () => {
  const tangled = place(12, 10);
  const via = tangled.directs.map((_, index) => index);
  const all: WhyPlace = { ...tangled, askers: tangled.askers.map((asker) => ({ ...asker, via })) };
  const { svg } = whyColumns(all, { prefix: 'w', width: 960 });
  expect(svg).not.toContain('<path');
  expect(svg.match(/through direct0, direct1, direct2/g)).toHaveLength(12);
  expect(whyColumns(tangled, { prefix: 'w', width: 960 }).svg).toContain('<path');
});
