import { edgeKey } from './listing.ts';
import type { Listing, Listings } from './listing.ts';

/** Why a peer's component or edge is not among ours, in words. Checked for each difference, never assumed. */
export const CLASSES = {
  alias:
    'an npm alias: the peer names the component by its alias, we by its own name (that is what advisories name), with the alias noted',
  case: 'the peer writes npm names in lower case; old names have capitals (`JSONStream`), in lower case they are other names, and we keep what is written',
  notReleased:
    'from git or a URL, or a workspace: the peer gives it a URL or nothing for a version, we say what it is and never match it as a release',
  goSum:
    'a go.mod from before Go 1.17: the peer adds every version of go.sum, also those with only a checksum of their go.mod, which were weighed and never built with; we list those whose contents have a checksum',
  goSumFile: 'the peer says go.sum where we say the go.mod beside it',
  included:
    'named by a requirements file that the peer’s file includes: we list it there, once, where it is changed',
  goIndirect:
    'go.mod does not say what needs an `// indirect` requirement: the peer hangs it from the main module, we leave its parent open',
  otherFile:
    'the peer repeats the modules and what they need below an aggregating POM; we list each under the POM that declares it',
  versionOutside:
    'a module names it without a version and a BOM outside the tree may give one: the peer takes the version of a dependency of the parent, which Maven does not; we say that the version is not known',
  inherited:
    'inherited from a parent POM: the peer draws the edge from the module, we from the parent that declares it, where it is changed',
} as const;

export type DifferenceClass = keyof typeof CLASSES;

/** Whether the go.sum beside a go.mod has only a go.mod checksum for a component. */
export type NotBuiltWith = (key: string, goMod: string) => boolean;

/** What of ours answers to a peer's component, and why the keys differ; undefined when nothing does. */
function counterpart(
  key: string,
  ours: Listing,
): { readonly key: string; readonly why: DifferenceClass } | undefined {
  const alias = ours.aliases.get(key);
  if (alias !== undefined) return { key: alias, why: 'alias' };
  const [type, name = '', version = ''] = key.split(' ');
  if (type !== 'npm') return undefined;
  for (const other of ours.components) {
    const [otherType, otherName = '', otherVersion = ''] = other.split(' ');
    if (otherType !== type) continue;
    if (otherName === name && !/^\d/.test(version)) return { key: other, why: 'notReleased' };
    if (otherName !== name && otherName.toLowerCase() === name && otherVersion === version)
      return { key: other, why: 'case' };
  }
  return undefined;
}

/** The class of a component that the peer finds in `file` and we do not; undefined: not explained. */
export function classOfComponent(
  key: string,
  file: string,
  all: Listings,
  notBuiltWith: NotBuiltWith,
): DifferenceClass | undefined {
  const ours = all.get(file);
  const besides = all.get(file.replace(/go\.sum$/, 'go.mod'));
  if (file.endsWith('/go.sum') && besides?.components.has(key) === true) return 'goSumFile';
  if (ours === undefined) return undefined;
  const other = counterpart(key, ours);
  if (other !== undefined) return other.why;
  if (notBuiltWith(key, file)) return 'goSum';
  if (key.startsWith('pypi ') && file.endsWith('.txt') && elsewhere(key, file, all)) return 'included';
  if (key.startsWith('maven ') && ours.components.has(key.slice(0, key.lastIndexOf(' ') + 1)))
    return 'versionOutside';
  if (key.startsWith('maven ') && elsewhere(key, file, all)) return 'otherFile';
  return undefined;
}

/** The class of an edge that the peer finds in `file` and we do not; undefined: not explained. */
export function classOfEdge(
  edge: string,
  file: string,
  all: Listings,
  notBuiltWith: NotBuiltWith,
): DifferenceClass | undefined {
  const ours = all.get(file);
  if (ours === undefined) return undefined;
  const [from = '', to = ''] = edge.split(' → ');
  const start = counterpart(from, ours);
  const end = counterpart(to, ours);
  const why = start?.why ?? end?.why;
  if (why !== undefined && ours.edges.has(edgeKey(start?.key ?? from, end?.key ?? to))) return why;
  if (from.startsWith('golang '))
    return from.endsWith(' ') && ours.components.has(to)
      ? 'goIndirect'
      : notBuiltWith(to, file)
        ? 'goSum'
        : undefined;
  if (!from.startsWith('maven ')) return undefined;
  if (!ours.components.has(to)) return elsewhere(to, file, all) ? 'otherFile' : undefined;
  return [...ours.edges].some((edge) => edge.endsWith(` → ${to}`)) ? 'inherited' : undefined;
}

/** Do we list it under another file of the same repository? */
function elsewhere(key: string, file: string, all: Listings): boolean {
  const repository = `${file.split('/').slice(0, 2).join('/')}/`;
  for (const [path, { components }] of all)
    if (path !== file && path.startsWith(repository) && components.has(key)) return true;
  return false;
}
