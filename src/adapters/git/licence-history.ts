import type { LicenceEdit } from '../../model/adoption.ts';
import { AssayError } from '../../model/problem.ts';
import type { Mainline } from './history.ts';
import type { Objects } from './objects.ts';
import { MODE_FOLDER, MODE_SUBMODULE, parseTree } from './tree-object.ts';

/** Looked at one by one; a longer line is sampled, and only where two samples differ commit by commit. */
const EXACT_COMMITS = 1500;
const MAX_LICENCE_BYTES = 512 * 1024;
const MAX_EDITS = 1000;
/** Names that licences have at the top of a repository. */
const LICENCE_NAME = /^(?:un)?licen[cs]es?(?:[-._].*)?$|^copying(?:[-._].*)?$/i;

/** Whether a file of the top folder is one that states the licence, by its name. */
export function isLicenceName(name: string): boolean {
  return LICENCE_NAME.test(name) && !/\.(?:js|ts|py|rb|go|json|ya?ml|html?|sh|svg|png)$/i.test(name);
}

/**
 * How the licence files of the top folder changed along the main line, newest first. `step` says how fine the look was:
 * an edit that was undone within so many commits may be missing (1 = none is). Trees that cannot be read count as unchanged.
 */
export function readLicenceEdits(
  mainline: Mainline,
  objects: Objects,
  idBytes: number,
): { readonly edits: readonly LicenceEdit[]; readonly step: number } {
  const step = Math.max(1, Math.ceil(mainline.length / EXACT_COMMITS));
  const edits: LicenceEdit[] = [];
  const read = (index: number, otherwise: Files): Files =>
    licenceFiles(mainline.tree(index), objects, idBytes) ?? otherwise;
  const last = mainline.length - 1;
  let newer = last < 0 ? NO_FILES : read(0, NO_FILES);
  let at = 0;
  while (at < last && edits.length < MAX_EDITS) {
    const next = Math.min(at + step, last);
    const older = read(next, newer);
    if (!same(newer, older)) {
      let upper = newer;
      for (let i = at; i < next; i++) {
        const below = i + 1 === next ? older : read(i + 1, upper);
        if (!same(upper, below))
          edits.push(...changes(below, upper, mainline.id(i), mainline.committedAt(i), objects));
        upper = below;
      }
    }
    newer = older;
    at = next;
  }
  return { edits, step };
}

/** Name → blob id. */
type Files = ReadonlyMap<string, string>;
const NO_FILES: Files = new Map();

function licenceFiles(tree: string, objects: Objects, idBytes: number): Files | undefined {
  try {
    const object = objects.read(tree);
    const entries = object.type === 'tree' ? parseTree(object.bytes, idBytes) : undefined;
    if (entries === undefined) return undefined;
    return new Map(
      entries
        .filter(({ mode, name }) => mode !== MODE_FOLDER && mode !== MODE_SUBMODULE && isLicenceName(name))
        .map(({ name, id }) => [name, id]),
    );
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

function same(a: Files, b: Files): boolean {
  if (a.size !== b.size) return false;
  for (const [name, id] of a) if (b.get(name) !== id) return false;
  return true;
}

/** One edit for each file. A file that went while another of the same commit came is one edit: it was moved. */
function changes(
  before: Files,
  after: Files,
  commit: string,
  at: number,
  objects: Objects,
): readonly LicenceEdit[] {
  const gone = [...before.keys()].filter((name) => !after.has(name)).sort();
  const come = [...after.keys()].filter((name) => !before.has(name)).sort();
  const kept = [...after.keys()].filter((name) => before.has(name) && before.get(name) !== after.get(name));
  const edit = (path: string, old: string | undefined, now: string | undefined): LicenceEdit => ({
    commit,
    at,
    path,
    ...textOf('before', old, objects),
    ...textOf('after', now, objects),
  });
  const edits = kept.sort().map((name) => edit(name, before.get(name), after.get(name)));
  while (gone.length > 0 && come.length > 0) {
    const from = gone.shift()!;
    const to = come.shift()!;
    edits.push(edit(to, before.get(from), after.get(to)));
  }
  for (const name of gone) edits.push(edit(name, before.get(name), undefined));
  for (const name of come) edits.push(edit(name, undefined, after.get(name)));
  return edits;
}

function textOf(key: 'before' | 'after', id: string | undefined, objects: Objects): Partial<LicenceEdit> {
  if (id === undefined) return {};
  try {
    return { [key]: objects.read(id, MAX_LICENCE_BYTES).bytes.toString('utf8') };
  } catch (error) {
    if (error instanceof AssayError) return {};
    throw error;
  }
}
