import type { VersionScheme } from '../../model/ecosystem.ts';
import { holds, parseConstraint } from './ranges.ts';
import { compareSemver, isSemverPrerelease, parseSemver } from './semver.ts';
import { compareNumbers, increment } from './text.ts';

/** Terraform providers and modules: https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export const terraform: VersionScheme = {
  id: 'terraform',
  compare: compareSemver,
  isValid: (version) => /^v?\d+(?:\.\d+)*(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(version),
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    const parts = range.split(',').map(parseConstraint);
    if (
      parts.some(
        (part) => part === undefined || !terraform.isValid(part.version) || !OPERATORS.has(part.operator),
      )
    )
      return undefined;
    return parts.every((part) => meets(version, part!.operator, part!.version));
  },
};

const OPERATORS: ReadonlySet<string> = new Set(['', '=', '!=', '<', '<=', '>', '>=', '~>']);

/** A prerelease meets only a constraint that names a prerelease of the same numbers. */
function meets(version: string, operator: string, bound: string): boolean {
  if (isSemverPrerelease(version) && !(isSemverPrerelease(bound) && sameNumbers(version, bound)))
    return operator === '!=';
  if (operator !== '~>') return holds(compareSemver(version, bound), operator);
  const numbers = parseSemver(bound)?.numbers ?? [];
  // Only the last number given may rise: `~> 1.2` is below 2, `~> 1.2.3` below 1.3.
  const kept = numbers.slice(0, Math.max(1, numbers.length - 1));
  const high = kept.map((number, i) => (i === kept.length - 1 ? increment(number) : number)).join('.');
  return compareSemver(version, bound) >= 0 && compareSemver(version, `${high}-0`) < 0;
}

function sameNumbers(a: string, b: string): boolean {
  const left = parseSemver(a)?.numbers ?? [];
  const right = parseSemver(b)?.numbers ?? [];
  return left.length === right.length && left.every((number, i) => compareNumbers(number, right[i]!) === 0);
}
