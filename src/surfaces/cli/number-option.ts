import { AssayError } from '../../model/problem.ts';
import type { Invocation } from './command.ts';

/** The whole number that an option gives, `byDefault` when it is not given. AssayError `cli/usage` when it is none from `least` to `most`. */
export function numberOf(
  invocation: Invocation,
  option: string,
  byDefault: number,
  least: number,
  most: number,
): number {
  const text = invocation.value(option);
  if (text === undefined) return byDefault;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new AssayError(
      'cli/usage',
      `--${option} ${text}: expected a whole number from ${least} to ${most}`,
    );
  return number;
}
