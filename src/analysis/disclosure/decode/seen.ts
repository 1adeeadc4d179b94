import type { Expansion, Outlet } from './outlet.ts';

/** What looking into a content did, but for finds. */
export interface Done {
  /** Of what may come out of one file (`Limits`): what it took. */
  readonly bytes: number;
  readonly texts: number;
  /** Texts that came out of it, and names. */
  readonly given: number;
  readonly counted: readonly Counted[];
}

/** Something that was looked into, or was not. */
export type Counted = { readonly how: string } | { readonly what: string; readonly why: string };

/**
 * Contents in which nothing was found: the members of an archive come again in its copies and versions, and what was looked at once need
 * not be again.
 */
export interface Seen {
  /**
   * What names a content among all others that are reached in the same ways (`within`): a whole digest, for another content of the same
   * name could hide something. `undefined`: it is not worth it.
   */
  nameOf(bytes: Uint8Array, within: readonly string[]): string | undefined;
  /** What looking into it did; `undefined` when it has to be looked into: it did not come before, or something was found in it. */
  known(name: string): Done | undefined;
  /** Where its texts begin among all that were given. */
  mark(): number;
  /** Says what looking into it did, after it was; `mark` is from before. */
  remember(name: string, mark: number, done: Done): void;
}

/** The same at any place: up to so many bytes are hashed sooner than looked at. */
const LEAST = 48;
/** Contents that are remembered; then it begins anew. */
const MOST = 1 << 16;

/** What one file gave so far. */
export interface Notes {
  given: number;
  /** Up to `MOST_COUNTED`: of what gives more, nothing is remembered. */
  readonly counted: Counted[];
}

/** What is counted of one file, and of all that are remembered. */
const MOST_COUNTED = 100_000;
const MOST_HELD = 1 << 21;

/** Hands on what comes out of a file, and notes it. */
export function noting(outlet: Outlet, notes: Notes): Outlet {
  return {
    text: (bytes, within, span) => {
      notes.given++;
      outlet.text(bytes, within, span);
    },
    decoded: (how) => {
      if (notes.counted.length < MOST_COUNTED) notes.counted.push({ how });
      outlet.decoded(how);
    },
    undecoded: (what, why) => {
      if (notes.counted.length < MOST_COUNTED) notes.counted.push({ what, why });
      outlet.undecoded(what, why);
    },
  };
}

/** Looks into a content, unless it came before and nothing was found in it: then it is counted as it was then. */
export function unlessSeen(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  look: () => void,
): void {
  const { notes } = run;
  const { seen } = run.limits;
  // Where the budget of a file comes near its end, what is looked into depends on what was before.
  const name =
    notes === undefined || seen === undefined || !hasRoom(run, 0, 0) ? undefined : seen.nameOf(bytes, within);
  if (name === undefined) return look();
  const done = seen!.known(name);
  if (done !== undefined && hasRoom(run, done.bytes, done.texts)) {
    run.bytes += done.bytes;
    run.texts += done.texts;
    notes!.given += done.given;
    run.skipped?.(done.given);
    for (const one of done.counted)
      if ('how' in one) run.outlet.decoded(one.how);
      else run.outlet.undecoded(one.what, one.why);
    return;
  }
  const { given, counted } = notes!;
  const before = { bytes: run.bytes, texts: run.texts, given, counted: counted.length };
  const mark = seen!.mark();
  look();
  if (hasRoom(run, 0, 0) && counted.length < MOST_COUNTED)
    seen!.remember(name, mark, {
      bytes: run.bytes - before.bytes,
      texts: run.texts - before.texts,
      given: notes!.given - before.given,
      counted: counted.slice(before.counted),
    });
}

/** Whether the next text may have as many bytes as the first, with so much spent before it. */
function hasRoom({ limits, bytes, texts }: Expansion, moreBytes: number, moreTexts: number): boolean {
  return bytes + moreBytes + limits.mostTextBytes <= limits.mostBytes && texts + moreTexts < limits.mostTexts;
}

interface Entry {
  readonly done: Done;
  /** Its texts, by number. */
  readonly start: number;
  readonly end: number;
  state: 'waiting' | 'quiet' | 'loud';
}

/** `digest`: one that nobody finds two contents for. `world`: the texts that were given so far, which of them were searched, and what was found. */
export function rememberSeen(
  digest: (bytes: Uint8Array) => string,
  world: {
    readonly given: () => number;
    /** All texts below this number were searched. */
    readonly searched: () => number;
    readonly isLoud: (text: number) => boolean;
  },
): Seen {
  const entries = new Map<string, Entry>();
  let held = 0;
  return {
    nameOf: (bytes, within) =>
      bytes.length < LEAST ? undefined : digest(bytes) + within.map(kindOf).join('>'),
    known: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      if (entry.state === 'waiting' && entry.end <= world.searched()) {
        entry.state = 'quiet';
        for (let text = entry.start; text < entry.end; text++) if (world.isLoud(text)) entry.state = 'loud';
      }
      return entry.state === 'quiet' ? entry.done : undefined;
    },
    mark: world.given,
    remember: (name, start, done) => {
      if (entries.has(name)) return;
      if (entries.size >= MOST || held > MOST_HELD) {
        entries.clear();
        held = 0;
      }
      held += done.counted.length;
      entries.set(name, { done, start, end: world.given(), state: 'waiting' });
    },
  };
}

/** `zip` of `zip: a/b`: what a member is called is found by itself. */
function kindOf(how: string): string {
  const colon = how.indexOf(':');
  return colon === -1 ? how : how.slice(0, colon);
}
