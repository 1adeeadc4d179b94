import { expect, test } from 'vitest';
import { HOOKS } from '../../adapters/hooks/script.ts';
import { isHookCall } from './hook-call.ts';

test('what scripts call is known, for every hook', () => {
  for (const hook of HOOKS) {
    expect(isHookCall(['hook', 'run', hook])).toBe(true);
    expect(isHookCall(['hook', 'run', hook, '--', '--force', 'x'])).toBe(true);
    expect(isHookCall(['hook', 'run', hook, 'origin', 'url'])).toBe(true);
  }
});

test.for([
  [['hook', 'run']],
  [['hook', 'run', 'post-commit', '--']],
  [['hook', 'run', '--help']],
  [['hook', 'run', 'pre-commit', '--help']],
  [['hook', 'install']],
  [['secrets', 'run', 'pre-commit']],
  [[]],
] as const)('what needs the whole command line is not: %j', ([argv]) => {
  expect(isHookCall(argv)).toBe(false);
});
