import type { Origin } from '../../../model/extractor.ts';

/** What a declared dependency asks for, once its spelling is understood. */
export interface Spec {
  readonly origin: Origin;
  /** The real name: an alias's target (`npm:react@^16` gives `react`), otherwise the declared name. */
  readonly name: string;
  /** The semver range or tag for a registry component; the specifier as written for every other origin. */
  readonly range: string;
}

/**
 * Understands a dependency specifier of package.json or of a lockfile.
 * Forms: https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies,
 * https://yarnpkg.com/protocols, https://pnpm.io/aliases, https://pnpm.io/catalogs,
 * `condition:` of https://github.com/nicolo-ribaudo/yarn-plugin-conditions. Total: anything else is a range or tag.
 */
export function parseSpec(name: string, specifier: string): Spec {
  const spec = specifier.trim();
  const colon = spec.indexOf(':');
  const protocol = colon > 0 ? spec.slice(0, colon) : '';
  const rest = spec.slice(colon + 1);
  switch (protocol) {
    case 'npm':
      return aliasOf(name, rest);
    case 'jsr': {
      const { name: known, range } = aliasOf(name, rest);
      return { origin: 'registry', name: nameOfJsr(known), range };
    }
    case 'catalog':
      return { origin: 'registry', name, range: spec };
    case 'workspace':
      return { origin: 'workspace', name: aliasOf(name, rest).name, range: spec };
    case 'patch':
      return parsePatch(name, rest);
    case 'virtual':
      return parseSpec(name, rest.slice(rest.indexOf('#') + 1));
    case 'file':
    case 'link':
    case 'portal':
    case 'exec':
    // Both of what a condition chooses between are entries of their own: this one is a shim that yarn's plugin writes.
    case 'condition':
      return { origin: 'file', name, range: spec };
    case 'http':
    case 'https':
      return { origin: isGitUrl(spec) ? 'git' : 'url', name, range: spec };
    default:
      if (protocol !== '' && isGitProtocol(protocol)) return { origin: 'git', name, range: spec };
      if (isPath(spec)) return { origin: 'file', name, range: spec };
      if (isHosted(spec)) return { origin: 'git', name, range: spec };
      return { origin: 'registry', name, range: spec };
  }
}

/** `react@^16`, `@a/b@1`, or (yarn, pnpm) a bare range `^1.0.0` that keeps the declared name. */
function aliasOf(name: string, target: string): Spec {
  const at = target.indexOf('@', 1);
  if (at > 0 && !target.startsWith('^') && !target.startsWith('~'))
    return { origin: 'registry', name: target.slice(0, at), range: target.slice(at + 1) };
  // A bare word is a name only where it cannot be a range or a tag: `npm:@a/b`.
  return target.startsWith('@') && target.includes('/')
    ? { origin: 'registry', name: target, range: '*' }
    : { origin: 'registry', name, range: target };
}

/** JSR has names of its own; npm's registry protocol serves `@luca/flag` of it as `@jsr/luca__flag`. https://jsr.io/docs/npm-compatibility */
export function nameOfJsr(name: string): string {
  if (name.startsWith('@jsr/')) return name;
  return `@jsr/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}

/** `patch:lodash@npm%3A4.17.21#./fix.patch` is lodash 4.17.21 with changes: it keeps the identity of what it patches. */
function parsePatch(name: string, rest: string): Spec {
  const hash = rest.indexOf('#');
  const target = decodePart(hash === -1 ? rest : rest.slice(0, hash));
  const at = target.indexOf('@', 1);
  return at > 0
    ? parseSpec(target.slice(0, at), target.slice(at + 1))
    : { origin: 'registry', name, range: '' };
}

/** Percent-decoding that leaves malformed text as it is. */
export function decodePart(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isGitProtocol = (protocol: string): boolean =>
  protocol.startsWith('git') || ['ssh', 'bitbucket', 'gist'].includes(protocol);

function isGitUrl(url: string): boolean {
  const hash = url.indexOf('#');
  const address = hash === -1 ? url : url.slice(0, hash);
  return address.endsWith('.git') || isCommitArchive(address);
}

/** The archive of a commit that package managers fetch in place of a clone. */
const isCommitArchive = (address: string): boolean =>
  address.startsWith('https://codeload.github.com/') ||
  (address.startsWith('https://gitlab.com/') && address.includes('/repository/archive.tar.gz')) ||
  (address.startsWith('https://bitbucket.org/') && address.includes('/get/'));

const isPath = (spec: string): boolean =>
  spec.startsWith('./') || spec.startsWith('../') || spec.startsWith('/') || spec.startsWith('~/');

/** `owner/repo` or `git@host:owner/repo`: hosted git without a protocol. */
function isHosted(spec: string): boolean {
  if (spec.startsWith('git@')) return true;
  const hash = spec.indexOf('#');
  const address = hash === -1 ? spec : spec.slice(0, hash);
  const slash = address.indexOf('/');
  return slash > 0 && address.indexOf('/', slash + 1) === -1 && !/[\s<>=^|@]/.test(address);
}
