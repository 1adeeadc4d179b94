import { readFileSync } from 'node:fs';
import type { RolldownOptions } from 'rolldown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** One bundle for the CLI; commands are lazy chunks, so that `--version` loads almost nothing. */
const config: RolldownOptions = {
  input: { cli: 'src/surfaces/cli/main.ts', worker: 'src/engine/worker.ts' },
  platform: 'node',
  transform: { define: { ASSAY_VERSION: JSON.stringify(version) } },
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
};

export default config;
