import { expect, test } from 'vitest';
import { planPlugin } from './new-plugin.ts';

const index = `export const npm: Ecosystem = {\n  id: 'npm',\n  extractors: [],\n};\n`;

test('an extractor is code, a test and a line', () => {
  const files = planPlugin(['extractor', 'npm/foo-lock', 'foo.lock'], () => index);
  expect([...files.keys()]).toEqual([
    'src/analysis/ecosystems/npm/foo-lock.ts',
    'src/analysis/ecosystems/npm/foo-lock.test.ts',
    'src/analysis/ecosystems/npm/index.ts',
  ]);
  expect(files.get('src/analysis/ecosystems/npm/index.ts')).toContain('extractors: [fooLock, ]');
});

test.for([[[]], [['extractor', 'npm']], [['extractor', '../x', 'f']], [['reporter', 'A B']]] as const)(
  'refuses %j with the usage',
  ([argv]) => expect(() => planPlugin(argv, () => index)).toThrow('usage'),
);
