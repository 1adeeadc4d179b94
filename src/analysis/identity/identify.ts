import type { Component, Purl } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { VersionComponent } from '../../model/extractor.ts';
import { ecosystemOf, ecosystems } from '../ecosystems/index.ts';
import { folderOf } from '../text/paths.ts';
import { formatPurl, parsePurl, type PurlParts } from './purl.ts';

/** Who a component is. Two extracted entries with the same `key` are one component. */
export interface Identity {
  readonly key: string;
  readonly ecosystem: EcosystemId;
  /** Canonical name. */
  readonly name: string;
  /** Nothing but ecosystem, name and version is in `key`: what a registry released under that name. */
  readonly isReleased: boolean;
  /** Made when asked for: most entries are of components that are known already. */
  readonly purl: () => Purl;
}

const byPurlType = new Map(ecosystems.toReversed().map((ecosystem) => [ecosystem.purlType, ecosystem]));

/**
 * Identity of an extracted entry: ecosystem, canonical name and version; for what does not come from a registry
 * also where it comes from, since a git checkout or a workspace member is not the published component of that name.
 * A purl that the file states itself (SBOMs) decides ecosystem and name where its type is one of ours.
 */
export function identify(found: VersionComponent, ecosystem: EcosystemId, path: string): Identity {
  if (found.purl !== undefined) {
    const parsed = parsePurl(found.purl);
    if (parsed.ok) return fromPurl(parsed.purl, parsed.parts, found);
  }
  const name = ecosystemOf(ecosystem).normaliseName(found.name === '' ? nameOfFolder(path) : found.name);
  return {
    key: keyOf(ecosystem, name, found),
    ecosystem,
    name,
    isReleased: isReleased(found),
    purl: () => purlOf(found, ecosystem, name),
  };
}

/** The key of what a registry released: see `Identity.isReleased`. */
export function releasedKey(ecosystem: EcosystemId, name: string, version: string): string {
  return `${ecosystem}\0${name}\0${version}`;
}

/** The purl of what a registry released; `name` is canonical. */
export function releasedPurl(ecosystem: EcosystemId, name: string, version: string): Purl {
  const rules = ecosystemOf(ecosystem);
  const [namespace, last] = rules.purlName(name);
  return formatPurl({ type: rules.purlType, namespace, name: last === '' ? name : last, version });
}

function purlOf(found: VersionComponent, ecosystem: EcosystemId, name: string): Purl {
  const qualifiers = placeOf(found);
  if (qualifiers === undefined) return releasedPurl(ecosystem, name, found.version);
  const rules = ecosystemOf(ecosystem);
  const [namespace, last] = rules.purlName(name);
  return formatPurl({
    type: rules.purlType,
    namespace,
    name: last === '' ? name : last,
    version: found.version,
    qualifiers,
  });
}

function fromPurl(purl: Purl, parts: PurlParts, found: VersionComponent): Identity {
  const rules = byPurlType.get(parts.type);
  if (rules === undefined)
    return {
      key: `Other\0${purl}`,
      ecosystem: 'Other',
      name: found.name,
      isReleased: false,
      purl: () => purl,
    };
  const joiner = rules.id === 'Maven' ? ':' : '/';
  const full = parts.namespace === '' ? parts.name : `${parts.namespace}${joiner}${parts.name}`;
  const name = rules.normaliseName(full);
  return {
    key: keyOf(rules.id, name, found),
    ecosystem: rules.id,
    name,
    isReleased: isReleased(found),
    purl: () => purl,
  };
}

function keyOf(ecosystem: EcosystemId, name: string, found: VersionComponent): string {
  const version = found.version === '' ? `\0${found.requested ?? ''}` : found.version;
  const base = releasedKey(ecosystem, name, version);
  if (found.origin === 'registry' || found.origin === 'unknown') return base;
  return `${base}\0${found.origin}\0${found.source ?? ''}`;
}

const isReleased = ({ origin, version }: VersionComponent): boolean =>
  version !== '' && (origin === 'registry' || origin === 'unknown');

/** purl qualifiers that say where a component not from a registry comes from. */
function placeOf(found: VersionComponent): ReadonlyMap<string, string> | undefined {
  if (found.source === undefined) return undefined;
  if (found.origin === 'git') return new Map([['vcs_url', found.source]]);
  if (found.origin === 'url') return new Map([['download_url', found.source]]);
  return undefined;
}

/** A project without a name is called after its folder; the root's is `(root)`. */
function nameOfFolder(path: string): string {
  const folder = folderOf(path);
  return folder === '' ? '(root)' : folder.slice(folder.lastIndexOf('/') + 1);
}

/** The component's purl without version, qualifiers and subpath: what fingerprints and decisions name. */
export function versionless(component: Pick<Component, 'ecosystem' | 'name' | 'purl'>): Purl {
  if (component.ecosystem === 'Other') {
    const at = component.purl.search(/[@?#]/);
    return (at === -1 ? component.purl : component.purl.slice(0, at)) as Purl;
  }
  const rules = ecosystemOf(component.ecosystem);
  const [namespace, name] = rules.purlName(component.name);
  return formatPurl({ type: rules.purlType, namespace, name: name === '' ? component.name : name });
}
