/*
 * Damaged and hostile input: 10,000 mutated packs and 10,000 mutated files, each scanned for secrets with all rules:
 *   node bench/mutated.ts [COUNT]
 * Ends with 1 when one throws or takes longer than 10 s. Prints the slowest and the most memory.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore } from '../src/adapters/git/object-store.ts';
import { openRepository } from '../src/adapters/git/repository.ts';
import { inflateQuickly, unpackQuickly } from '../src/adapters/kernel/inflate.ts';
import { latin1Reader } from '../src/adapters/kernel/latin1.ts';
import { readKernelFile } from '../src/adapters/kernel/wasm-file.ts';
import { allRules } from '../src/analysis/disclosure/all-rules.ts';
import { createTally } from '../src/analysis/disclosure/decode/tally.ts';
import { createDetector } from '../src/analysis/disclosure/engine/detector.ts';
import { prepareRules } from '../src/analysis/disclosure/engine/rule-set.ts';
import { scanHistory } from '../src/analysis/disclosure/engine/scan-history.ts';
import { scanTexts } from '../src/analysis/disclosure/engine/scan-texts.ts';
import { readTexts } from '../src/analysis/disclosure/findings/read-texts.ts';
import { createHeap } from '../src/analysis/disclosure/kernel/heap.ts';
import { startKernel } from '../src/analysis/disclosure/kernel/module.ts';
import { numbers } from '../src/analysis/disclosure/kernel/testing/started.ts';
import { places } from '../test/end-to-end/hiding-places.ts';

const MOST_MS = 10_000;
const SECRET = `ghp_${'x1Y2z3A4'.repeat(4)}abcd`;
const count = Number(process.argv[2] ?? 10_000);
const random = numbers(1);
const kernel = startKernel(readKernelFile());
const heap = createHeap(kernel);
const rules = prepareRules(allRules, { encoded: true });
const latin1 = latin1Reader();
const detector = createDetector(kernel, heap, rules, latin1);
const unpacking = { inflate: inflateQuickly, unpack: unpackQuickly, latin1 };
const world = { kernel, heap, rules, detector, ...unpacking };
/** Files in which secrets can hide: archives, documents, pictures, encoded text. */
const files = places.flatMap(({ file }) => (file === undefined ? [] : [Buffer.from(file[1](SECRET))]));

const folder = mkdtempSync(join(tmpdir(), 'assay-mutated-'));
try {
  report('packs', mutatedPacks(folder));
  report('files', mutatedFiles());
} finally {
  rmSync(folder, { recursive: true });
}

interface Outcome {
  readonly slowest: number;
  readonly problems: number;
  readonly finds: number;
}

function report(what: string, { slowest, problems, finds }: Outcome): void {
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${count} mutated ${what}: none threw; slowest ${slowest.toFixed(0)} ms; ${problems} problems, ${finds} finds; ` +
      `peak ${peak.toFixed(0)} MiB, kernel ${(kernel.memory.buffer.byteLength / 2 ** 20).toFixed(0)} MiB\n`,
  );
}

/** Bytes changed, swapped, cut off or repeated: a few, anywhere, or the sizes and offsets at the start of something. */
function mutate(bytes: Uint8Array): Uint8Array {
  let mutated = Buffer.from(bytes);
  for (let change = random(8); change >= 0 && mutated.length > 0; change--) {
    const at = random(mutated.length);
    const kind = random(10);
    if (kind < 5) mutated[at] = random(256);
    else if (kind < 6) mutated[at] = 255;
    else if (kind < 7) mutated.fill(random(256), at, Math.min(mutated.length, at + 1 + random(16)));
    else if (kind < 8) mutated = mutated.subarray(0, at + 1);
    else {
      const size = 1 + random(64);
      const piece = mutated.subarray(at, at + size);
      mutated = Buffer.concat([mutated.subarray(0, at), piece, mutated.subarray(kind < 9 ? at : at + size)]);
    }
  }
  return mutated;
}

function timed(run: () => void, on: string): number {
  const started = performance.now();
  run();
  const taken = performance.now() - started;
  if (taken > MOST_MS) throw new Error(`${on} took ${taken.toFixed(0)} ms`);
  return taken;
}

/** A repository's pack of texts, and files in which something hides, in many versions: its bytes are changed, and in turn its index is kept, changed, or taken away. */
function mutatedPacks(folder: string): Outcome {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  git('init', '-q', '.');
  for (let version = 0; version < 12; version++) {
    for (const name of ['a', 'b', 'c'])
      writeFileSync(
        join(folder, name),
        Array.from({ length: 60 }, (_, i) => `${name} ${i} ${i % 12 === version ? SECRET : 'line'}\n`).join(
          '',
        ),
      );
    writeFileSync(join(folder, 'd'), files[(version * 17) % files.length]!);
    git('add', '.');
    git('-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '-qm', `version ${version}`);
  }
  git('repack', '-adfq', '--depth=50');
  const packs = join(folder, '.git/objects/pack');
  mkdirSync(packs, { recursive: true });
  const name = readdirSync(packs).find((one) => one.endsWith('.pack'))!;
  const pack = readFileSync(join(packs, name));
  const indexName = name.replace('.pack', '.idx');
  const index = readFileSync(join(packs, indexName));
  const outcome = { slowest: 0, problems: 0, finds: 0 };
  for (let i = 0; i < count; i++) {
    for (const one of readdirSync(packs)) rmSync(join(packs, one), { force: true });
    writeFileSync(join(packs, name), i % 3 === 1 && i % 2 === 1 ? pack : mutate(pack));
    if (i % 3 !== 2) writeFileSync(join(packs, indexName), i % 3 === 0 ? index : mutate(index));
    const taken = timed(() => {
      const store = openObjectStore(openRepository(folder)!);
      try {
        const scan = scanHistory({ ...world, store });
        outcome.problems += scan.history.problems.length + scan.problems.length;
        outcome.finds += scan.groups.length;
        scan.history.release();
      } finally {
        store.close();
      }
    }, `pack ${i}`);
    outcome.slowest = Math.max(outcome.slowest, taken);
  }
  return outcome;
}

function mutatedFiles(): Outcome {
  const outcome = { slowest: 0, problems: 0, finds: 0 };
  for (let i = 0; i < count; i++) {
    const file = mutate(files[i % files.length]!);
    const taken = timed(() => {
      const scan = scanTexts(world);
      const tally = createTally();
      readTexts(scan, tally, unpacking).add(file, {
        source: 'file',
        path: 'a',
        within: [],
      });
      outcome.finds += scan.finish().length;
      outcome.problems += tally.result().undecoded.length;
    }, `file ${i}`);
    outcome.slowest = Math.max(outcome.slowest, taken);
  }
  return outcome;
}
