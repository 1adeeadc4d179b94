import { join } from 'node:path';
import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { compiledCode, loadChunksFrom } from './compiled.ts';
import { isHookCall } from './hook-call.ts';
import type * as HookMain from './hook-main.ts';
import { stderr, stdout } from './streams.ts';
import { tuneV8 } from './tuning.ts';
import { used } from './used.ts';

/** What the build calls the file that runs hooks, beside its chunks. */
declare const ASSAY_HOOK: string;

// The bundle's entry. What it loads natively is small; everything else comes with its code compiled.
const argv = process.argv.slice(2);
const flags = tuneV8(argv);
const code = compiledCode(`${defaultCacheFolder()}/code`, flags);
const loadChunk = loadChunksFrom(code, require.extensions);
void start();

async function start(): Promise<void> {
  const { run } = isHookCall(argv)
    ? (loadChunk(join(__dirname, 'chunks', ASSAY_HOOK)) as typeof HookMain)
    : await import('./main.ts');
  process.exitCode = await run(used);
  code.keep(used);
  await stdout.flushed();
  await stderr.flushed();
  // Not waiting for the event loop to run dry spares the wait for compilations and collections that nobody needs any more.
  process.exit();
}
