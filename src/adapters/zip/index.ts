/** Zip archives, read by position: the list of entries first, then the entries that are wanted, each within limits. */
export { readZipDirectory } from './directory.ts';
export type { ZipDirectory, ZipEntry } from './directory.ts';
export { readZipEntries, readZipEntry } from './entries.ts';
export type { ZipContent, ZipLimits } from './entries.ts';
