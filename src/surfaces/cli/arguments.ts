import { parseArgs } from 'node:util';
import { AssayError } from '../../model/problem.ts';
import type { Command, Invocation, Io, OptionSpec } from './command.ts';
import { nearest } from './nearest.ts';

const HELP: OptionSpec = { type: 'boolean', short: 'h', help: 'show this help' };

/**
 * Parses what follows the command's name. AssayError `cli/usage` (exit 2) for unknown options, missing values
 * and values that are not among the choices; it names the nearest option.
 */
export function parseInvocation(
  command: Command,
  argv: readonly string[],
  io: Io,
): Invocation & { help: boolean } {
  const options = { ...command.options, help: HELP };
  const parsed = parse(command, argv, options);
  for (const [name, spec] of Object.entries(command.options)) {
    const given = [parsed.values[name] ?? []].flat();
    for (const value of given)
      if (spec.choices !== undefined && !spec.choices.includes(String(value)))
        throw new AssayError(
          'cli/usage',
          `--${name} ${String(value)}: expected one of ${spec.choices.join(', ')}`,
        );
  }
  const values = (name: string): readonly string[] => [parsed.values[name] ?? []].flat().map(String);
  return {
    positionals: parsed.positionals,
    flag: (name) => parsed.values[name] === true,
    value: (name) => values(name).at(-1),
    values,
    io,
    help: parsed.values['help'] === true,
  };
}

interface Parsed {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

function parse(
  command: Command,
  argv: readonly string[],
  options: Readonly<Record<string, OptionSpec>>,
): Parsed {
  // As git's hooks are called: nothing to parse, and nothing to load for it.
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  if (!own.some((argument) => argument.startsWith('-')))
    return { positionals: end === -1 ? argv : [...own, ...argv.slice(end + 1)], values: {} };
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type, short, multiple }]) => [
          name,
          { type, ...(short === undefined ? {} : { short }), ...(multiple ? { multiple } : {}) },
        ]),
      ),
    });
  } catch (error) {
    const unknown = /Unknown option '(--?[^']*)'/.exec(String(error))?.[1];
    const near =
      unknown === undefined ? undefined : nearest(unknown.replace(/^-+/, ''), Object.keys(options));
    const message = unknown === undefined ? plain(error) : `${command.name} has no option ${unknown}`;
    throw new AssayError('cli/usage', message, {
      hint: near === undefined ? `see \`assay ${command.name} --help\`` : `did you mean --${near}?`,
      cause: error,
    });
  }
}

const plain = (error: unknown): string =>
  error instanceof Error ? error.message.split('\n')[0]! : String(error);
