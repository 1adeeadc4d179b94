/** One option of a command, in `node:util` parseArgs' terms, with the words that `--help` shows. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, OptionSpec>>;

/** What a command gets: parsed options, and the world as parameters. */
export interface Invocation {
  readonly positionals: readonly string[];
  readonly flag: (name: string) => boolean;
  /** The value of a string option, `undefined` when not given. */
  readonly value: (name: string) => string | undefined;
  readonly values: (name: string) => readonly string[];
  readonly io: Io;
}

/** The process as commands see it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Now, RFC 3339, second precision; `SOURCE_DATE_EPOCH` fixes it. */
  readonly now: () => string;
  readonly version: string;
  /** Stands for the code of this program; `undefined` where it is not built, since nothing then does. */
  readonly build: string | undefined;
}

/** A command of the CLI. Its help page is made from this. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** e.g. `assay scan [PATH]`. */
  readonly usage: string;
  /** A few sentences; filled to 78 columns, lines that begin with a space stay as they are. */
  readonly about: string;
  readonly options: Options;
  readonly examples: readonly (readonly [command: string, says: string])[];
  /** Gives the exit code: 0 pass, 1 policy blocks, 2 could not run, 3 could not verify. */
  run(invocation: Invocation): Promise<number>;
}
