import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { plainNumber, visible, words } from '../common/markup.ts';
import {
  axisTicks,
  filled,
  FILLS,
  fitText,
  label,
  legend,
  linked,
  picture,
  rect,
  sharedPatterns,
  textWidth,
} from './svg.ts';
import { DARK, LIGHT, PICTURE_STYLE } from './svg-palette.ts';
import type { Canvas } from './svg.ts';

const canvas: Canvas = { prefix: 'x' };

/** Throws when it is not well-formed XML. */
function parsed(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return names;
}

test('a picture is well-formed XML with a name, a description, a ground and the patterns that it uses', () => {
  const svg = picture(canvas, {
    title: 'A & B',
    description: 'two',
    width: 100,
    height: 50,
    body: [rect(0, 0, 10, 10, filled(canvas, 'high'))],
  });
  expect(parsed(svg)).toEqual([
    'svg',
    'title',
    'desc',
    'style',
    'defs',
    'pattern',
    'rect',
    'path',
    'rect',
    'rect',
  ]);
  expect(svg).toContain('role="img" aria-labelledby="x-title" aria-describedby="x-desc"');
  expect(svg).toContain('<title id="x-title">A &amp; B</title>');
  expect(svg).toContain('<rect x="0" y="0" width="10" height="10" fill="url(#x-fill-high)"/>');
  expect(svg).not.toMatch(/<script|\son\w+=|style="|href=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('an embedded picture has no style of its own and uses the patterns of the page', () => {
  const embedded: Canvas = { prefix: 'y', embedded: true };
  const svg = picture(embedded, {
    title: 't',
    description: 'd',
    width: 1,
    height: 1,
    links: true,
    body: [rect(0, 0, 1, 1, filled(embedded, 'low'))],
  });
  expect(parsed(svg)).toEqual(['svg', 'title', 'desc', 'rect']);
  expect(svg).toContain('role="group"');
  expect(svg).toContain('url(#p-fill-low)');
  expect(sharedPatterns()).toContain('id="p-fill-low"');
  expect(parsed(sharedPatterns()).filter((name) => name === 'pattern')).toHaveLength(FILLS.length);
});

test('whatever a name is, it stays text in XML that parses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const svg = picture(canvas, {
        title: name,
        description: name,
        width: 9,
        height: 9,
        body: [label(0, 0, name, { width: 40 })],
      });
      return parsed(svg).every((found) => ['svg', 'title', 'desc', 'style', 'rect', 'text'].includes(found));
    }),
    { numRuns: 300, seed: 7 },
  );
  expect(words('<script>"\'&')).toBe('&lt;script&gt;&quot;&#39;&amp;');
  expect(visible('a\u202Eb\u0000c\ud800\u200b')).toBe('a\ufffdb\ufffdc\ufffd\ufffd');
  expect(visible('שלום 名前 👩‍')).toBe('שלום 名前 👩\ufffd');
});

test.for([
  [0.1 + 0.2, '0.3'],
  [-0.001, '0'],
  [1e21, '1000000000'],
  [Number.NaN, '0'],
  [12.345, '12.35'],
] as const)('number %d is %s', ([value, text]) => expect(plainNumber(value)).toBe(text));

test('text is cut to its room, from the end or the middle, and its whole is the tooltip', () => {
  expect(fitText('short', 100, 13)).toBe('short');
  expect(fitText('a-rather-long-component-name@1.2.3', 120, 13)).toMatch(/^a-rather-.*…$/);
  expect(fitText('a-rather-long-component-name@1.2.3', 160, 13, 'end')).toMatch(
    /^a-rather-l?.*…[^…]*1\.2\.3$/,
  );
  expect(fitText('wide', 3, 13)).toBe('');
  expect(label(0, 9, 'a-rather-long-component-name', { width: 90 })).toContain(
    '<title>a-rather-long-component-name</title>',
  );
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      fc.integer({ min: 20, max: 200 }),
      (text, width) => {
        expect(textWidth(fitText(text, width, 13), 13)).toBeLessThanOrEqual(width + 1e-9);
        expect(textWidth(fitText(text, width, 13, 'start', true), 13, true)).toBeLessThanOrEqual(
          width + 1e-9,
        );
        expect(textWidth(fitText(text, width, 13, 'end'), 13)).toBeLessThanOrEqual(width + 1e-9);
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

test('links lead within the page or to http(s), nowhere else', () => {
  expect(linked('#a-1', 'a', [])).toBe('<a href="#a-1"><title>a</title></a>');
  expect(linked('javascript:alert(1)', 'a', [])).toBe('<g></g>');
  expect(linked('https://a.example.invalid/x?y=1&z', 'a', [])).toContain('y=1&amp;z');
});

test('a legend wraps', () => {
  const entries = FILLS.map((fill) => [fill, `means ${fill}`] as const);
  expect(legend(canvas, entries, 0, 0, 2000).height).toBe(20);
  expect(legend(canvas, entries, 0, 0, 250).height).toBeGreaterThanOrEqual(80);
  expect(legend(canvas, [], 0, 0, 250).height).toBe(0);
});

test.for([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [27, [0, 10, 20, 30]],
  [1144, [0, 500, 1000, 1500]],
] as const)('ticks of an axis to %d', ([most, ticks]) => expect(axisTicks(most, 4)).toEqual(ticks));

test('text has a contrast of 4.5:1 and shapes of 3:1, light and dark', () => {
  for (const theme of [LIGHT, DARK]) {
    const on = (name: keyof typeof theme, ground: keyof typeof theme = 'paper') =>
      contrast(theme[name], theme[ground]);
    for (const name of [
      'ink',
      'muted',
      'link',
      'critical',
      'high',
      'medium',
      'low',
      'unknown',
      'exclusive',
    ] as const)
      expect([name, on(name) >= 4.5]).toEqual([name, true]);
    expect(on('rule')).toBeGreaterThanOrEqual(3);
    // The pale ones have an outline and, where text stands on them, dark text.
    expect(on('ink', 'none')).toBeGreaterThanOrEqual(4.5);
    expect(on('ink', 'shared')).toBeGreaterThanOrEqual(4.5);
    expect(on('exclusive', 'shared')).toBeGreaterThanOrEqual(3);
  }
  expect(PICTURE_STYLE).not.toMatch(/[<&]|url\(|@import/);
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const light = (hex: string): number => {
    const [r, g, blue] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
      number,
      number,
      number,
    ];
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [x, y] = [light(a), light(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
