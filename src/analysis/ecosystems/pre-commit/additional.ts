import type { EcosystemId } from '../../../model/ecosystem.ts';

/** One entry of `additional_dependencies`. */
export interface AdditionalDependency {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  /** `''` unless the entry pins exactly. */
  readonly version: string;
  /** What it asks for, when not pinned; `''` for a bare name. */
  readonly requested: string;
  /** A path or URL instead of a name from a registry. */
  readonly origin: 'registry' | 'file' | 'git' | 'url' | 'unknown';
}

/**
 * Reads an entry the way the hook's language hands it to its package manager: https://pre-commit.com/#supported-languages
 * Without a stated language (it is the hook repository's secret) only forms that one ecosystem alone has are told apart:
 * `name==1.0` is PyPI's, `@scope/name` npm's; anything else is `Other`, origin unknown.
 */
export function readAdditional(text: string, language: string | undefined): AdditionalDependency {
  const entry = text.trim();
  const elsewhere = elsewhereOf(entry);
  switch (language) {
    case 'python':
    case 'python_venv':
      return elsewhere('PyPI') ?? pypi(entry);
    case 'node':
      return elsewhere('npm') ?? npm(entry);
    case 'ruby':
      return elsewhere('RubyGems') ?? byColon(entry, 'RubyGems');
    case 'rust':
      // `cli:name:version` is a tool, `name:version` a library.
      return elsewhere('crates.io') ?? byColon(entry.replace(/^cli:/, ''), 'crates.io');
    case 'golang': {
      const at = entry.lastIndexOf('@');
      return at <= 0
        ? { ecosystem: 'Go', name: entry, version: '', requested: '', origin: 'registry' }
        : { ecosystem: 'Go', name: entry.slice(0, at), ...pinned(entry.slice(at + 1), /^v\d+\.\d+\.\d+/) };
    }
    default:
      return elsewhere('Other') ?? guess(entry);
  }
}

function elsewhereOf(entry: string): (ecosystem: EcosystemId) => AdditionalDependency | undefined {
  return (ecosystem) => {
    const found = (origin: 'file' | 'git' | 'url'): AdditionalDependency => ({
      ecosystem,
      name: entry,
      version: '',
      requested: '',
      origin,
    });
    if (/^git(?:\+|:\/\/|@)/.test(entry) || /\s@\s*git\+/.test(entry)) return found('git');
    if (/^https?:\/\//.test(entry) || /\s@\s*https?:/.test(entry)) return found('url');
    return /^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(entry) ? found('file') : undefined;
  };
}

function guess(entry: string): AdditionalDependency {
  if (/^[A-Za-z0-9][\w.-]*(?:\[[\w.,\s-]*\])?==/.test(entry)) return pypi(entry);
  if (/^@[\w.-]+\/[\w.-]/.test(entry)) return npm(entry);
  const name = /^[\w./@-]*[\w]/.exec(entry)?.[0] ?? entry;
  return {
    ecosystem: 'Other',
    name,
    version: '',
    requested: entry.slice(name.length).trim(),
    origin: 'unknown',
  };
}

/** PEP 508: `name[extra] == 1.0 ; marker`. https://peps.python.org/pep-0508/ */
function pypi(entry: string): AdditionalDependency {
  const requirement = entry.split(';', 1)[0]!.trim();
  const name = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/.exec(requirement)?.[0] ?? requirement;
  const rest = requirement
    .slice(name.length)
    .trimStart()
    .replace(/^\[[^\]]*\]\s*/, '')
    .replace(/^\((.*)\)$/, '$1');
  const version = /^={2,3}\s*([^\s,*]+)$/.exec(rest)?.[1];
  return {
    ecosystem: 'PyPI',
    name,
    version: version ?? '',
    requested: version === undefined ? rest : '',
    origin: 'registry',
  };
}

/** `name@version` or `alias@npm:name@version`; a range or tag is no pin. */
function npm(entry: string): AdditionalDependency {
  const aliased = entry.indexOf('@npm:', 1);
  const real = aliased === -1 ? entry : entry.slice(aliased + 5);
  const at = real.indexOf('@', 1);
  if (at === -1) return { ecosystem: 'npm', name: real, version: '', requested: '', origin: 'registry' };
  return {
    ecosystem: 'npm',
    name: real.slice(0, at),
    ...pinned(real.slice(at + 1), /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/),
  };
}

/** `name:version`. */
function byColon(entry: string, ecosystem: 'RubyGems' | 'crates.io'): AdditionalDependency {
  const colon = entry.indexOf(':');
  if (colon === -1) return { ecosystem, name: entry, version: '', requested: '', origin: 'registry' };
  return { ecosystem, name: entry.slice(0, colon), ...pinned(entry.slice(colon + 1), /^\d+(?:\.[\w-]+)*$/) };
}

function pinned(
  version: string,
  exact: RegExp,
): { readonly version: string; readonly requested: string; readonly origin: 'registry' } {
  return exact.test(version)
    ? { version, requested: '', origin: 'registry' }
    : { version: '', requested: version, origin: 'registry' };
}
