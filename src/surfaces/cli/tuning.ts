import { hurryHook } from './hurry.ts';
import { stderr, stdout } from './streams.ts';

/**
 * Tells V8 to compile less: most scans are over before optimised code has paid for its making, so functions have to be called
 * more often before they count as hot, and the thread that waits for their code makes it. 20 % less CPU for a thousand
 * components, 15 % for thirty thousand. Flags that a later V8 does not know it would complain of: only those Nodes that this
 * was measured on get them.
 *
 * From then on V8 refuses the compiled code that Node brings for its own modules, since it was made without these flags. So those
 * that the run is going to need are loaded first. A hook needs none of them.
 *
 * Gives a name for the flags that the run has: those of its command line too.
 */
export function tuneV8(argv: readonly string[]): string {
  const more = givenFlags();
  if (Number.parseInt(process.versions.node, 10) > 24 || worksLong(argv)) return `plain${more}`;
  if (argv[0] === 'hook') {
    hurryHook();
    return `hurried${more}`;
  }
  for (const id of modulesFor(argv)) process.getBuiltinModule(id);
  void process.getBuiltinModule('node:util').parseArgs;
  void [stdout.isTty(), stderr.isTty()];
  process.getBuiltinModule('node:v8').setFlagsFromString(COMPILE_LESS);
  isTuned = true;
  return `tuned${more}`;
}

const COMPILE_LESS =
  '--no-concurrent-recompilation --invocation-count-for-maglev=8000 --invocation-count-for-maglev-osr=2000 --invocation-count-for-turbofan=30000';
/** V8's own. */
const COMPILE =
  '--concurrent-recompilation --invocation-count-for-maglev=400 --invocation-count-for-maglev-osr=100 --invocation-count-for-turbofan=3000';
let isTuned = false;

/** Entries of a graph above which optimised code pays: at ten thousand it takes as much on other threads as it spares. */
const LARGE_GRAPH = 20_000;

/**
 * Asks questions of graphs. V8 compiles as it likes to meanwhile where one of them is large: at 50,000 nodes that is a third less
 * CPU. `work` loads no code: what was compiled with other flags would be refused.
 */
export function overGraphs<T>(
  { manifests }: { readonly manifests: readonly { readonly occurrences: { readonly length: number } }[] },
  work: () => T,
): T {
  if (!isTuned || manifests.every(({ occurrences }) => occurrences.length < LARGE_GRAPH)) return work();
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString(COMPILE);
  try {
    return work();
  } finally {
    setFlagsFromString(COMPILE_LESS);
  }
}

/** A name for the flags that Node was started with; empty for none. */
function givenFlags(): string {
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].filter((one) => one !== '');
  return given.length === 0 ? '' : `-${shortHash(given.join('\n'))}`;
}

/** FNV-1a, in 32 bits: it only keeps files apart, and costs no module. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * Whether a run has so much to do that optimised code pays: reading advisories anew (a fifth less CPU for a quarter of a million
 * of them), whatever goes through a history or unpacks archives (a fraction of the CPU), and what is pushed.
 */
export function worksLong([command, ...rest]: readonly string[]): boolean {
  if (command === 'secrets') return !rest.includes('--staged');
  if (command === 'hook') return rest[1] !== 'pre-commit' && rest[1] !== 'commit-msg';
  return command === 'db' || command === 'timeline' || command === 'adopt' || rest.includes('--update');
}

/** Bytes of packs above which memory counts for more than a tenth of the time. */
const LARGE = 128 * 1024 * 1024;
/** Bytes of V8's space for young objects that are enough for a history that is not large. */
const ENOUGH_YOUNG = 32 * 1024 * 1024;
/** Objects from which on each is so many steps of our own that the best code pays from the start. */
const MANY = 250_000;
/** Microseconds of this thread's time after which V8's best code pays for its making. */
const LONG = 4_000_000;

/**
 * Next to nothing stays of what a history goes through. So all of the heap is collected when it is eleven times what was left of it: V8
 * counts the buffers beside it, and collected a dozen megabytes a dozen times, a twentieth of the time. Code that is not V8's best
 * counts how often it is called all the same, for when it may be better.
 */
const FOR_HISTORY =
  '--no-turbofan --force-emit-interrupt-budget-checks --heap-growing-percent=1000 --invocation-count-for-maglev=1500 --no-parallel-scavenge';
/** V8's own. */
const FOR_ANY =
  '--turbofan --no-force-emit-interrupt-budget-checks --heap-growing-percent=0 --invocation-count-for-maglev=400 --parallel-scavenge --semi-space-growth-factor=2';

