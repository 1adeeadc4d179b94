import type { ExtractedComponent, Extraction } from '../../model/extractor.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { ExtractedFile } from '../graph/inventory.ts';
import { baseName, folderOf } from '../text/paths.ts';
import type { ComparedSide } from './compare.ts';

/** A file of one side: its graph, and the entries as the extractor gave them, by the same numbers. */
export interface FileView {
  readonly inventory: Inventory;
  readonly manifest: Manifest;
  readonly extraction: Extraction;
}

/** The same file on both sides, or one that took the place of another (`was`), or one that only one side has. */
export interface FilePair {
  readonly base?: FileView;
  readonly head?: FileView;
  /** Path on the base side, when it is another. */
  readonly was?: string;
}

export function fileViews({ snapshot: { inventory }, files }: ComparedSide): FileView[] {
  const extractions = new Map(files.map((file) => [keyOf(file), file.extraction]));
  return inventory.manifests.map((manifest) => ({
    inventory,
    manifest,
    extraction: extractions.get(keyOf(manifest))!,
  }));
}

/** What an entry of the file says; occurrences and entries have the same numbers. */
export const entryOf = (view: FileView, node: number): ExtractedComponent =>
  view.extraction.components[node]!;

/**
 * Pairs files by path and extractor; what is left by folder and ecosystem (another package manager, a first lockfile),
 * then by the project's name, then by file name where only one is left on each side (a folder was moved).
 */
export function pairFiles(base: readonly FileView[], head: readonly FileView[]): FilePair[] {
  const pairs: FilePair[] = [];
  let fromBase = [...base];
  let fromHead = [...head];
  const match = (keyOfView: (view: FileView) => string | undefined, exact: boolean): void => {
    const open = new Map<string, FileView[]>();
    for (const view of fromBase) {
      const key = keyOfView(view);
      if (key !== undefined) open.set(key, [...(open.get(key) ?? []), view]);
    }
    const wanted = new Map<string, number>();
    for (const view of fromHead) {
      const key = keyOfView(view);
      if (key !== undefined) wanted.set(key, (wanted.get(key) ?? 0) + 1);
    }
    const taken = new Set<FileView>();
    for (const view of fromHead) {
      const key = keyOfView(view);
      const found = key === undefined ? undefined : open.get(key);
      // A guess must be the only one.
      if (found === undefined || (!exact && (found.length !== 1 || wanted.get(key!) !== 1))) continue;
      const other = found.shift();
      if (other === undefined || taken.has(other)) continue;
      taken.add(other).add(view);
      pairs.push({
        base: other,
        head: view,
        ...(other.manifest.path === view.manifest.path ? {} : { was: other.manifest.path }),
      });
    }
    fromBase = fromBase.filter((view) => !taken.has(view));
    fromHead = fromHead.filter((view) => !taken.has(view));
  };
  match(({ manifest }) => keyOf(manifest), true);
  match(
    ({ manifest }) => replaceable(manifest, `${ecosystemOf(manifest)}\0${folderOf(manifest.path)}`),
    false,
  );
  match((view) => replaceable(view.manifest, projectOf(view)), false);
  match(({ manifest }) => replaceable(manifest, `${manifest.extractor}\0${baseName(manifest.path)}`), false);
  return [...pairs, ...fromBase.map((view) => ({ base: view })), ...fromHead.map((view) => ({ head: view }))];
}

const keyOf = ({ path, extractor }: Pick<ExtractedFile, 'path' | 'extractor'>): string =>
  `${path}\0${extractor}`;

/** Extractor ids begin with their ecosystem's folder. */
const ecosystemOf = ({ extractor }: Manifest): string => extractor.slice(0, extractor.indexOf('/'));

/** Workflows, Dockerfiles and SBOMs stand for themselves: another one is not the same one elsewhere. */
const replaceable = ({ role }: Manifest, key: string | undefined): string | undefined =>
  role === 'lock' || role === 'manifest' ? key : undefined;

function projectOf({ inventory, manifest }: FileView): string | undefined {
  const root = manifest.roots.find((node) => componentAt(inventory, manifest, node).origin === 'project');
  if (root === undefined) return undefined;
  const { ecosystem, name } = componentAt(inventory, manifest, root);
  return name === '' || name === '(root)' ? undefined : `${ecosystem}\0${name}`;
}

const componentAt = (inventory: Inventory, manifest: Manifest, node: number) =>
  inventory.components[manifest.occurrences[node]!.component]!;
