import type { AdvisoryManifest } from '../../model/advisory-files.ts';
import { ECOSYSTEMS } from '../../model/ecosystem.ts';

/** Reads the manifest of an advisory folder, checking every field: file names must stay in the folder. `undefined` when it is none. */
export function parseManifest(text: string): AdvisoryManifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['schema'] !== 1 || !Array.isArray(value['sets'])) return undefined;
  const sound =
    value['sets'].every(isSet) &&
    new Set(value['sets'].map((set) => set.ecosystem)).size === value['sets'].length &&
    [value['kev'], value['epss']].every((table) => table === undefined || isTable(table));
  return sound ? (value as unknown as AdvisoryManifest) : undefined;
}

const isSet = (value: unknown): value is { ecosystem: string } =>
  isRecord(value) &&
  (ECOSYSTEMS as readonly unknown[]).includes(value['ecosystem']) &&
  isFile(value['base']) &&
  (value['overlay'] === undefined ||
    (isFile(value['overlay']) && isWhole((value['overlay'] as Record<string, unknown>)['records']))) &&
  isWhole(value['advisories']) &&
  typeof value['newest'] === 'string' &&
  typeof value['builtAt'] === 'string' &&
  Array.isArray(value['from']) &&
  value['from'].every((from) => typeof from === 'string');

const isTable = (value: unknown): boolean =>
  isRecord(value) &&
  isFile(value) &&
  isWhole(value['count']) &&
  typeof value['date'] === 'string' &&
  typeof value['from'] === 'string';

const isFile = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['file'] === 'string' &&
  /^[\w.-]+$/.test(value['file']) &&
  isWhole(value['bytes']) &&
  typeof value['sha256'] === 'string' &&
  /^[0-9a-f]{64}$/.test(value['sha256']);

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
