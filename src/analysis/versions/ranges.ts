import type { VersionScheme } from '../../model/ecosystem.ts';

/** Whether an order with respect to a bound is what an operator asks. `=`, `==` and none at all are equality. */
export function holds(order: number, operator: string): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}

/** One constraint as written: an operator (`''` when there is none) and what follows it, trimmed. */
export interface Constraint {
  readonly operator: string;
  readonly version: string;
}

/** Splits `>= 1.0` into operator and version; `undefined` when there is no version or a blank inside it. */
export function parseConstraint(text: string): Constraint | undefined {
  const trimmed = text.trim();
  let end = 0;
  while (end < trimmed.length && '<>=!~^'.includes(trimmed[end]!)) end++;
  const version = trimmed.slice(end).trim();
  return version === '' || /\s/.test(version) ? undefined : { operator: trimmed.slice(0, end), version };
}

const PLAIN_OPERATORS: ReadonlySet<string> = new Set(['', '=', '==', '!=', '<', '<=', '>', '>=']);

/** Whether a version meets every plain constraint; `undefined` when one cannot be read. */
export function satisfiesConstraints(
  scheme: Pick<VersionScheme, 'compare' | 'isValid'>,
  version: string,
  constraints: readonly string[],
): boolean | undefined {
  const read = constraints.map(parseConstraint);
  if (read.some((found) => found === undefined || !isPlain(scheme, found))) return undefined;
  return read.every((found) => holds(scheme.compare(version, found!.version), found!.operator));
}

function isPlain(scheme: Pick<VersionScheme, 'isValid'>, { operator, version }: Constraint): boolean {
  return PLAIN_OPERATORS.has(operator) && !/[*|,<>=!~^]/.test(version) && scheme.isValid(version);
}
