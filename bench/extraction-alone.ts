import { openObjectStore } from '../src/adapters/git/object-store.ts';
import { findRepository } from '../src/adapters/git/repository.ts';
import { readKernelFile } from '../src/adapters/kernel/wasm-file.ts';
import { readHistory } from '../src/analysis/disclosure/history/read-history.ts';
import { createHeap } from '../src/analysis/disclosure/kernel/heap.ts';
import { startKernel } from '../src/analysis/disclosure/kernel/module.ts';
import { sizeOfHistory, tuneForHistory } from '../src/surfaces/cli/tuning.ts';

/*
 * `node bench/extraction-alone.ts REPOSITORY`: CPU of reading every object of a repository by the lines that its deltas brought in, with
 * nothing looked for in them; from opening the packs on, the kernel's compilation with it.
 */
const repository = findRepository(process.argv[2]!);
if (repository === undefined) throw new Error(`${process.argv[2]!} is no repository`);
const started = process.cpuUsage();
const kernel = startKernel(readKernelFile());
const store = openObjectStore(repository);
tuneForHistory(sizeOfHistory(store.packs));
const history = readHistory(store, kernel, createHeap(kernel), { kinds: ['commit', 'tree', 'blob', 'tag'] });
let bytes = 0;
for (const { size } of history.batches()) bytes += size;
const { user, system } = process.cpuUsage(started);
store.close();
console.log(JSON.stringify({ objects: history.objects.count, bytes, cpuMs: (user + system) / 1000 }));
