import { expect, test } from 'vitest';
import type { ShapedRule } from './form/shapes.ts';
import { leastLength, piecesOf } from './form/shapes.ts';
import { providerRules } from './index.ts';
import { runRules } from './testing/driver.ts';
import { charactersOf, randomText } from './testing/random.ts';

const random = randomText(11);

/** A random token of a shape; it never ends in what the next character of a text could belong to. */
function exampleOf(shape: string, length: 'least' | 'most'): string {
  return piecesOf(shape)
    .map((piece) => {
      if (piece.kind === 'fixed') return piece.text;
      const size = length === 'least' ? piece.least : piece.most;
      return random(charactersOf(piece.alphabet), size);
    })
    .join('');
}

const shaped = providerRules.filter((rule): rule is ShapedRule => 'shapes' in rule);
/** Rules that look closer than their shape: they have tests of their own. */
const closer = new Set(shaped.filter((rule) => /^(?:age-|grafana-(?:api|cloud-token-json))/.test(rule.id)));
const plain = shaped.filter((rule) => !closer.has(rule));

/** A line that assigns the value to a name such as the rule looks for. */
const lineFor = (rule: ShapedRule, token: string): string =>
  rule.isNamed ? `${rule.keywords[0]!.toUpperCase()}_SECRET_TOKEN_LOGIN = "${token}"` : `value = "${token}"`;

test('ids are one of a kind, keywords are bytes in lower case, advice is given', () => {
  // A rule for lines and one for text may look for the same thing.
  const ids = providerRules.map((rule) => `${rule.id}${rule.id === 'private-key' ? (rule.scope ?? '') : ''}`);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  for (const { keywords, advice, title } of providerRules) {
    expect(keywords.length).toBeGreaterThan(0);
    for (const keyword of keywords) expect(keyword).toMatch(/^[^A-Z\u0100-\uffff]{2,}$/);
    expect(advice.length + title.length).toBeGreaterThan(20);
  }
});

test('every rule with a shape finds what the shape makes', { timeout: 20_000 }, () => {
  expect(plain.length).toBeGreaterThan(250);
  const missed: string[] = [];
  for (const rule of plain)
    for (const shape of rule.shapes)
      for (let i = 0; i < 20; i++) {
        const token = exampleOf(shape, i % 2 === 0 ? 'least' : 'most');
        // Random text may look made up, or be a word: less than one in a thousand when it is long.
        const line = lineFor(rule, token);
        if (!runRules([rule], line).some((find) => find.secret === token)) missed.push(`${rule.id} ${token}`);
      }
  // Short random values without a digit are not told from words.
  expect(
    missed.filter((one) => (one.split(' ')[1] ?? '').length >= 24 && /\d.*\d/.test(one.split(' ')[1] ?? '')),
  ).toEqual([]);
  expect(missed.length).toBeLessThan(plain.length / 2);
});

test('one character less or more is nothing, nor the name alone', () => {
  const wrong: string[] = [];
  for (const rule of plain)
    for (const shape of rule.shapes) {
      const pieces = piecesOf(shape);
      const last = pieces.at(-1)!;
      if (last.kind !== 'run' || rule.isNamed) continue;
      const [least, most] = [exampleOf(shape, 'least'), exampleOf(shape, 'most')];
      const more = random(charactersOf(last.alphabet), 1);
      for (const token of [least.slice(0, -1), `${most}${more}`])
        if (runRules([rule], lineFor(rule, token)).length > 0) wrong.push(`${rule.id} ${token}`);
    }
  expect(wrong).toEqual([]);
});

test('stand-ins of any shape are quiet', () => {
  const wrong: string[] = [];
  for (const rule of plain)
    for (const shape of rule.shapes) {
      if (leastLength(piecesOf(shape)) < 16) continue;
      const pieces = piecesOf(shape);
      const mark = pieces[0]?.kind === 'fixed' ? pieces[0].text : '';
      // Where the fixed text stands behind, and for what keeps some of its form in any case.
      if ((mark === '' && pieces.length > 1) || /A{10}/.test(shape)) continue;
      for (const character of ['x', '0', 'A', '*']) {
        const token = exampleOf(shape, 'least');
        const standIn = mark + token.slice(mark.length).replace(/[0-9A-Za-z_]/g, character);
        for (const find of runRules([rule], lineFor(rule, standIn))) wrong.push(`${find.rule} ${standIn}`);
      }
    }
  expect(wrong).toEqual([]);
});
