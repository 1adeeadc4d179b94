import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { digestOf } from '../../adapters/kernel/digest.ts';
import { inflateQuickly, unpackQuickly } from '../../adapters/kernel/inflate.ts';
import { readKeptSearch } from '../../adapters/kernel/kept-searches.ts';
import { latin1Reader } from '../../adapters/kernel/latin1.ts';
import { readKernelFile } from '../../adapters/kernel/wasm-file.ts';
import { allRules } from '../../analysis/disclosure/all-rules.ts';
import type { Baseline } from '../../analysis/disclosure/baseline/baseline.ts';
import { parseBaseline } from '../../analysis/disclosure/baseline/baseline.ts';
import { prepareRules } from '../../analysis/disclosure/engine/rule-set.ts';
import { readSearch } from '../../analysis/disclosure/engine/search-file.ts';
import type { Heap } from '../../analysis/disclosure/kernel/heap.ts';
import { createHeap } from '../../analysis/disclosure/kernel/heap.ts';
import type { KernelExports } from '../../analysis/disclosure/kernel/module.ts';
import { startKernel } from '../../analysis/disclosure/kernel/module.ts';
import type { DisclosureRule } from '../../model/disclosure.ts';
import type { Disclosure } from '../../model/disclosure-report.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { SecretsWorld } from '../../verbs/prevent/secrets.ts';

/** Where a project keeps what it has seen; below its top folder. */
export const BASELINE = '.assay/secrets.baseline';
export const KEY = '.assay/secrets.key';
/** As DECISIONS_PATH of documents/decisions, whose import would load its reader. */
export const DECISIONS = '.assay/decisions.yaml';

/** Lays decisions over finds; their reader is loaded only when there is something to lay over something. */
export async function decided(
  disclosures: readonly Disclosure[],
  decisions: Uint8Array | undefined,
  today: string,
): Promise<{ readonly disclosures: readonly Disclosure[]; readonly problems: readonly Problem[] }> {
  if (decisions === undefined || disclosures.length === 0) return { disclosures, problems: [] };
  return (await import('../../verbs/prevent/decided.ts')).coverDecided(disclosures, decisions, today);
}

/**
 * What a scan for secrets needs beside what it scans: kernel and rules, made ready. `encoded`: a history is scanned, where
 * encoded text has to be searched for.
 */
export function secretsWorld(
  {
    fingerprint,
    tick,
    rules = allRules,
    spent = [],
    kernel = startKernel(readKernelFile()),
    heap = createHeap(kernel),
  }: Pick<SecretsWorld, 'fingerprint' | 'tick' | 'spent'> & {
    readonly rules?: readonly DisclosureRule[];
    /** One that was started already, and its heap. */
    readonly kernel?: KernelExports;
    readonly heap?: Heap;
  },
  encoded = false,
): SecretsWorld {
  const latin1 = latin1Reader();
  const file = readKeptSearch(encoded);
  const kept = file === undefined ? undefined : readSearch(file, allRules, latin1);
  return {
    kernel,
    heap,
    rules: prepareRules(rules, { encoded, kept }),
    latin1,
    inflate: inflateQuickly,
    unpack: unpackQuickly,
    // Touched when it is asked for: to load node:crypto takes a fifth of a hook's time, and no hook asks.
    draw: (bytes) => randomBytes(bytes),
    digest: digestOf,
    spent,
    fingerprint,
    tick,
  };
}

/** The baseline of a file; `undefined` when it is not there. AssayError `baseline/not-found` when it was asked for. */
export function readBaseline(file: string, asked: boolean): Baseline | undefined {
  if (!existsSync(file)) {
    if (asked)
      throw new AssayError('baseline/not-found', `there is no baseline ${file}`, {
        hint: 'write one with --write-baseline',
      });
    return undefined;
  }
  return parseBaseline(readFileSync(file, 'utf8'), file);
}
