import { workerData } from 'node:worker_threads';
import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { compiledCode, loadChunksFrom } from './compiled.ts';
import type { ReaderStart } from './history-readers.ts';

// A reader's entry in the bundle: its code comes compiled, as that of start.ts does.
const { flags, gate } = workerData as ReaderStart;
Atomics.wait(gate, 0, 0);
const code = compiledCode(`${defaultCacheFolder()}/code`, `reader-${flags}`);
loadChunksFrom(code, require.extensions);
void import('./history-reader.ts').then(({ readWhenTold }) => readWhenTold(() => code.keep(['reader'])));
