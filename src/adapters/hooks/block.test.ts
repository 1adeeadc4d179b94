import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { callScript, hasBlock, withBlock, withoutBlock } from './block.ts';
import { HOOKS, hookScript } from './script.ts';

const block = callScript('.assay/hooks/pre-commit', false);

test.for(['#!/bin/sh\nexit 0\n', '#!/usr/bin/env bash\n\nexec other "$@"\n', 'npx lint-staged\n', ''])(
  'a block goes in before all else, once, and comes out again: %j',
  (own) => {
    const first = withBlock(own, block)!;
    expect(withBlock(first, block)).toBe(first);
    expect(hasBlock(first, block)).toBe(true);
    expect(withoutBlock(first)).toBe(own);
    expect(withoutBlock(own)).toBe(own);
    expect(first.startsWith('#!')).toBe(own.startsWith('#!'));
  },
);

test('what is no shell script is left alone', () => {
  expect(withBlock('#!/usr/bin/env python3\nprint(1)\n', block)).toBeUndefined();
  expect(withBlock('\u007fELF\0\0', block)).toBeUndefined();
});

const sh = spawnSync('sh', ['-c', 'exit 0']).status === 0;

test.skipIf(!sh).for(HOOKS)('every script is one that sh reads: %s', (hook) => {
  for (const receipt of [true, false]) {
    const script = hookScript(hook, { receipt });
    expect(script).toMatch(/^[\n\u0020-\u007e]+$/);
    expect(script).not.toContain('`');
    expect(execFileSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toBe('');
  }
});
