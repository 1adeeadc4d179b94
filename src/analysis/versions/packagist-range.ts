import { compareNormalised, isBranch, normaliseComposer } from './packagist.ts';
import { holds } from './ranges.ts';
import { increment } from './text.ts';

interface Bound {
  readonly operator: string;
  /** Normalised. */
  readonly version: string;
}

/**
 * Whether a version meets a Composer constraint: `^1.2 || ~2.0.1`, `1.0 - 2.0`, `2.*`, `>=1,<2`, `dev-main`, `@dev`.
 * https://getcomposer.org/doc/articles/versions.md#writing-version-constraints
 */
export function satisfiesComposerConstraint(version: string, range: string): boolean | undefined {
  const candidate = normaliseComposer(version);
  let met = false;
  for (const alternative of range.trim().split(/\|\|?/)) {
    const bounds = parseAlternative(alternative);
    if (bounds === undefined) return undefined;
    met ||= candidate !== undefined && bounds.every((bound) => meets(candidate, bound));
  }
  return met;
}

function meets(candidate: string, { operator, version }: Bound): boolean {
  // A branch is only ever itself.
  if (isBranch(candidate) || isBranch(version)) {
    if (operator === '!=') return candidate !== version;
    return (operator === '=' || operator === '==') && candidate === version;
  }
  return holds(compareNormalised(candidate, version), operator);
}

function parseAlternative(text: string): readonly Bound[] | undefined {
  const tight = text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([<>=!]) /g, '$1\u0001')
    .replaceAll(' - ', '\0')
    .replace(/ as [^, ]+$/, '');
  const bounds: Bound[] = [];
  for (const part of tight.split(/[ ,]+/)) {
    const found = parseConstraint(part);
    if (found === undefined) return undefined;
    bounds.push(...found);
  }
  return bounds;
}

const STABILITY_FLAG = /@(stable|RC|beta|alpha|dev)$/i;
const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)(?:\d*(?:[.-]\d+)*))?([.-]?dev)?|\.([xX*][.-]?dev))(?:\+[^\s]+)?$/i;

function parseConstraint(text: string): readonly Bound[] | undefined {
  // As in Composer, a blank behind the operator (kept as U+0001) makes the flag part of the version, where it says nothing.
  const flag = text.includes('\u0001') ? undefined : STABILITY_FLAG.exec(text)?.[1]?.toLowerCase();
  let constraint = flag === undefined ? text : text.slice(0, -flag.length - 1) || '*';
  constraint = constraint.replace(/^(dev-[^#]+|[^#]+\.x-dev)#.+$/i, '$1');
  if (/^[xX*](?:\.[xX*])*$/.test(constraint))
    return constraint.length === 1 ? [] : [{ operator: '>=', version: '0.0.0.0-dev' }];
  if (constraint.includes('\0')) return hyphenRange(constraint);
  if (constraint.startsWith('~')) return tilde(constraint.slice(1));
  if (constraint.startsWith('^')) return caret(constraint.slice(1));
  const wildcard = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.[xX*])+$/.exec(constraint);
  if (wildcard !== null) {
    const places = [wildcard[1], wildcard[2], wildcard[3]].filter((place) => place !== undefined);
    return [
      { operator: '>=', version: `${pad(places)}-dev` },
      { operator: '<', version: `${pad(raise(places, places.length - 1))}-dev` },
    ];
  }
  return comparator(constraint, flag);
}

function tilde(text: string): readonly Bound[] | undefined {
  const found = VERSION.exec(text);
  if (found === null) return undefined;
  const places = placesOf(found);
  // `~2.x-dev` counts its x as a place.
  const position = places.length + (found[7] === undefined ? 0 : 1);
  return bounded(text, found, raise(places, Math.max(1, position - 1) - 1));
}

function caret(text: string): readonly Bound[] | undefined {
  const found = VERSION.exec(text);
  if (found === null) return undefined;
  const places = placesOf(found);
  const significant = places.findIndex((place) => place !== '0');
  // `^0` and `^0.0` may move in the last place given, `^0.0.x` in the third at most.
  const position = Math.min(significant === -1 ? places.length - 1 : significant, 2);
  return bounded(text, found, raise(places, position));
}

/** From the version as given, or from its development versions when no stability is given, to below `high`. */
function bounded(
  text: string,
  found: RegExpExecArray,
  high: readonly string[],
): readonly Bound[] | undefined {
  const low = normaliseComposer(isStable(found) ? `${text}-dev` : text);
  if (low === undefined) return undefined;
  return [
    { operator: '>=', version: low },
    { operator: '<', version: `${pad(high)}-dev` },
  ];
}

function hyphenRange(text: string): readonly Bound[] | undefined {
  const [from = '', to = '', ...more] = text.split('\0');
  const low = VERSION.exec(from);
  const high = VERSION.exec(to);
  const lowVersion = normaliseComposer(from);
  const highVersion = normaliseComposer(to);
  if (
    more.length > 0 ||
    low === null ||
    high === null ||
    lowVersion === undefined ||
    highVersion === undefined
  )
    return undefined;
  const places = placesOf(high);
  const open = isStable(high) && places.length < 3;
  return [
    { operator: '>=', version: isStable(low) ? `${lowVersion}-dev` : lowVersion },
    open
      ? { operator: '<', version: `${pad(raise(places, places.length === 1 ? 0 : 1))}-dev` }
      : { operator: '<=', version: highVersion },
  ];
}

function comparator(text: string, flag: string | undefined): readonly Bound[] | undefined {
  const operator = /^(?:<>|!=|>=|<=|==|[<>=])?/.exec(text)![0];
  const given = text.slice(operator.length).replace('\u0001', '');
  const version =
    normaliseComposer(given) ??
    (/^[0-9a-zA-Z./-]+-dev$/.test(given) ? `dev-${given.slice(0, -4)}` : undefined);
  if (version === undefined) return undefined;
  const stable = !/-(?:alpha|beta|RC|dev)/.test(version) && !isBranch(version);
  const name = operator === '<>' ? '!=' : operator || '=';
  if (name !== '=' && name !== '==' && flag !== undefined && flag !== 'stable' && stable)
    return [{ operator: name, version: `${version}-${flag === 'rc' ? 'RC' : flag}` }];
  const bare =
    !isBranch(version) &&
    !/-[._-]?(?:(?:stable|beta|b|rc|alpha|a|patch|pl|p)[.\d-]*)?(?:[.-]?dev)?$/.test(given.toLowerCase());
  // `<2` and `>=2` are about the development versions of 2, which come before it.
  return [{ operator: name, version: (name === '<' || name === '>=') && bare ? `${version}-dev` : version }];
}

function placesOf(found: RegExpExecArray): string[] {
  return found.slice(1, 5).filter((place) => place !== undefined);
}

function isStable(found: RegExpExecArray): boolean {
  return found[5] === undefined && found[6] === undefined && found[7] === undefined;
}

/** One more in a place, which is added as zero first when it is not there. */
function raise(places: readonly string[], position: number): string[] {
  const kept = places.slice(0, position + 1);
  while (kept.length <= position) kept.push('0');
  kept[position] = increment(kept[position]!);
  return kept;
}

function pad(places: readonly string[]): string {
  return [...places, '0', '0', '0', '0'].slice(0, 4).join('.');
}
