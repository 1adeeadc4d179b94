import type { Purl } from '../../model/component.ts';
import type { Problem } from '../../model/problem.ts';
import { decode, encode } from './percent.ts';
import { purlTypeRules } from './purl-types.ts';
import type { PurlTypeRules } from './purl-types.ts';

/** The parts of a purl, decoded. `''` and an empty map stand for absent. Namespace and subpath segments are joined by `/`. */
export interface PurlParts {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath: string;
}

/** What a purl is made from: everything but type and name may be left out. */
export type PurlInput = Pick<PurlParts, 'type' | 'name'> & Partial<PurlParts>;

export type PurlResult =
  | { readonly ok: true; readonly purl: Purl; readonly parts: PurlParts }
  | { readonly ok: false; readonly problem: Problem };

const NO_QUALIFIERS: ReadonlyMap<string, string> = new Map();

/**
 * Reads a purl and gives its parts and its canonical form, normalised by the rules of its type.
 * Problems: `purl/no-scheme`, `purl/bad-type`, `purl/no-name`, `purl/bad-qualifier`, `purl/bad-encoding`;
 * when `strict`, also `purl/type-rule` for what the type's definition forbids, and upper-case qualifier keys.
 * Without it such a purl is still somebody's name for something, and is read.
 * https://github.com/package-url/purl-spec/blob/main/docs/specification/how-to-parse.md
 */
export function parsePurl(text: string, strict = false): PurlResult {
  let rest = text.trim();
  const hash = rest.lastIndexOf('#');
  const rawSubpath = hash === -1 ? '' : rest.slice(hash + 1);
  if (hash !== -1) rest = rest.slice(0, hash);
  const question = rest.lastIndexOf('?');
  const rawQualifiers = question === -1 ? '' : rest.slice(question + 1);
  if (question !== -1) rest = rest.slice(0, question);

  if (rest.slice(0, 4).toLowerCase() !== 'pkg:') return fail('purl/no-scheme', 'expected "pkg:" first', text);
  let start = 4;
  while (rest[start] === '/') start++;
  const typeEnd = rest.indexOf('/', start);
  if (typeEnd === -1) return fail('purl/no-name', 'expected a type, a slash and a name', text);
  const type = rest.slice(start, typeEnd).toLowerCase();
  if (!/^[a-z][a-z0-9.-]*$/.test(type))
    return fail('purl/bad-type', 'a type is a letter, then letters, digits, "." and "-"', text);

  rest = rest.slice(typeEnd + 1);
  let at = rest.lastIndexOf('@');
  // `pkg:npm/@babel/core`: an unencoded scope. An `@` that begins a segment with more after it separates no version.
  if (at !== -1 && (at === 0 || rest[at - 1] === '/') && rest.includes('/', at)) at = -1;
  const rawVersion = at === -1 ? '' : rest.slice(at + 1);
  const path = (at === -1 ? rest : rest.slice(0, at)).split('/');
  // "pkg:swift/github.com/Alamofire/@5.4.3" has no name: only slashes at the very end are noise.
  if (at === -1) while (path.length > 0 && path.at(-1) === '') path.pop();
  const nameSegments = purlTypeRules.get(type)?.hostThenPath ? path.splice(1) : path.splice(-1);
  const name = nameSegments.length > 1 ? decodeSegments(nameSegments, false) : decode(nameSegments[0] ?? '');
  const namespace = decodeSegments(path, false);
  const version = decode(rawVersion);
  const subpath = decodeSegments(rawSubpath.split('/'), true);
  if (name === undefined || namespace === undefined || version === undefined || subpath === undefined)
    return fail('purl/bad-encoding', 'a percent sign is not followed by UTF-8 in hexadecimal', text);
  const qualifiers = parseQualifiers(rawQualifiers, strict);
  if (typeof qualifiers === 'string') return fail('purl/bad-qualifier', qualifiers, text);
  return check({ type, namespace, name, version, qualifiers, subpath }, strict, text);
}

/** Builds a purl from parts as `parsePurl` reads one from text, with the same problems. */
export function buildPurl(input: PurlInput, strict = false): PurlResult {
  const shown = `${input.type}/${input.name}`;
  const type = input.type.toLowerCase();
  if (!/^[a-z][a-z0-9.-]*$/.test(type))
    return fail('purl/bad-type', 'a type is a letter, then letters, digits, "." and "-"', shown);
  const qualifiers = new Map<string, string>();
  for (const [key, value] of input.qualifiers ?? NO_QUALIFIERS) {
    if (!isKey(key, strict)) return fail('purl/bad-qualifier', badKey(key), shown);
    if (value !== '') qualifiers.set(key.toLowerCase(), value);
  }
  const segments = (text: string | undefined) => (text ?? '').split('/');
  const parts: PurlParts = {
    type,
    namespace: segments(input.namespace).filter(Boolean).join('/'),
    name: input.name.replaceAll(/^\/+|(?<!\/)\/+$/g, ''),
    version: input.version ?? '',
    qualifiers,
    subpath: segments(input.subpath).filter(isPathSegment).join('/'),
  };
  return check(parts, strict, shown);
}

