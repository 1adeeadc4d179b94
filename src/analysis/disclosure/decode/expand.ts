import type { Container } from './container.ts';
import { containerOf } from './container.ts';
import { unescapedLines } from './escapes.ts';
import { gunzip } from './gzip.ts';
import { inflateZlib } from './inflate.ts';
import type { Expansion, Limits, Outlet } from './outlet.ts';
import { LIMITS, roomIn } from './outlet.ts';
import { encodedRuns } from './runs.ts';
import { tarMembers } from './tar.ts';
import { narrow, wideStrings } from './wide.ts';
import type { Member } from './zip.ts';
import { zipMembers } from './zip.ts';

/**
 * Every text that is hidden in a file: in archives, documents, compressed and wide text, and encoded in text; text in those again.
 * The file's own bytes are not given. Never throws; what is not looked into goes to `outlet.undecoded`.
 */
export function expand(bytes: Uint8Array, outlet: Outlet, limits: Limits = LIMITS): void {
  look({ outlet, limits, bytes: 0, texts: 0 }, bytes, [], undefined, containerOf(bytes));
}

/** The `ordinal`th text that `expand` gives of a file, once more: to count its lines. */
export function expandedText(bytes: Uint8Array, ordinal: number): Uint8Array | undefined {
  let next = 0;
  let found: Uint8Array | undefined;
  expand(bytes, {
    text: (text) => {
      if (next++ === ordinal) found = text.slice();
    },
    decoded: () => {},
    undecoded: () => {},
  });
  return found;
}

/** `line`: where the text stands in the file, once that means something. */
function look(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  line: number | undefined,
  container: Container | undefined,
): void {
  if (container === undefined) return lookInText(run, bytes, within, line);
  const { outlet } = run;
  if (within.length >= run.limits.depth) {
    outlet.undecoded(container.kind, `it is nested more than ${run.limits.depth} deep`);
    return;
  }
  switch (container.kind) {
    case 'zip':
      return members(
        run,
        'zip',
        zipMembers(bytes, () => roomIn(run)),
        within,
        line,
      );
    case 'tar':
      return members(
        run,
        'tar',
        tarMembers(bytes, () => roomIn(run)),
        within,
        line,
      );
    case 'gzip': {
      const { parts, name, comment } = gunzip(bytes, roomIn(run));
      const inner = [...within, name === undefined ? 'gzip' : `gzip: ${name}`];
      if (parts.length > 0) outlet.decoded('gzip');
      if (comment.length > 0) give(run, comment, inner, line);
      for (const { bytes: part, fault } of parts) {
        if (fault !== undefined) outlet.undecoded('gzip', `it is ${fault}`);
        give(run, part, inner, line);
      }
      return;
    }
    case 'zlib': {
      const { bytes: inner, fault } = inflateZlib(bytes, 0, roomIn(run));
      // Two bytes are no sign: text may begin so.
      if (inner.length === 0) return lookInText(run, bytes, within, line);
      outlet.decoded('zlib');
      if (fault !== undefined) outlet.undecoded('zlib', `it is ${fault}`);
      return give(run, inner, [...within, 'zlib'], line);
    }
    case 'wide':
      outlet.decoded(container.form);
      return give(run, narrow(bytes, container.form), [...within, container.form], line);
    case 'unknown':
      outlet.undecoded(container.what, 'there is no decoder for it');
      return;
    case 'pdf':
    case 'png':
    case 'binary': {
      const strings = wideStrings(bytes);
      if (strings.length === 0) return;
      outlet.decoded('UTF-16 strings');
      return give(run, strings, [...within, 'UTF-16 strings'], line);
    }
  }
}

function members(
  run: Expansion,
  how: string,
  all: Iterable<Member>,
  within: readonly string[],
  line: number | undefined,
): void {
  run.outlet.decoded(how);
  for (const { name, bytes, fault } of all) {
    if (fault !== undefined) run.outlet.undecoded(`${how} member`, fault);
    const isOut = bytes.length > roomIn(run) || run.texts >= run.limits.mostTexts;
    if (isOut) {
      run.outlet.undecoded(how, 'it holds more than is looked into');
      return;
    }
    if (name !== '') giveName(run, name, [...within, `${how}: a name`]);
    give(run, bytes, [...within, name === '' ? `${how}: a comment` : `${how}: ${name}`], line);
  }
}

function lookInText(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  line: number | undefined,
): void {
  if (within.length >= run.limits.depth) return;
  const isRoot = within.length === 0;
  let counted = 0;
  let lines = 1;
  const lineAt = (start: number): number => {
    if (start < counted) [counted, lines] = [0, 1];
    for (let at = bytes.indexOf(10, counted); at !== -1 && at < start; at = bytes.indexOf(10, at + 1))
      lines++;
    counted = start;
    return lines;
  };
  for (const { how, bytes: inner, start } of encodedRuns(bytes)) {
    run.outlet.decoded(how);
    give(run, inner, [...within, how], isRoot ? lineAt(start) : line);
  }
  for (const { how, bytes: inner, start } of unescapedLines(bytes)) {
    run.outlet.decoded(how);
    give(run, inner, [...within, how], isRoot ? lineAt(start) : line);
  }
}

/** Hands out a text, and looks into it. */
function give(run: Expansion, bytes: Uint8Array, within: readonly string[], line: number | undefined): void {
  if (bytes.length === 0) return;
  if (bytes.length > roomIn(run) || run.texts >= run.limits.mostTexts) {
    run.outlet.undecoded(within.at(-1)!.replace(/:.*$/s, ''), 'its file holds more than is looked into');
    return;
  }
  run.bytes += bytes.length;
  const container = containerOf(bytes);
  if (container === undefined || !COMES_OUT.has(container.kind)) {
    run.texts++;
    run.outlet.text(bytes, within, line);
  }
  look(run, bytes, within, line, container);
}

/** All that can be read in these comes out of them: as they are, they say nothing more. */
const COMES_OUT: ReadonlySet<Container['kind']> = new Set(['zip', 'gzip', 'zlib', 'tar', 'wide']);

const utf8 = new TextEncoder();

function giveName(run: Expansion, name: string, within: readonly string[]): void {
  const bytes = utf8.encode(name);
  run.bytes += bytes.length;
  run.outlet.text(bytes, within);
}
