import type { VersionScheme } from '../../model/ecosystem.ts';
import { desugar, parseRequirements, readVersion } from './npm-range.ts';
import type { Requirement } from './npm-range.ts';
import { holds } from './ranges.ts';
import { compareSemver, isSemverPrerelease, isStrictSemver } from './semver.ts';

/** Helm charts: https://helm.sh/docs/chart_best_practices/dependencies/#versions. npm's ranges, with commas, `!=` and another rule for prereleases. */
export const helm: VersionScheme = {
  id: 'helm',
  compare: compareSemver,
  isValid: (version) => isStrictSemver(version.replace(/^v/, '')),
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    const read = readVersion(version);
    const alternatives = range.split('||').map(parseAlternative);
    if (alternatives.some((alternative) => alternative === undefined)) return undefined;
    return (
      read !== undefined &&
      alternatives.some((alternative) => alternative!.every((one) => meets(read.text, one)))
    );
  },
};

function parseAlternative(text: string): readonly Requirement[] | undefined {
  const tight = text
    .replaceAll(/[\s,]+/g, ' ')
    .replaceAll(/([<>=~^!]) /g, '$1')
    .replaceAll('=>', '>=')
    .replaceAll('=<', '<=');
  const hyphen = /^ ?([^ ]+) - ([^ ]+) ?$/.exec(tight);
  const plain = hyphen === null ? tight : `>=${hyphen[1]} <=${hyphen[2]}`;
  const requirements: Requirement[] = [];
  for (const token of plain.split(' ')) {
    if (token === '') continue;
    const not = token.startsWith('!=');
    const [found, ...more] = parseRequirements(not ? token.slice(2) : token) ?? [];
    if (found === undefined || more.length > 0) return undefined;
    requirements.push(not ? { ...found, operator: '!=' } : found);
  }
  return requirements;
}

/** A prerelease meets only a requirement that names one, of whatever version: `>=1.0.0-0` lets all of them in. */
function meets(version: string, { operator, version: partial }: Requirement): boolean {
  if (isSemverPrerelease(version) && partial.prerelease === '') return false;
  const equal = desugar(operator === '!=' ? '=' : operator, partial).every((comparator) =>
    holds(compareSemver(version, comparator.version), comparator.operator),
  );
  return operator === '!=' ? !equal : equal;
}