/**
 * The canonical purl of parts that are known to be good: normalised by type, percent-encoded, qualifiers sorted.
 * Never fails; rules are `buildPurl`'s affair. The hot path: 30,000 of these in a few milliseconds.
 */
export function formatPurl(input: PurlInput): Purl {
  const rules = purlTypeRules.get(input.type);
  const parts = rules === undefined ? input : normalise(input, rules);
  let text = `pkg:${parts.type}/`;
  if (parts.namespace) text += `${encodePath(parts.namespace)}/`;
  text += rules?.hostThenPath ? encodePath(parts.name) : encode(parts.name);
  if (parts.version) text += `@${encode(parts.version)}`;
  if (parts.qualifiers !== undefined && parts.qualifiers.size > 0) {
    const pairs = [...parts.qualifiers].filter(([, value]) => value !== '');
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    if (pairs.length > 0) text += `?${pairs.map(([key, value]) => `${key}=${encode(value)}`).join('&')}`;
  }
  if (parts.subpath) {
    const segments = parts.subpath.split('/').filter(isPathSegment);
    if (segments.length > 0) text += `#${segments.map(encode).join('/')}`;
  }
  return text as Purl;
}

function check(raw: PurlParts, strict: boolean, text: string): PurlResult {
  if (raw.name === '') return fail('purl/no-name', 'the name is empty', text);
  const rules = purlTypeRules.get(raw.type);
  const parts = rules === undefined ? raw : normalise(raw, rules);
  const broken = strict && rules !== undefined ? brokenRule(parts, rules) : undefined;
  if (broken !== undefined) return fail('purl/type-rule', broken, text);
  return { ok: true, purl: formatPurl(parts), parts };
}

function brokenRule(parts: PurlParts, rules: PurlTypeRules): string | undefined {
  if (rules.namespace === 'required' && parts.namespace === '')
    return `the type ${parts.type} needs a namespace`;
  if (rules.namespace === 'prohibited' && parts.namespace !== '')
    return `the type ${parts.type} has no namespace`;
  const missing = rules.requires?.find((key) => !parts.qualifiers.has(key));
  if (missing !== undefined) return `the type ${parts.type} needs the qualifier ${missing}`;
  return rules.refuse?.(parts.name, parts.version);
}

function normalise<Parts extends PurlInput>(parts: Parts, rules: PurlTypeRules): Parts {
  const { lower, spellName } = rules;
  const name = lower?.name ? parts.name.toLowerCase() : parts.name;
  const spelt = spellName?.(name, parts.namespace ?? '', parts.qualifiers ?? NO_QUALIFIERS) ?? name;
  const namespace = lower?.namespace ? parts.namespace?.toLowerCase() : parts.namespace;
  const version = lower?.version ? parts.version?.toLowerCase() : parts.version;
  const subpath = lower?.subpath ? parts.subpath?.toLowerCase() : parts.subpath;
  const same =
    spelt === parts.name &&
    namespace === parts.namespace &&
    version === parts.version &&
    subpath === parts.subpath;
  return same ? parts : { ...parts, name: spelt, namespace, version, subpath };
}

/** The qualifiers, or what is wrong with them. Pairs with an empty value are as good as absent. */
function parseQualifiers(raw: string, strict: boolean): ReadonlyMap<string, string> | string {
  if (raw === '') return NO_QUALIFIERS;
  const qualifiers = new Map<string, string>();
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = equals === -1 ? pair : pair.slice(0, equals);
    if (!isKey(key, strict)) return badKey(key);
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (value === undefined) return `the value of ${key} is not percent-encoded UTF-8`;
    if (value === '') continue;
    const canonical = key.toLowerCase();
    if (qualifiers.has(canonical)) return `the key ${canonical} is given twice`;
    qualifiers.set(canonical, value);
  }
  return qualifiers;
}

/** Canonical keys are lower case. The suite wants `Arch` refused and `repositorY_url` folded: strict looks at the first letter. */
function isKey(key: string, strict: boolean): boolean {
  return (strict ? /^[a-z][A-Za-z0-9._-]*$/ : /^[A-Za-z][A-Za-z0-9._-]*$/).test(key);
}

function badKey(key: string): string {
  return `${JSON.stringify(key.slice(0, 60))} is no qualifier key: expected a letter, then letters, digits, ".", "-" and "_" in lower case`;
}

function isPathSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..';
}

/** Decodes each segment and joins them again; `undefined` when one cannot be decoded or would hold a slash. */
function decodeSegments(segments: readonly string[], isPath: boolean): string | undefined {
  let joined = '';
  for (const raw of segments) {
    const segment = decode(raw);
    if (segment === undefined || segment.includes('/')) return undefined;
    if (segment === '' || (isPath && !isPathSegment(segment))) continue;
    joined += joined === '' ? segment : `/${segment}`;
  }
  return joined;
}

/** Encodes each segment; empty ones are left out. */
function encodePath(path: string): string {
  if (!path.includes('/')) return encode(path);
  return path.split('/').filter(Boolean).map(encode).join('/');
}

function fail(code: string, message: string, text: string): PurlResult {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return { ok: false, problem: { code, message: `${JSON.stringify(shown)} is not a purl: ${message}` } };
}
