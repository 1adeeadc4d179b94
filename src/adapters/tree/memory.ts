import type { Tree } from '../../model/tree.ts';
import { treeFrom } from './from-source.ts';
import { emptyFound, WHY_NODE_MODULES } from './listing.ts';
import type { Wanted } from './left-out.ts';
import { installedFolder } from './left-out.ts';

/**
 * A tree of given files, for tests and for callers that have no disk. Text is UTF-8; `{ link }` is a symbolic link.
 * Behaves as the real ones do: the same contract suite runs over it.
 */
export function memory(
  files:
    | Readonly<Record<string, string | Uint8Array | { readonly link: string }>>
    | ReadonlyMap<string, string | Uint8Array>,
  name = 'memory',
  wanted: Wanted = {},
): Tree {
  const contents = new Map<string, Uint8Array>();
  return treeFrom({
    kind: 'worktree',
    name: () => name,
    find: () => {
      const found = emptyFound();
      const installed = new Set<string>();
      for (const [path, content] of files instanceof Map ? files : Object.entries(files)) {
        const folder = wanted.installed === true ? undefined : installedFolder(path);
        if (folder !== undefined) installed.add(folder);
        else if (typeof content === 'object' && 'link' in content)
          found.links.push({ path, target: content.link });
        else {
          const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
          contents.set(path, bytes);
          found.entries.push({ path, size: bytes.length });
        }
      }
      for (const path of installed) found.skipped.push({ path, why: WHY_NODE_MODULES });
      return found;
    },
    bytes: (entry) => contents.get(entry.path)!,
  });
}
