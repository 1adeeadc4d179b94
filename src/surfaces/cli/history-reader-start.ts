import { workerData } from 'node:worker_threads';
import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { compiledCode, loadChunksFrom } from './compiled.ts';

// A reader's entry in the bundle: its code comes compiled, as that of start.ts does.
const code = compiledCode(`${defaultCacheFolder()}/code`, `reader-${String(workerData)}`);
loadChunksFrom(code, require.extensions);
void import('./history-reader.ts').then(({ readWhenTold }) => readWhenTold(() => code.keep(['reader'])));
