import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { compiledCode, loadChunksFrom } from './compiled.ts';
import { stderr, stdout } from './streams.ts';
import { tuneV8 } from './tuning.ts';
import { used } from './used.ts';

// The bundle's entry. What it loads natively is small; everything else comes with its code compiled.
const flags = tuneV8(process.argv.slice(2));
const code = compiledCode(`${defaultCacheFolder()}/code`, flags);
loadChunksFrom(code, require.extensions);
void start();

async function start(): Promise<void> {
  const { run } = await import('./main.ts');
  process.exitCode = await run();
  code.keep(used);
  await stdout.flushed();
  await stderr.flushed();
  // Not waiting for the event loop to run dry spares the wait for compilations and collections that nobody needs any more.
  process.exit();
}
