import { eachLine } from '../../text/lines.ts';

/** A section that gems come from. */
export type SourceKind = 'GEM' | 'GIT' | 'PATH' | 'PLUGIN SOURCE';

/** One `name (version-platform)` of a section's specs. */
export interface LockedGem {
  readonly name: string;
  readonly version: string;
  /** `x86_64-linux`; `''` for plain ruby. */
  readonly platform: string;
  readonly line: number;
  readonly source: LockedSource;
  /** What it asks for: names with requirements as written, e.g. `~> 1.0, >= 1.0.2`. */
  readonly needs: readonly { readonly name: string; readonly range: string }[];
}

export interface LockedSource {
  readonly kind: SourceKind;
  remote: string;
  revision: string;
}

/** One line of DEPENDENCIES. `isPinned` is the `!` of a gem with a source of its own. */
export interface LockedDependency {
  readonly name: string;
  readonly range: string;
  readonly isPinned: boolean;
  readonly line: number;
}

export interface GemfileLock {
  readonly gems: readonly LockedGem[];
  readonly dependencies: readonly LockedDependency[];
  /** By `name version` or `name version-platform`, as the CHECKSUMS section writes them: `sha256=…`. `undefined` without that section. */
  readonly checksums: ReadonlyMap<string, string> | undefined;
  readonly unread: readonly { readonly line: number; readonly text: string }[];
  /** A section that every complete lockfile has was seen. */
  readonly isComplete: boolean;
}

/** Sections that hold nothing about components. */
const OTHER = new Set(['PLATFORMS', 'RUBY VERSION', 'BUNDLED WITH', 'METADATA', 'PROVIDES', 'BUILTINS']);

/**
 * Reads the text of a Gemfile.lock: sections at the margin, their entries at two, three, four and six blanks. Linear.
 * https://github.com/rubygems/rubygems/blob/master/bundler/lib/bundler/lockfile_parser.rb says how bundler itself reads it.
 */
export function readGemfileLock(text: string): GemfileLock {
  const gems: (LockedGem & { needs: { name: string; range: string }[] })[] = [];
  const dependencies: LockedDependency[] = [];
  const unread: { line: number; text: string }[] = [];
  let checksums: Map<string, string> | undefined;
  let section = '';
  let source: LockedSource | undefined;
  let isComplete = false;
  eachLine(text, (line, number) => {
    if (line.trim() === '') return;
    if (line[0] !== ' ') {
      section = line.trimEnd();
      source = isSource(section) ? { kind: section, remote: '', revision: '' } : undefined;
      if (section === 'CHECKSUMS') checksums = new Map();
      else if (section === 'DEPENDENCIES') isComplete = true;
      else if (source === undefined && !OTHER.has(section)) unread.push({ line: number, text: section });
      return;
    }
    const indent = indentOf(line);
    const body = line.slice(indent).trimEnd();
    if (source !== undefined) {
      if (indent === 2) readOption(source, body);
      else if (indent === 4) {
        const gem = readEntry(body);
        if (gem === undefined || gem.inner === '') unread.push({ line: number, text: body });
        else gems.push({ name: gem.name, ...splitPlatform(gem.inner), line: number, source, needs: [] });
      } else if (indent === 6) {
        const need = readEntry(body);
        if (need === undefined) unread.push({ line: number, text: body });
        else gems.at(-1)?.needs.push({ name: need.name, range: need.inner });
      } else unread.push({ line: number, text: body });
    } else if (section === 'DEPENDENCIES') {
      const isPinned = body.endsWith('!');
      const found = readEntry(isPinned ? body.slice(0, -1) : body);
      if (found === undefined) unread.push({ line: number, text: body });
      else dependencies.push({ name: found.name, range: found.inner, isPinned, line: number });
    } else if (section === 'CHECKSUMS') {
      const close = body.indexOf(')');
      const found = close === -1 ? undefined : readEntry(body.slice(0, close + 1));
      if (found === undefined) unread.push({ line: number, text: body });
      else checksums?.set(`${found.name} ${found.inner}`, body.slice(close + 1).trim());
    } else if (section === '') unread.push({ line: number, text: body });
  });
  return { gems, dependencies, checksums, unread, isComplete };
}

const isSource = (section: string): section is SourceKind =>
  section === 'GEM' || section === 'GIT' || section === 'PATH' || section === 'PLUGIN SOURCE';

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent++;
  return indent;
}

function readOption(source: LockedSource, body: string): void {
  const colon = body.indexOf(': ');
  if (colon === -1) return;
  const key = body.slice(0, colon);
  // A GEM section may name several remotes; the first is where its gems are said to come from.
  if (key === 'remote' && source.remote === '') source.remote = body.slice(colon + 2);
  else if (key === 'revision') source.revision = body.slice(colon + 2);
}

/** `name` or `name (inner)`; `undefined` for anything else. */
function readEntry(body: string): { readonly name: string; readonly inner: string } | undefined {
  const open = body.indexOf(' (');
  if (open === -1) return /^[^\s()]+$/.test(body) ? { name: body, inner: '' } : undefined;
  const name = body.slice(0, open);
  if (!body.endsWith(')') || /[\s()]/.test(name) || name === '') return undefined;
  return { name, inner: body.slice(open + 2, -1) };
}

/** `1.16.0-x86_64-linux` → version and platform: gem versions hold no `-`. */
function splitPlatform(inner: string): { readonly version: string; readonly platform: string } {
  const dash = inner.indexOf('-');
  return dash === -1
    ? { version: inner, platform: '' }
    : { version: inner.slice(0, dash), platform: inner.slice(dash + 1) };
}
