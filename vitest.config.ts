import type { ViteUserConfig } from 'vitest/config';

/** Tests that start processes: git, and the built CLI. */
const STARTS = [
  'test/end-to-end/**/*.test.ts',
  'src/adapters/**/*.test.ts',
  'src/analysis/disclosure/baseline/baseline.test.ts',
  'src/analysis/disclosure/decode/odd-files.test.ts',
  'src/surfaces/cli/output.test.ts',
  'src/surfaces/cli/young.test.ts',
];

const config: ViteUserConfig = {
  define: { ASSAY_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    // No module-level mutable state, so tests may share a worker: 19 s becomes 2 s.
    isolate: false,
    // All of them: vitest leaves one out, which on two is half.
    maxWorkers: '100%',
    // Against hangs only: a busy machine is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'here',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: STARTS,
          pool: 'threads',
        },
      },
      {
        extends: true,
        // To start a process takes thirty times as long from one that holds a gigabyte, as all tests together do.
        test: { name: 'processes', include: STARTS, pool: 'forks' },
      },
    ],
  },
};

export default config;
