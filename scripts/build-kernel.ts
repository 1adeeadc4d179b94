/**
 * Compiles `kernel/` to `kernel/kernel.wasm`. The file is checked in, so that a checkout works without its compiler; a test
 * compiles again and compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where the module is kept, from the root of the checkout. */
export const KERNEL_FILE = 'kernel/kernel.wasm';

// The module's fixed areas begin at 4096, behind the compiler's constants: see kernel/layout.ts.
const OPTIONS =
  '--runtime stub --noAssert -O3 --enable simd --memoryBase 1024 --initialMemory 2 --outFile kernel.wasm';

/**
 * Imported by a name in a variable: the compiler's types declare arrays and numbers of its own language for the whole
 * program, and so would weaken the checks of ours.
 */
const COMPILER: string = 'assemblyscript/asc';

interface Compiler {
  main(
    argv: readonly string[],
    io: {
      readFile(name: string, base: string): string | null;
      writeFile(name: string, contents: Uint8Array | string): void;
      listFiles(): readonly string[];
      stderr: { write(text: string): void };
    },
  ): Promise<{ readonly error: Error | null }>;
}

/** The module, made from source. The same source and compiler give the same bytes on every machine. */
export async function compileKernel(): Promise<Uint8Array> {
  const asc = (await import(COMPILER)) as Compiler;
  let made: Uint8Array | undefined;
  let said = '';
  const { error } = await asc.main(['kernel/index.ts', ...OPTIONS.split(' ')], {
    readFile: (name) => {
      try {
        return readFileSync(join(root, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') made = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => (said += text) },
  });
  if (error !== null || made === undefined) throw new Error(`the kernel does not compile: ${said}`);
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await compileKernel();
  writeFileSync(join(root, KERNEL_FILE), made);
  console.log(`${KERNEL_FILE}: ${made.length} bytes`);
}
