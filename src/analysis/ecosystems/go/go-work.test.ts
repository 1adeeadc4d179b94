import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { goWork } from './go-work.ts';

const sample = `go 1.22

use (
	./a
	./b
)

replace x.example/x => y.example/y v1.1.0
`;

extractorContract(goWork, 'go.work', sample);

test('members are workspaces; replacements hold where a member requires them', () => {
  const files: Record<string, string> = {
    'a/go.mod': 'module m.example/a\nrequire x.example/x v1.0.0\n',
    'b/go.mod': 'module m.example/b\n',
  };
  expect(goWork.companions!({ path: 'go.work', text: sample }, 'go.work')).toEqual(['a/go.mod', 'b/go.mod']);
  const { components, edges } = goWork.extract({ path: 'go.work', text: sample }, (path) => files[path]);
  expect(components.map(({ name, version, origin }) => `${name}@${version} ${origin}`)).toEqual([
    'm.example/a@ workspace',
    'm.example/b@ workspace',
    'y.example/y@v1.1.0 registry',
  ]);
  expect(edges.map(({ from, to }) => [from, to])).toEqual([[0, 2]]);
});
