import type { Origin } from '../../../model/extractor.ts';
import { commitOf, isRegistryTarball, nameInTarball, originOfSource } from './source.ts';
import { decodePart, nameOfJsr, parseSpec } from './spec.ts';
import type { YarnEntry } from './yarn-document.ts';

/** What a yarn entry is. */
export interface YarnIdentity {
  /** The real name behind an alias. */
  readonly name: string;
  readonly version: string;
  readonly origin: Origin;
  readonly source: string | undefined;
  /** As written; a hash that only the address holds is given as `sha1:…`. */
  readonly integrity: string | undefined;
  /** Folder of a workspace, relative to the lockfile's. */
  readonly workspace: string | undefined;
  /** For a patched package, the locator of what is patched: `lodash@npm:4.17.21`. */
  readonly patches: string | undefined;
  /** The protocol of the locator, where neither yarn nor a plugin that we know of has it: what it is, is not known. */
  readonly unknown?: string;
}

/** `@a/b@range` → `['@a/b', 'range']`. */
export function splitDescriptor(descriptor: string): readonly [name: string, range: string] {
  const at = descriptor.indexOf('@', 1);
  return at === -1 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}

/** Identity of a classic entry: the address it was resolved to says where it comes from, its descriptors what it was asked for as. */
export function identifyClassic(entry: YarnEntry): YarnIdentity {
  const [asked, range] = splitDescriptor(entry.descriptors[0] ?? '');
  const spec = parseSpec(asked, range);
  const version = entry.fields.get('version') ?? '';
  const resolved = entry.fields.get('resolved');
  const hash = resolved?.indexOf('#') ?? -1;
  const address = hash === -1 || resolved === undefined ? resolved : resolved.slice(0, hash);
  const sha1 = resolved !== undefined && hash !== -1 ? resolved.slice(hash + 1) : '';
  const stated = entry.fields.get('integrity');
  const integrity =
    stated ??
    (/^[0-9a-f]{40}$/.test(sha1) && address?.includes('.tgz') === true ? `sha1:${sha1}` : undefined);
  // Of an alias without a name of its own (`npm:` and a tag), only the address says what it stands for.
  const served = range.startsWith('npm:') && address !== undefined ? nameInTarball(address) : undefined;
  const name = served !== undefined && isRegistryTarball(address!, served, version) ? served : spec.name;
  const origin = resolved === undefined ? spec.origin : originOfSource(address!, name, version);
  return {
    name,
    version,
    origin: origin === 'workspace' ? 'file' : origin,
    source: resolved,
    integrity,
    workspace: undefined,
    patches: undefined,
  };
}

/**
 * Identity of a berry entry, from its `resolution`: a locator such as `react@npm:16.14.0` or `a@workspace:packages/a`.
 * Only `npm:` and `jsr:` are releases of a registry, and a patch of one; everything else may share a release's name and number and
 * be something else, so that no advisory is held against it. https://yarnpkg.com/protocols
 */
export function identifyBerry(entry: YarnEntry): YarnIdentity {
  const resolution = entry.fields.get('resolution') ?? entry.descriptors[0] ?? '';
  const [name, reference] = splitDescriptor(resolution);
  const colon = reference.indexOf(':');
  const protocol = reference.slice(0, Math.max(0, colon));
  // `::` starts parameters: the archive's address, the locator that a file is relative to.
  const [bare, parameters] = splitParameters(reference);
  const stated = entry.fields.get('version') ?? '';
  // What berry writes for folders, whose own version it does not keep.
  const version = stated === '0.0.0-use.local' ? '' : stated;
  const integrity = entry.fields.get('checksum');
  const known = { name, version, integrity, source: undefined, workspace: undefined, patches: undefined };
  switch (protocol) {
    case 'npm':
    case 'jsr': {
      const archive = /(?:^|&)__archiveUrl=([^&]*)/.exec(parameters)?.[1];
      return {
        ...known,
        name: protocol === 'jsr' ? nameOfJsr(name) : name,
        origin: 'registry',
        source: archive === undefined ? undefined : decodePart(archive),
      };
    }
    case 'workspace':
      return { ...known, version: '', origin: 'workspace', workspace: bare.slice(colon + 1) };
    case 'patch': {
      const target = patchedLocator(bare);
      return { ...known, origin: parseSpec(...splitDescriptor(target)).origin, patches: target };
    }
    // A version such as `0.0.0-condition-4d8c2f` is of the shim. https://github.com/nicolo-ribaudo/yarn-plugin-conditions
    case 'condition':
      return { ...known, version: '', origin: 'file', source: bare };
    default: {
      // Every git locator of berry names its commit, whatever the spelling of its address.
      const origin = /[#&]commit=/.test(bare) ? 'git' : originOfSource(bare, name, version);
      if (origin === 'registry' && protocol !== 'http' && protocol !== 'https')
        return { ...known, version: '', origin: 'file', source: bare, unknown: protocol };
      const commit = origin === 'git' && version === '' ? commitOf(bare) : version;
      return { ...known, version: commit, origin, source: bare };
    }
  }
}

/** What a `patch:` reference changes: `lodash@npm%3A4.17.21#./fix.patch` is of `lodash@npm:4.17.21`. A patch of a patch is of what that one changes. */
function patchedLocator(reference: string): string {
  for (let bare = reference; ;) {
    const hash = bare.indexOf('#');
    const target = decodePart(bare.slice(bare.indexOf(':') + 1, hash === -1 ? bare.length : hash));
    const [name, inner] = splitDescriptor(target);
    const [plain] = splitParameters(inner);
    if (!plain.startsWith('patch:')) return `${name}@${plain}`;
    bare = plain;
  }
}

/** `npm:1.0.0::__archiveUrl=…` → `['npm:1.0.0', '__archiveUrl=…']`. */
function splitParameters(reference: string): readonly [bare: string, parameters: string] {
  const cut = reference.indexOf('::');
  return cut === -1 ? [reference, ''] : [reference.slice(0, cut), reference.slice(cut + 2)];
}