/** How large a history is. */
export interface HistorySize {
  readonly packBytes: number;
  readonly objects: number;
}

export function sizeOfHistory(
  packs: readonly { readonly size: number; readonly offsets: { readonly length: number } }[],
): HistorySize {
  return {
    packBytes: packs.reduce((sum, { size }) => sum + size, 0),
    objects: packs.reduce((sum, { offsets }) => sum + offsets.length, 0),
  };
}

/** What is known of V8 and of the time that this thread took, and how V8 is told its flags. */
export interface Engine {
  readonly setFlags: (flags: string) => void;
  /** Microseconds. */
  readonly spent: () => number;
  /** Bytes of the space for young objects. */
  readonly young: () => number;
}

/**
 * While a history is read: leaves code as V8's middle compiler makes it until that took long, unless there are many objects (a tenth of
 * the time of a history of 200 MB was the making of its best code, a fifth of one of ten), and lets the space for young objects grow
 * no further than is needed (gigabytes go through it, and it would grow to a hundred megabytes). `step` is to be called now and then,
 * `end` before other code is loaded: V8 refuses code that was compiled with other flags.
 */
export function tuneForHistory(
  { packBytes, objects }: HistorySize,
  { setFlags, spent, young }: Engine = engineHere(),
): { readonly step: () => void; readonly end: () => void } {
  if (Number.parseInt(process.versions.node, 10) > 24) return { step: () => {}, end: () => {} };
  let isGrowing = true;
  let isShort = true;
  const optimise = (): void => {
    setFlags('--turbofan');
    isShort = false;
  };
  const keepYoung = (): void => {
    setFlags('--semi-space-growth-factor=1');
    isGrowing = false;
  };
  setFlags(FOR_HISTORY);
  if (packBytes >= LARGE) keepYoung();
  if (objects >= MANY) optimise();
  const started = spent();
  return {
    step: () => {
      if (isGrowing && young() >= ENOUGH_YOUNG) keepYoung();
      if (isShort && spent() - started >= LONG) optimise();
    },
    end: () => setFlags(FOR_ANY),
  };
}

function engineHere(): Engine {
  const { setFlagsFromString, getHeapSpaceStatistics } = process.getBuiltinModule('node:v8');
  return {
    setFlags: setFlagsFromString,
    spent: () => process.threadCpuUsage().user,
    young: () =>
      getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0,
  };
}

/** A name for the flags that hold while a history of this size is read. */
export function flagsForHistory({ packBytes, objects }: HistorySize): string {
  return `${packBytes >= LARGE ? 'large' : 'small'}${objects >= MANY ? '-many' : ''}${givenFlags()}`;
}

/** Points of a timeline after which the best code has paid for its making. */
const MANY_POINTS = 300;
/** Bytes of V8's space for young objects from which on it grows no more: what passes through it is gone soon. */
const YOUNG = 16 * 1024 * 1024;

/**
 * While the points of a timeline are read: the first few hundred leave code as V8's middle compiler makes it (a third less CPU for
 * eighty releases), and the space for young objects stays small (a hundred megabytes less). To be told how many points are done,
 * and ended before other code is loaded, as `tuneForHistory` says.
 */
export function tuneForTimeline(): { readonly done: (points: number) => void; readonly end: () => void } {
  if (Number.parseInt(process.versions.node, 10) > 24) return { done: () => {}, end: () => {} };
  const { setFlagsFromString, getHeapSpaceStatistics } = process.getBuiltinModule('node:v8');
  let isTuned = true;
  let isGrowing = true;
  setFlagsFromString('--no-turbofan');
  const optimise = (): void => {
    if (isTuned) setFlagsFromString('--turbofan');
    isTuned = false;
  };
  const keepSmall = (): void => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young === undefined || young.space_size < YOUNG) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    isGrowing = false;
  };
  return {
    done: (points) => {
      if (points >= MANY_POINTS) optimise();
      if (isGrowing) keepSmall();
    },
    end: () => {
      optimise();
      setFlagsFromString('--semi-space-growth-factor=2');
    },
  };
}

/** `--version` and `--help` need none; the cache and advisories read from it need hashes. */
function modulesFor([command, ...rest]: readonly string[]): string[] {
  if (command === undefined || command.startsWith('-')) return [];
  return ['node:zlib', 'node:timers/promises', ...(rest.includes('--no-cache') ? [] : ['node:crypto'])];
}
