import type { VersionScheme } from '../../model/ecosystem.ts';
import { decode, encode } from '../identity/percent.ts';
import { generic, schemeOfVers } from './index.ts';
import { parseNpmRange } from './npm-range.ts';
import { holds } from './ranges.ts';
import { compareText } from './text.ts';

/** One constraint; the versions of `*` are all of them, and its own is `''`. */
export interface VersConstraint {
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | '*';
  /** Decoded. */
  readonly version: string;
}

/** A range in the vers notation, e.g. `vers:npm/>=1.0.0|<2.0.0`. Constraints are in ascending order of version. */
export interface Vers {
  readonly scheme: string;
  readonly constraints: readonly VersConstraint[];
}

/**
 * Reads a vers range and brings its constraints into order. `undefined` when it is none: no `vers:`, an empty
 * constraint, a blank, a percent sign without two hexadecimal digits. `strict` asks for the canonical form besides:
 * in order, encoded as `formatVers` encodes, and of versions that the scheme accepts.
 * https://github.com/package-url/vers-spec
 */
export function parseVers(text: string, strict = false): Vers | undefined {
  const found = /^vers:([a-z][a-z0-9.-]*)\/(\S+)$/.exec(text);
  if (found === null) return undefined;
  const scheme = found[1]!;
  const constraints: VersConstraint[] = [];
  for (const part of found[2]!.split('|')) {
    const constraint = parseConstraint(part);
    if (constraint === undefined) return undefined;
    constraints.push(constraint);
  }
  if (constraints.length > 1 && constraints.some(({ operator }) => operator === '*')) return undefined;
  const order = schemeOfVers(scheme) ?? generic;
  const vers: Vers = {
    scheme,
    constraints: constraints.toSorted((a, b) => order.compare(a.version, b.version)),
  };
  const isValid = ({ operator, version }: VersConstraint) => operator === '*' || order.isValid(version);
  // A scheme of npm's kind takes no `1.0%2F0`; only the schemes whose texts have one shape refuse by it.
  if (strict && (formatVers(vers) !== text || (scheme === 'datetime' && !constraints.every(isValid))))
    return undefined;
  return vers;
}

/** The canonical text. Letters, digits and `.-_~:` stand for themselves, everything else is percent-encoded. */
export function formatVers({ scheme, constraints }: Vers): string {
  const parts = constraints.map(
    ({ operator, version }) => (operator === '=' ? '' : operator) + encode(version),
  );
  return `vers:${scheme}/${parts.join('|')}`;
}

/** Whether a version lies in the range. https://github.com/package-url/vers-spec (checking if a version is contained) */
export function isInVers(version: string, { scheme, constraints }: Vers): boolean {
  const order = schemeOfVers(scheme) ?? generic;
  const ordered = constraints.toSorted((a, b) => order.compare(a.version, b.version));
  for (const { operator, version: bound } of ordered) {
    if (operator === '*') return true;
    if (order.compare(version, bound) !== 0) continue;
    if (operator === '!=') return false;
    if (operator === '=' || operator === '<=' || operator === '>=') return true;
  }
  const bounds = ordered.filter(({ operator }) => operator !== '=' && operator !== '!=');
  // Only exceptions: everything else is in.
  if (bounds.length === 0) return ordered.length > 0 && ordered.every(({ operator }) => operator === '!=');
  return bounds.some((bound, i) => isInStep(order, version, bound, bounds[i - 1], bounds[i + 1]));
}

/** Whether the version is beyond a bound and on this side of the next one. */
function isInStep(
  order: VersionScheme,
  version: string,
  bound: VersConstraint,
  before: VersConstraint | undefined,
  after: VersConstraint | undefined,
): boolean {
  if (!holds(order.compare(version, bound.version), bound.operator)) return false;
  if (bound.operator.startsWith('<')) return before === undefined;
  return after === undefined || (after.operator.startsWith('<') && order.compare(version, after.version) < 0);
}

/**
 * An npm range in the vers notation. Each alternative's bounds are put in order side by side, so what is exact
 * for one alternative may be wider for several that overlap; `undefined` when the range cannot be read.
 */
export function versOfNpmRange(range: string): Vers | undefined {
  const sets = parseNpmRange(range);
  if (sets === undefined) return undefined;
  const all = sets.flat();
  if (sets.some((set) => set.length === 0))
    return { scheme: 'npm', constraints: [{ operator: '*', version: '' }] };
  const order = schemeOfVers('npm')!;
  const constraints = all.map(({ operator, version }) => ({
    operator,
    // vers has no rule for prereleases, so the bound that npm draws below them is the release.
    version: operator === '<' ? version.replace(/-0$/, '') : version,
  }));
  return {
    scheme: 'npm',
    constraints: constraints.toSorted(
      (a, b) => order.compare(a.version, b.version) || compareText(a.operator, b.operator),
    ),
  };
}

function parseConstraint(text: string): VersConstraint | undefined {
  if (text === '*') return { operator: '*', version: '' };
  const operator = /^(?:!=|<=|>=|[<>=])?/.exec(text)![0];
  const version = decode(text.slice(operator.length));
  if (version === undefined || version === '' || /[<>=!*|\s]/.test(text.slice(operator.length)))
    return undefined;
  return { operator: (operator === '' ? '=' : operator) as VersConstraint['operator'], version };
}
