import { AssayError } from '../../model/problem.ts';
import type { Invocation, Options } from './command.ts';
import { numberOf } from './number-option.ts';
import { writeReport } from './output.ts';
import type { TerminalOptions } from './terminal/report.ts';
import { wantsColour } from './terminal/style.ts';

/** What a command says of its report. */
export interface ReportWords {
  /** The choices of `--format`, the default first. */
  readonly formats: readonly string[];
  /** More to say of them. */
  readonly about?: string;
  /** What `--all` shows; without it there is no such option. */
  readonly all?: string;
  /** Pixels that svg is drawn for when nobody says; without it the command draws nothing. */
  readonly pixels?: number;
}

/** `--format`, `--output`, `--width` and `--all` of every command that answers a question. */
export function reportOptions({ formats, about, all, pixels }: ReportWords): Options {
  return {
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: formats,
      help: `how to print it; default ${formats[0]!}${about === undefined ? '' : `. ${about}`}`,
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write it to FILE instead of stdout' },
    width: {
      type: 'string',
      value: 'N',
      help: `text: columns, default the terminal’s, else 80${pixels === undefined ? '' : `; svg: pixels, default ${pixels}`}`,
    },
    ...(all === undefined ? {} : { all: { type: 'boolean' as const, help: `text: ${all}` } }),
  };
}

/** How a report is to be printed. */
export interface Looks {
  readonly format: string;
  readonly text: TerminalOptions;
  /** Of svg. */
  readonly pixels: number;
}

/** Asked for before the work begins, so that a width that is wrong is told at once. AssayError `cli/usage`. */
export function looksOf(invocation: Invocation, { formats, pixels = 0 }: ReportWords): Looks {
  const { io, value } = invocation;
  const format = value('format') ?? formats[0]!;
  if (value('width') !== undefined && format !== 'text' && format !== 'svg')
    throw new AssayError(
      'cli/usage',
      `--width is for text${pixels === 0 ? '' : ' and svg'}, not for ${format}`,
    );
  const toTerminal = io.outIsTty && value('output') === undefined;
  return {
    format,
    text: {
      width: format === 'text' ? numberOf(invocation, 'width', toTerminal ? io.columns : 80, 60, 1000) : 80,
      colour: wantsColour(io.env, toTerminal),
      all: invocation.flag('all'),
    },
    pixels: format === 'svg' ? numberOf(invocation, 'width', pixels, 280, 4000) : pixels,
  };
}

/** How each format is made; what only one of them needs is loaded there. */
export type Printers = Readonly<Record<string, (looks: Looks) => string | Promise<string>>>;

/** Prints what was asked for, or writes it to `--output`. AssayError `cli/cannot-write`. */
export async function printReport(invocation: Invocation, looks: Looks, printers: Printers): Promise<void> {
  await writeReport(invocation, await printers[looks.format]!(looks));
}

/** 3 when something was not understood: then the answer may not be whole. */
export const exitOf = (problems: readonly { readonly lost?: boolean }[]): number =>
  problems.some(({ lost }) => lost === true) ? 3 : 0;
