import type { Snapshot } from '../../model/result.ts';
import { sha256, uuidOf } from './digest.ts';

/** What the report is about, as a thing with a name. */
export interface Subject {
  readonly name: string;
  /** Commit, or the version that the project itself states; empty when neither is known. */
  readonly version: string;
  /** `pkg:generic/…` unless the tree holds exactly one project of its own and that has a purl. */
  readonly purl: string;
}

/** Names the scanned tree: by its only project, else by the last part of how the person named it. */
export function subjectOf(snapshot: Snapshot): Subject {
  const { target, inventory } = snapshot;
  const projects = inventory.components.filter(({ origin }) => origin === 'project');
  const [project] = projects;
  if (projects.length === 1 && project !== undefined && project.name !== '')
    return { name: project.name, version: target.commit ?? project.version, purl: project.purl };
  const name =
    target.name
      .split(/[/\\]/)
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .at(-1) ?? 'repository';
  const version = target.commit ?? '';
  return {
    name,
    version,
    purl: `pkg:generic/${encodeURIComponent(wellFormed(name))}${version === '' ? '' : `@${encodeURIComponent(wellFormed(version))}`}`,
  };
}

/** The identity of a document made from this snapshot: the same snapshot and format give the same UUID, and any other gives another. */
export function documentUuid(snapshot: Snapshot, format: string): string {
  const { inventory, findings, knowledge, target, takenAt, tool, problems } = snapshot;
  return uuidOf(
    JSON.stringify([
      format,
      tool.version,
      target,
      takenAt,
      knowledge.digest,
      sha256(inventory.components.map(({ purl }) => purl).join('\n')),
      inventory.manifests.map(({ path, occurrences, targets }) => [path, occurrences.length, targets.length]),
      findings.map(({ fingerprint, priority, decision }) => [fingerprint, priority, decision ?? '']),
      problems.map(({ code, at }) => [code, at?.path ?? '', at?.line ?? 0]),
    ]),
  );
}

/** A URL without a user's name and password in it, or `undefined` when it is none that a report may link to. */
export function publicUrl(source: string | undefined): string | undefined {
  if (source === undefined || !/^[a-z][a-z0-9+.-]*:\/\/[^\s<>"\\^`{|}]+$/i.test(source)) return undefined;
  return shownSource(source);
}

/** Any `source` as it may be shown: what stands before `@` in the host part of a URL is taken out, and what is no URL stays. Linear. */
export function shownSource(source: string): string {
  const at = source.indexOf('@');
  if (at === -1) return source;
  // Mostly it begins a scope in the path of the only URL.
  const scheme = source.indexOf('://');
  const slash = scheme === -1 ? -1 : source.indexOf('/', scheme + 3);
  if (scheme === -1 || (slash !== -1 && slash < at && !source.includes('://', slash))) return source;
  let shown = '';
  let done = 0;
  for (let next = scheme; next !== -1; next = source.indexOf('://', done)) {
    const start = next + 3;
    let end = start;
    let lastAt = -1;
    for (; end < source.length && !HOST_ENDS.has(source.charCodeAt(end)); end++)
      if (source.charCodeAt(end) === 64 /* @ */) lastAt = end;
    shown += source.slice(done, start) + source.slice(lastAt === -1 ? start : lastAt + 1, end);
    done = end;
  }
  return shown + source.slice(done);
}

const HOST_ENDS: ReadonlySet<number> = new Set(
  ['/', '?', '#', ' ', '\t', '\n', '"', "'", '<', '>'].map((letter) => letter.charCodeAt(0)),
);

/** Lone surrogates (in a file name that is no UTF-8) become U+FFFD: `encodeURIComponent` throws on them. */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
