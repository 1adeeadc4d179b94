import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';

/**
 * The bundle's chunks with their functions compiled, kept between runs. Node's own compile cache holds a module as it was
 * before it ran, so that every function that is called is compiled anew each time: a quarter of a small scan.
 */
export interface CompiledCode {
  /** Compiles a chunk and gives the function around it, as Node's CommonJS loader would make it. */
  compile(file: string): ChunkFunction;
  /**
   * Keeps what is compiled now, unless every chunk has it from a run that did the same before.
   * `uses` names what this run made use of; a disk that cannot be written to is no failure.
   */
  keep(uses: Iterable<string>): void;
}

export type ChunkFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: unknown,
  file: string,
  folder: string,
) => void;

interface Chunk {
  readonly script: Script;
  readonly kept: string;
  /** What the runs made use of that it was kept after; `undefined` when it never was. */
  readonly uses: ReadonlySet<string> | undefined;
}

const MONTH_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * Compiled code in `folder`, one file a chunk: the code, a line of JSON with the uses, and its length in four bytes.
 * Names of chunks hold a hash of their source, so code never meets another source; V8 itself refuses code of another
 * version or with other flags, and runs with other `flags` (whatever names them in a file's name) keep their own. Somebody else's folder is not trusted: code in it would be run.
 */
export function compiledCode(folder: string, flags: string): CompiledCode {
  const chunks: Chunk[] = [];
  const trusted = isOurs(folder);
  return {
    compile(file) {
      const source = wrapped(file);
      const kept = join(folder, `${basename(file)}-${process.version}-${process.arch}-${flags}.bin`);
      const found = trusted ? readKept(kept) : undefined;
      const script = new Script(
        source,
        found === undefined ? { filename: file } : { filename: file, cachedData: found.code },
      );
      const uses = script.cachedDataRejected === false ? new Set(found!.uses) : undefined;
      chunks.push({ script, kept, uses });
      return script.runInThisContext() as ChunkFunction;
    },
    keep(uses) {
      const now = [...uses];
      const stale = chunks.filter((chunk) => now.some((use) => chunk.uses?.has(use) !== true));
      if (stale.length === 0) return;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        if (!isOurs(folder)) return;
        for (const chunk of stale) writeKept(chunk, now);
        removeOld(folder);
      } catch {
        // The next run compiles anew.
      }
    },
  };
}

const BEFORE = '(function(exports,require,module,__filename,__dirname){';
const BEHIND = '\n})';

/** A chunk with the function around it, made as one string: putting strings together would take the room twice, and be collected. */
function wrapped(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const size = fstatSync(handle).size;
    const bytes = Buffer.allocUnsafe(BEFORE.length + size + BEHIND.length);
    bytes.write(BEFORE, 'latin1');
    let end = BEFORE.length;
    for (let read = -1; read !== 0 && end < BEFORE.length + size; end += read)
      read = readSync(handle, bytes, end, BEFORE.length + size - end, null);
    bytes.write(BEHIND, end, 'latin1');
    return bytes.toString('latin1', 0, end + BEHIND.length);
  } finally {
    closeSync(handle);
  }
}

function isOurs(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && (process.getuid === undefined || stat.uid === process.getuid());
}

function readKept(path: string): { readonly code: Buffer; readonly uses: readonly string[] } | undefined {
  try {
    const bytes = readFileSync(path);
    const end = bytes.length - 4;
    const start = end - bytes.readUInt32LE(end);
    const uses = JSON.parse(bytes.toString('utf8', start, end)) as readonly string[];
    return { code: bytes.subarray(0, start), uses };
  } catch {
    return undefined;
  }
}

/** Durable before it has its name: V8 checks the length of what it is given, not every byte. */
function writeKept({ script, kept, uses }: Chunk, more: readonly string[]): void {
  const about = Buffer.from(JSON.stringify([...new Set([...(uses ?? []), ...more])].sort()));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(about.length);
  const aside = `${kept}.${process.pid}.tmp`;
  const file = openSync(aside, 'w', 0o600);
  try {
    const bytes = Buffer.concat([script.createCachedData(), about, length]);
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, kept);
}

/** Code of builds that are gone, and what a killed run left aside; code that is still used is soon made again. */
function removeOld(folder: string): void {
  const before = Date.now() - MONTH_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < before) rmSync(path, { force: true });
  }
}

/** Node modules that cost milliseconds to load and that many runs never use: loaded when something of them is first touched. */
const HEAVY = new Set([
  'node:crypto',
  'node:os',
  'node:stream',
  'node:zlib',
  'node:worker_threads',
  'node:child_process',
  'node:fs/promises',
]);

interface Loaded {
  exports: unknown;
}

/**
 * Makes Node's loader take the first of the bundle's chunks from here. Chunks that it asks for are loaded without Node's loader, which
 * would look for each on the disk (its real path, its package): a tenth of a millisecond for each of thirty. Gives what loads one so,
 * by its absolute path.
 */
export function loadChunksFrom(
  code: CompiledCode,
  extensions: NodeJS.Dict<unknown>,
): (file: string) => unknown {
  const loaded = new Map<string, Loaded>();
  const load = (module: Loaded, file: string, native: (id: string) => unknown): void => {
    // Before it runs: chunks may ask for each other in a circle.
    loaded.set(file, module);
    const folder = dirname(file);
    const require = (id: string): unknown => {
      if (id.startsWith('node:')) return HEAVY.has(id) ? lazily(id) : process.getBuiltinModule(id);
      if (!id.startsWith('./')) return native(id);
      const path = `${folder}${sep}${id.slice(2)}`;
      return known(path, native);
    };
    code.compile(file)(module.exports, require, module, file, folder);
  };
  const known = (path: string, native: (id: string) => unknown): unknown => {
    const before = loaded.get(path);
    if (before !== undefined) return before.exports;
    const fresh: Loaded = { exports: {} };
    load(fresh, path, native);
    return fresh.exports;
  };
  extensions['.cjs'] = (module: NodeJS.Module, file: string): void =>
    load(module, file, (id) => module.require(id) as unknown);
  return (file) => known(file, require);
}

function lazily(id: string): unknown {
  const real = (): object => process.getBuiltinModule(id)!;
  return new Proxy(
    {},
    {
      get: (_target, name) => Reflect.get(real(), name) as unknown,
      has: (_target, name) => Reflect.has(real(), name),
      ownKeys: () => Reflect.ownKeys(real()),
      // A proxy must not call a property fixed that its target has not.
      getOwnPropertyDescriptor: (_target, name) => ({
        ...Reflect.getOwnPropertyDescriptor(real(), name),
        configurable: true,
      }),
    },
  );
}
