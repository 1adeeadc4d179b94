/** Tells V8 to wait longer before it makes better code. On a commit of some dozen files that is a tenth less CPU. */
const HURRY = '--invocation-count-for-maglev=8000 --invocation-count-for-maglev-osr=2000';
/** V8's own. */
const COMPILE = '--invocation-count-for-maglev=400 --invocation-count-for-maglev-osr=100';
/** Files of a commit from which on better code pays. */
const MANY_FILES = 150;

/** Flags that a later V8 does not know it would complain of: only those Nodes that this was measured on get them. */
const knowsFlags = Number.parseInt(process.versions.node, 10) <= 24;

/** Has V8 hurry a hook along that looks at one commit. */
export function hurryHook(): void {
  setFlags(HURRY);
}

/** Looks at files of a commit in a hook; V8 compiles as it likes to meanwhile where they are many. */
export async function overFiles<T>(files: number, work: () => Promise<T>): Promise<T> {
  if (files < MANY_FILES) return work();
  setFlags(COMPILE);
  try {
    return await work();
  } finally {
    // Compiled code is kept for runs with the flags that this one started with.
    setFlags(HURRY);
  }
}

function setFlags(flags: string): void {
  if (knowsFlags) process.getBuiltinModule('node:v8').setFlagsFromString(flags);
}
