import { expect, test } from 'vitest';
import { nearNames } from './near.ts';

test.for([
  ['lodahs', ['lodash', 'left-pad', 'request'], ['lodash']],
  ['babel', ['@babel/core', 'babel-loader', 'x'], ['@babel/core', 'babel-loader']],
  ['core', ['@babel/core', 'cord', 'score-card'], ['@babel/core', 'cord', 'score-card']],
  ['zzz', ['a', 'b'], []],
  ['', ['a'], []],
] as const)('near %s', ([word, names, expected]) => expect(nearNames(word, names, 3)).toEqual(expected));

test('long names are compared quickly', () => {
  const names = Array.from({ length: 2000 }, (_, i) => `${'a'.repeat(5000)}${i}`);
  expect(nearNames('b'.repeat(5000), names, 3)).toEqual([]);
});
