import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import type { OutputChunk, OutputOptions, Plugin, RolldownOptions } from 'rolldown';
import { keptSearches } from './scripts/kept-searches.ts';
import { lazyRuleModules } from './scripts/lazy-rules.ts';

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

const common: RolldownOptions = {
  platform: 'node',
  transform: {
    define: {
      ASSAY_VERSION: JSON.stringify(version),
      ASSAY_SEARCHES: JSON.stringify({ plain: searches.plain.name, encoded: searches.encoded.name }),
    },
  },
};

const output: OutputOptions = {
  dir: 'dist',
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
};

/**
 * What a hook runs, in one file of its own: it shares no chunk with other commands, so that it loads nothing that only they need. What is
 * needed for a repository's own rules are chunks beside it.
 */
async function hookBundle(): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    ...common,
    input: { hook: 'src/surfaces/cli/hook-main.ts' },
    plugins: [ascii, lazyRuleModules],
    // Chunks beside it may take from it what is in it anyway.
    preserveEntrySignatures: 'allow-extension',
    // Would have V8 compile every module at once: most never run.
    optimization: { pifeForModuleWrappers: false },
  });
  const made = await build.generate({
    ...output,
    entryFileNames: '[name]-[hash].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  });
  await build.close();
  return made.output.filter((one) => one.type === 'chunk');
}

/**
 * One bundle for the CLI; commands are lazy chunks, so that `--version` loads almost nothing.
 * CommonJS, since only such code can be kept compiled: src/surfaces/cli/compiled.ts.
 */
export default async function config(): Promise<RolldownOptions> {
  const hook = await hookBundle();
  const hookFiles: Plugin = {
    name: 'hook',
    generateBundle() {
      for (const { fileName, code } of hook)
        this.emitFile({ type: 'asset', fileName: `chunks/${fileName}`, source: code });
    },
  };
  const { define } = common.transform!;
  return {
    ...common,
    input: {
      start: 'src/surfaces/cli/start.ts',
      worker: 'src/engine/worker.ts',
      'history-reader': 'src/surfaces/cli/history-reader-start.ts',
    },
    transform: {
      define: { ...define, ASSAY_HOOK: JSON.stringify(hook.find(({ isEntry }) => isEntry)!.fileName) },
    },
    plugins: [ascii, searchFiles, hookFiles],
    output: { ...output, cleanDir: true },
  };
}
