import type { Origin } from '../../../model/extractor.ts';
import { withoutCredentials } from '../../text/urls.ts';

/** A PEP 508 requirement: `name[extras] specifier ; marker` or `name[extras] @ url ; marker`. */
export interface Requirement {
  /** As written, not normalised. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Clauses joined by `,`, without brackets and blanks: `>=1,<2`. Empty when there is none. */
  readonly specifier: string;
  readonly url: string | undefined;
  readonly marker: string;
}

/** PEP 503: one spelling of a name for identity. https://peps.python.org/pep-0503/#normalized-names */
export function normaliseName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

const NAME = /[A-Za-z0-9][A-Za-z0-9._-]*/y;
const CLAUSE = /^(?:===|==|~=|!=|<=|>=|<|>)[^<>=~\s,]+$/;

/**
 * Reads one requirement; `undefined` when it is none. Linear in the text.
 * https://packaging.python.org/en/latest/specifications/dependency-specifiers/
 */
export function parseRequirement(text: string): Requirement | undefined {
  const source = text.trim();
  NAME.lastIndex = 0;
  const name = NAME.exec(source)?.[0];
  if (name === undefined || !/[A-Za-z0-9]$/.test(name)) return undefined;
  let at = skipBlank(source, name.length);
  let extras: string[] = [];
  if (source[at] === '[') {
    const close = source.indexOf(']', at);
    if (close === -1) return undefined;
    extras = source
      .slice(at + 1, close)
      .split(',')
      .map((extra) => normaliseName(extra.trim()))
      .filter((extra) => extra !== '');
    at = skipBlank(source, close + 1);
  }
  if (source[at] === '@') {
    const start = skipBlank(source, at + 1);
    // A marker after a URL needs a blank before its semicolon, since URLs may hold one.
    let end = start;
    while (end < source.length && !isSpace(source.charCodeAt(end))) end++;
    const url = source.slice(start, end);
    const rest = source.slice(end).trim();
    if (url === '' || (rest !== '' && !rest.startsWith(';'))) return undefined;
    return { name, extras, specifier: '', url, marker: rest.slice(1).trim() };
  }
  const semicolon = source.indexOf(';', at);
  const end = semicolon === -1 ? source.length : semicolon;
  const specifier = normaliseSpecifier(source.slice(at, end));
  if (specifier === undefined) return undefined;
  return {
    name,
    extras,
    specifier,
    url: undefined,
    marker: semicolon === -1 ? '' : source.slice(semicolon + 1).trim(),
  };
}

/** `(>= 1, < 2)` → `>=1,<2`; `undefined` when it is no PEP 440 specifier. A lone `*` is the empty specifier. */
export function normaliseSpecifier(text: string): string | undefined {
  let inner = text.trim();
  if (inner.startsWith('(') && inner.endsWith(')')) inner = inner.slice(1, -1).trim();
  if (inner === '' || inner === '*') return '';
  const clauses = inner.split(',').map((clause) => clause.replaceAll(/[ \t]+/g, ''));
  if (clauses.at(-1) === '') clauses.pop();
  return clauses.length > 0 && clauses.every((clause) => CLAUSE.test(clause)) ? clauses.join(',') : undefined;
}

/** The one version that a specifier allows, `''` when it allows more: `==1.2` and `===1.2`, not `==1.*`. */
export function exactVersion(specifier: string): string {
  for (const clause of specifier.split(',')) {
    const exact = /^===?([^=*]+)$/.exec(clause)?.[1];
    if (exact !== undefined) return exact;
  }
  return '';
}

/** What a URL or path says of the thing it points to. */
export interface Reference {
  readonly origin: Origin;
  /** From `#egg=` or the file's name; `''` when neither tells. */
  readonly name: string;
  /** A wheel's or archive's version, `#egg=name==version`, or the git reference after `@`; `''` when none is given. */
  readonly version: string;
  /** Without credentials and without the `#egg=` part; a git reference becomes `#reference`. */
  readonly source: string;
}

/** Reads a VCS URL, an archive URL or a path, as pip takes them. */
export function readReference(url: string): Reference {
  const hash = url.indexOf('#');
  const fragment = hash === -1 ? '' : url.slice(hash + 1);
  let address = withoutCredentials(hash === -1 ? url : url.slice(0, hash));
  const egg = /(?:^|&)egg=([^&]+)/.exec(fragment)?.[1] ?? '';
  const [eggName = '', eggVersion = ''] = egg.replace(/\[.*$/, '').split(/===?/);
  const vcs = /^(git|hg|svn|bzr)\+/.exec(address)?.[1];
  if (vcs !== undefined) {
    address = address.slice(vcs.length + 1);
    // The reference follows the last `@` of the path; an `@` before the host's slash is a user's.
    const path = address.indexOf('/', address.indexOf('://') === -1 ? 0 : address.indexOf('://') + 3);
    const at = address.lastIndexOf('@');
    const hasReference = path !== -1 && at > path;
    const reference = hasReference ? address.slice(at + 1) : '';
    const bare = hasReference ? address.slice(0, at) : address;
    return {
      origin: 'git',
      name: eggName || lastPart(bare).replace(/\.git$/, ''),
      version: eggVersion || reference,
      source: reference === '' ? bare : `${bare}#${reference}`,
    };
  }
  const origin: Origin = /^https?:\/\//i.test(address) ? 'url' : 'file';
  const file = readArchiveName(lastPart(address.split('?', 1)[0]!));
  return { origin, name: eggName || file.name, version: eggVersion || file.version, source: address };
}

/** The last part of a path that is not empty. */
function lastPart(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? '';
}

/** `name-1.0-py3-none-any.whl` and `name-1.0.tar.gz`; anything else is a name without version. */
function readArchiveName(file: string): { readonly name: string; readonly version: string } {
  if (file.endsWith('.whl')) {
    const [name = '', version = ''] = file.slice(0, -4).split('-');
    return { name, version };
  }
  const stem = file.replace(/\.(?:tar\.(?:gz|bz2|xz|zst)|tgz|zip|tar)$/, '');
  if (stem === file) return { name: file.replaceAll(/^\.+$/g, ''), version: '' };
  const dash = stem.lastIndexOf('-');
  const hasVersion = dash > 0 && /^\d/.test(stem.slice(dash + 1));
  return hasVersion
    ? { name: stem.slice(0, dash), version: stem.slice(dash + 1) }
    : { name: stem, version: '' };
}

/** Whether a marker can only hold when an extra is asked for. */
export function isExtraMarker(marker: string): boolean {
  return /\bextra\s*={2,3}/.test(marker);
}

const isSpace = (code: number): boolean => code === 32 || code === 9;

function skipBlank(text: string, at: number): number {
  let i = at;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}
