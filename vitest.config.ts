import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = {
  define: { ASSAY_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    // No module-level mutable state, so tests may share a worker: 19 s becomes 2 s.
    isolate: false,
    pool: 'threads',
    // All of them: vitest leaves one out, which on two is half.
    maxWorkers: '100%',
    // Against hangs only: a busy machine is no fault.
    testTimeout: 120_000,
  },
};

export default config;
