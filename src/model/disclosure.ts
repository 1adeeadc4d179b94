/*
 * What is looked for in text that others may read one day: credentials, personal data, protective markings, internal
 * addresses, words of an organisation. A rule says what, how it is found fast, and how sure a find is. Rules are pure data
 * and small functions; the engine (analysis/disclosure/engine) finds their keywords in all text at once, and asks a rule only
 * where one of its keywords stands and its gate is open.
 */

/** How sure a find is. `certain`: its structure proves it (a checksum, a key that parses). Ordered, the surest first. */
export const TIERS = ['certain', 'likely', 'possible'] as const;
export type Tier = (typeof TIERS)[number];

export const DISCLOSURE_KINDS = [
  /** A provider's credential, known by its form. */
  'credential',
  /** A value that looks random where a secret is assigned. */
  'generic-secret',
  /** A password that a person chose. */
  'password',
  'personal-data',
  'marking',
  'internal-address',
  /** A word of the organisation's own list. */
  'deny-list',
] as const;
export type DisclosureKind = (typeof DISCLOSURE_KINDS)[number];

export interface DisclosureRule {
  /** Stable, lower-case, e.g. `github-pat`, `nhs-number`. Part of a find's identity. */
  readonly id: string;
  /** What it is, as a noun: `GitHub personal access token`. */
  readonly title: string;
  readonly kind: DisclosureKind;
  /** Who issues it: `GitHub`. For credentials. */
  readonly provider?: string;
  /**
   * Strings of bytes (code units ≤ 255, ASCII letters in lower case), at least one of which stands in each find or in its
   * line. Found in either case. Two bytes at least; the rarer, the cheaper.
   */
  readonly keywords: readonly string[];
  /**
   * Fixed text of finds, as it is written (a keyword is the same in lower case): also looked for as it is when it is encoded,
   * and the rule is asked about what that decodes to. ASCII; four characters at least, or it stands elsewhere by chance.
   */
  readonly marks?: readonly string[];
  /**
   * What must be true of the bytes beside a keyword, said so that the kernel can check it at once: for keywords that stand
   * everywhere. All of one of these lists. None: every place counts. The gate is asked after it, so that it may let too much through.
   */
  sieve?(keyword: string): readonly (readonly Sieve[])[];
  /** A cheap look at the bytes before any text is made; without one, every keyword counts. */
  readonly gate?: Gate;
  /**
   * `line` (default): the window is the keyword's line, or what is within `REACH` bytes of the keyword when it is longer.
   * `text`: from the start of the keyword's line on, `TEXT_REACH` bytes over any number of lines; for keys in blocks.
   */
  readonly scope?: 'line' | 'text';
  /**
   * Of `text`: bytes behind the keyword that decide what is found, at most `REACH`. The window then ends with the line in which
   * these end, or `REACH` bytes behind the keyword. Without it, all of `TEXT_REACH` counts.
   */
  readonly reach?: number;
  /**
   * Of `text`: bytes behind the keyword of this window that decide what is found there, beside its line, whatever follows them; `undefined`
   * when `reach` says it (without one: all). Without `reach` it is asked of a short window first.
   */
  extent?(window: Window): number | undefined;
  /**
   * What there is at the keyword (and only there: other hits are other calls, and the engine drops what is found twice). Work
   * is to be linear in the window. Give every find, the unsure ones as `possible`; nothing for what is surely no secret.
   */
  find(window: Window): readonly Find[];
  /**
   * Judges again when the place is known: a fixture is less likely, an `.env` more. `undefined` drops it. The engine lowers
   * by file class (test, documentation, lockfile) for all rules by itself; this is for what one rule alone knows.
   */
  settle?(find: Find, place: Place): Find | undefined;
  /** Judges once more when every place of the secret is known that was settled: `find` is that of the surest. */
  settleAmong?(find: Find, places: readonly Place[]): Find;
  /** What to do with a real one, in one or two sentences, the first step first. */
  readonly advice: string;
  /** The provider's page on how to revoke it. */
  readonly revokePage?: string;
}

/** Bytes on each side of a keyword that a line window shows at most. */
export const REACH = 4096;
/** Bytes that a text window shows at most; `REACH` where more than 64 of one rule would lie over each other. */
export const TEXT_REACH = 65536;

/**
 * Looks at `bytes` around the keyword `start`…`end` (its bytes), within `from`…`to`. Cheap: a few dozen bytes, no allocation.
 */
export type Gate = (bytes: Uint8Array, start: number, end: number, from: number, to: number) => boolean;

/**
 * Directly after a keyword, before it (read backwards), or from its own first byte on (`at`), stand bytes of `run`: as many of
 * them as there are up to `most`. At least `least` of these are `counted` (default: all are), and then comes one of `then`, when
 * it is given (the text's own ends count as a line end). Sets are tables of 256: a byte is in when its entry is not 0. Line
 * ends belong in no `run`: another object's text may stand behind them.
 *
 * `given`: the name that has the keyword in it is given a value of at least `least` bytes in one piece (kernel/sift.ts). `run` are the bytes of
 * names then, `counted` those of values, and `follows` what may stand between them.
 */
export interface Sieve {
  readonly side: 'after' | 'before' | 'at' | 'given';
  readonly run: Uint8Array;
  readonly counted?: Uint8Array;
  readonly least: number;
  readonly most: number;
  readonly follows?: Uint8Array;
}

/** Text around a keyword. One code unit a byte (latin1), so that offsets are bytes; UTF-8 is in it as bytes. */
export interface Window {
  readonly text: string;
  /** Where the keyword `start`…`end` stands in `text`. */
  readonly start: number;
  readonly end: number;
  /** The keyword, as the rule wrote it. */
  readonly keyword: string;
}

/** What a rule found in a window. */
export interface Find {
  /** Where the secret itself stands in the window's text: not its quotes, not its name. */
  readonly start: number;
  readonly end: number;
  readonly tier: Tier;
  /** Why this tier, in words: `checksum is right`, `assigned to "password"`. At least one. */
  readonly reasons: readonly string[];
  /**
   * The secret as it is compared (its identity) when that is not the text at `start`…`end`: an NHS number without spaces, a
   * key id with its secret. latin1 as well.
   */
  readonly secret?: string;
}

/** Where text comes from, as far as it is known when a find is settled. */
export interface Place {
  readonly source: TextSource;
  /** A file's path, with `/`; absent for what has none. */
  readonly path?: string;
  /** How the text was reached inside the object, outermost first: `['zip: config/app.env', 'base64']`. */
  readonly within: readonly string[];
  /** What stands around it, where its text can be had again. Asked for few finds: it may read a file. */
  around?(): Around | undefined;
}

/** Text before and behind a find, `AROUND` bytes each at least where the file has them: one code unit a byte. The find starts at `at`. */
export interface Around {
  readonly text: string;
  readonly at: number;
}

/** Bytes on each side of a find that `Place.around` shows at least. */
export const AROUND = 1024;

export type TextSource =
  | 'file'
  | 'commit-message'
  | 'person'
  | 'tag-message'
  | 'note'
  | 'path'
  | 'ref-name'
  | 'document-property';
