import { readFileSync } from 'node:fs';
import type { Plugin, RolldownOptions } from 'rolldown';
import { keptSearches } from './scripts/kept-searches.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Writes what is not ASCII as escapes: chunks are then read byte by byte, and take half the memory. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk')
        chunk.code = chunk.code.replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};

const searches = keptSearches();

/** Writes the searches for the built-in rules beside the bundle. */
const searchFiles: Plugin = {
  name: 'searches',
  generateBundle() {
    for (const { name, bytes } of Object.values(searches))
      this.emitFile({ type: 'asset', fileName: name, source: bytes });
  },
};

/**
 * One bundle for the CLI; commands are lazy chunks, so that `--version` loads almost nothing.
 * CommonJS, since only such code can be kept compiled: src/surfaces/cli/compiled.ts.
 */
const config: RolldownOptions = {
  input: { start: 'src/surfaces/cli/start.ts', worker: 'src/engine/worker.ts' },
  platform: 'node',
  transform: {
    define: {
      ASSAY_VERSION: JSON.stringify(version),
      ASSAY_SEARCHES: JSON.stringify({ plain: searches.plain.name, encoded: searches.encoded.name }),
    },
  },
  plugins: [ascii, searchFiles],
  output: {
    dir: 'dist',
    format: 'cjs',
    minify: true,
    cleanDir: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
  },
};

export default config;
