import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { advisoriesFinding, doctorCode, isAtLeast, NODE_FLOOR } from './doctor.ts';

test('versions are compared number by number', () => {
  const pairs = ['v22.22.0', '22.22', 'v24.0.0', '22.100.1', '22.21.9', 'v20.20.2', '22', 'x', ''];
  expect(pairs.filter((version) => isAtLeast(version, '22.22'))).toEqual(pairs.slice(0, 4));
});

test('the floor is the one of package.json', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${NODE_FLOOR}`);
});

test('old advisories are worth a look, none as well; neither is a failure', () => {
  const states = [undefined, 0, 14, 15].map(
    (ageDays) => advisoriesFinding(ageDays === undefined ? undefined : { sets: 1, ageDays }, '/db').state,
  );
  expect(states).toEqual(['attention', 'ok', 'ok', 'attention']);
  expect(doctorCode([advisoriesFinding(undefined, '/db')])).toBe(0);
  expect(doctorCode([{ id: 'git', state: 'missing', says: '' }])).toBe(1);
});
