import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treemap } from './treemap.ts';
import type { TreemapItem } from './treemap.ts';
import { readableCells, squarify } from './treemap-layout.ts';

const area = { x: 0, y: 0, width: 600, height: 400 };

test('the example of the paper: 6, 6, 4, 3, 2, 2, 1 in 6 × 4', () => {
  const cells = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  expect(cells.slice(0, 2)).toEqual([
    { x: 0, y: 0, width: 3, height: 2 },
    { x: 0, y: 2, width: 3, height: 2 },
  ]);
});

test('cells have areas in proportion, do not overlap and stay inside', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 }), (sizes) => {
      const sorted = sizes.sort((a, b) => b - a);
      const total = sorted.reduce((sum, size) => sum + size, 0);
      const cells = squarify(sorted, area);
      cells.forEach((cell, i) => {
        expect(cell.width * cell.height).toBeCloseTo((sorted[i]! / total) * 600 * 400, 3);
        expect(cell.x).toBeGreaterThanOrEqual(-1e-6);
        expect(cell.x + cell.width).toBeLessThanOrEqual(600 + 1e-6);
        expect(cell.y + cell.height).toBeLessThanOrEqual(400 + 1e-6);
        for (const other of cells.slice(i + 1)) {
          const wide = Math.min(cell.x + cell.width, other.x + other.width) - Math.max(cell.x, other.x);
          const high = Math.min(cell.y + cell.height, other.y + other.height) - Math.max(cell.y, other.y);
          expect(Math.min(wide, high)).toBeLessThan(1e-6);
        }
      });
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('nothing thinner than asked for is drawn; what would be is one cell', () => {
  const { cells, kept } = readableCells([5000, ...Array.from({ length: 3000 }, () => 1)], area, 10);
  expect(kept).toBe(1);
  expect(cells).toHaveLength(2);
  expect(readableCells([3, 2, 1], area, 4)).toMatchObject({ kept: 3 });
  expect(readableCells([], area, 4)).toEqual({ cells: [], kept: 0 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 300 }), (sizes) => {
      const found = readableCells(
        sizes.sort((a, b) => b - a),
        area,
        6,
      );
      const thin = found.cells.filter(({ width, height }) => width < 6 || height < 6);
      expect(found.kept === 0 ? [] : thin).toEqual([]);
    }),
    { numRuns: 60, seed: 7 },
  );
});

const item = (name: string, size: number, more: Partial<TreemapItem> = {}): TreemapItem => ({
  name,
  fullName: `${name} 1.0.0`,
  size,
  states: [],
  findings: '',
  ...more,
});

test('a square for each component, those with findings in their fill, and everything in the table', () => {
  const { svg, table } = treemap(
    {
      title: 'What a brings in',
      description: 'two',
      items: [
        item('b', 4),
        item('a', 12, {
          states: [
            ['high', 2],
            ['low', 1],
          ],
          findings: '3 high, 1 low',
          href: '#m0-1',
        }),
      ],
    },
    { prefix: 'x', width: 600 },
  );
  expect(svg).toContain('<a href="#m0-1"><title>a 1.0.0: 12 components, 3 high, 1 low</title>');
  expect(svg.match(/url\(#x-fill-high\)/g)).toHaveLength(2);
  expect(svg).toContain('role="group"');
  expect(table.rows).toEqual([
    ['a 1.0.0', 12, '3 high, 1 low'],
    ['b 1.0.0', 4, 'none'],
  ]);
});

test('many single clean ones are one cell, and the table names each', () => {
  const items = Array.from({ length: 100 }, (_, n) => item(`n${n}`, 1));
  const { svg, table } = treemap({ title: 't', description: 'd', items }, { prefix: 'x' });
  expect(svg).toContain('100 single components');
  expect(table.rows).toHaveLength(1);
  expect(String(table.rows[0]![0]).split(', ')).toHaveLength(100);
});

test('a share too small for squares still shows', () => {
  const { svg } = treemap(
    {
      title: 't',
      description: 'd',
      items: [item('a', 1_000_000, { states: [['critical', 1]], findings: '1 critical' })],
    },
    { prefix: 'x', width: 343 },
  );
  expect(svg).toMatch(/height="4" fill="url\(#x-fill-critical\)"/);
});

test('a name that does not fit keeps its last part, and the count goes before the name does', () => {
  const names = (width: number): string[] => {
    const items = [item('@scope/player', 8), item('@scope/cli', 8), item('group:artifact', 8)];
    const { svg } = treemap({ title: 't', description: 'd', items }, { prefix: 'x', width });
    return [...svg.matchAll(/font-weight="600">(?:<title>[^<]*<\/title>)?([^<]*)</g)].map(
      ([, text]) => text!,
    );
  };
  expect(names(600)).toEqual(['@scope/cli', '@scope/player', 'group:artifact']);
  expect(names(240)).toEqual(['@scope/cli', '…/player', 'group:artifact']);
});
