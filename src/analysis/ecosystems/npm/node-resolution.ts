/**
 * Node's look-up of `node_modules`, over locations of a lockfile (`node_modules/a/node_modules/b`, `packages/x`).
 * https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export interface InstallTree {
  /** Puts a node where it is installed; a location without `node_modules` (a workspace) can be asked from, never found. */
  place(location: string, node: number): void;
  /** The node that a package at `location` gets for `name`; `undefined` when nothing is installed for it. */
  resolve(location: string, name: string): number | undefined;
}

/** The `node_modules` folders that a location sees, nearest first. */
interface Chain {
  readonly folder: ReadonlyMap<string, number>;
  readonly next: Chain | undefined;
}

const MARK = 'node_modules/';

/** An empty tree. Place every node before resolving any: what a location sees is remembered. */
export function installTree(): InstallTree {
  const folders = new Map<string, Map<string, number>>();
  const chains = new Map<string, Chain | undefined>();

  const chainOf = (location: string): Chain | undefined => {
    const known = chains.get(location);
    if (known !== undefined) return known;
    // Nearly always what is above is known, and there is nothing below: no list is needed.
    const above = parentOf(location);
    if (above !== undefined && chains.has(above)) {
      const below = folders.get(location);
      const rest = chains.get(above);
      const made = below === undefined ? rest : { folder: below, next: rest };
      chains.set(location, made);
      return made;
    }
    // Upward until something known, then back down: no recursion, locations may nest deeply.
    const pending: string[] = [];
    let at: string | undefined = location;
    while (at !== undefined && !chains.has(at)) {
      pending.push(at);
      at = parentOf(at);
    }
    let chain = at === undefined ? undefined : chains.get(at);
    for (let i = pending.length - 1; i >= 0; i--) {
      const own = folders.get(pending[i]!);
      if (own !== undefined) chain = { folder: own, next: chain };
      chains.set(pending[i]!, chain);
    }
    return chain;
  };

  // Dependencies of one package are resolved one after another.
  let lastLocation: string | undefined;
  let lastChain: Chain | undefined;
  return {
    place(location, node) {
      const place = installPlace(location);
      if (place === undefined) return;
      let names = folders.get(place.folder);
      if (names === undefined) folders.set(place.folder, (names = new Map()));
      names.set(place.name, node);
    },
    resolve(location, name) {
      if (location !== lastLocation) {
        lastChain = chainOf(location);
        lastLocation = location;
      }
      for (let chain = lastChain; chain !== undefined; chain = chain.next) {
        const node = chain.folder.get(name);
        if (node !== undefined) return node;
      }
      return undefined;
    },
  };
}

/** The folder whose `node_modules` a location lies in, and its name there; `undefined` for what lies in none. */
export function installPlace(
  location: string,
): { readonly folder: string; readonly name: string } | undefined {
  const mark = location.lastIndexOf(MARK);
  if (mark === -1 || (mark > 0 && location.charCodeAt(mark - 1) !== 47)) return undefined;
  return { folder: location.slice(0, Math.max(0, mark - 1)), name: location.slice(mark + MARK.length) };
}

/** The folders whose `node_modules` a location sees, nearest first; `undefined` when there are more than `most`. */
export function seenFolders(location: string, most: number): string[] | undefined {
  const folders: string[] = [];
  for (let at: string | undefined = location; at !== undefined; at = parentOf(at)) {
    if (folders.length === most) return undefined;
    folders.push(at);
  }
  return folders;
}

/** The folder above that can hold a `node_modules`; `undefined` above the root and outside it. */
function parentOf(location: string): string | undefined {
  if (location === '' || location === '..' || location.endsWith('/..')) return undefined;
  const mark = location.lastIndexOf('/' + MARK);
  const top = location.startsWith(MARK) ? '' : undefined;
  const slash = location.lastIndexOf('/');
  // Below the last node_modules there may be a name (with or without scope), or a folder inside that package.
  if (mark !== -1) return location.slice(0, mark);
  if (top !== undefined) return top;
  return slash === -1 ? '' : location.slice(0, slash);
}

/** The name in the last `node_modules/` of a location, or its last folder. */
export function installedName(location: string): string {
  const mark = location.lastIndexOf(MARK);
  return mark === -1 ? location.slice(location.lastIndexOf('/') + 1) : location.slice(mark + MARK.length);
}
