import { arMembers } from './ar.ts';
import { bunzip2 } from './bzip2.ts';
import { carved } from './carved.ts';
import { compoundStreams } from './compound.ts';
import type { Container } from './container.ts';
import { containerOf } from './container.ts';
import { encodedIn } from './encoded-in.ts';
import { packIn, packedObjects } from './git-pack.ts';
import { gunzip } from './gzip.ts';
import { inflateZlib } from './inflate.ts';
import { isPointer } from './lfs-pointer.ts';
import { macroIn, unpackMacro } from './macros.ts';
import type { Expansion, Limits, Outlet, Span } from './outlet.ts';
import { LIMITS, roomIn } from './outlet.ts';
import { withoutTags } from './markup.ts';
import { type OfficeTables, officeTables } from './office-tables.ts';
import { pdfTexts } from './pdf.ts';
import { pngTexts } from './png.ts';
import { isText } from './printable.ts';
import { fromQuotedPrintable, saysQuotedPrintable } from './quoted-printable.ts';
import { fromRtf, isRtf } from './rtf.ts';
import { noting, unlessSeen } from './seen.ts';
import { sqliteTexts } from './sqlite.ts';
import { tarMembers } from './tar.ts';
import { narrow, wideStrings } from './wide.ts';
import { isMedia, mayBeBrotli } from './unpack.ts';
import type { Unpacked } from './xz.ts';
import { unlzip, unlzma, unxz } from './xz.ts';
import type { Member } from './zip.ts';
import { zipMembers } from './zip.ts';

/**
 * Every text that is hidden in a file: in archives, documents, compressed and wide text, and encoded in text; text in those again.
 * The file's own bytes are not given, but when `isGiven` says so. Never throws; what is not looked into goes to `outlet.undecoded`.
 */
export function expand(bytes: Uint8Array, outlet: Outlet, limits: Limits = LIMITS, isGiven = false): void {
  const run = startRun(outlet, limits);
  const all = (): void => {
    if (isGiven) run.outlet.text(bytes, []);
    look(run, bytes, [], undefined, containerOf(bytes));
  };
  if (isGiven) unlessSeen(run, bytes, ['file'], all);
  else all();
}

function startRun(outlet: Outlet, limits: Limits): Expansion {
  const run = { limits, bytes: 0, texts: 0 };
  if (limits.seen === undefined) return { ...run, outlet };
  const notes = { given: 0, counted: [] };
  return { ...run, outlet: noting(outlet, notes), notes, skipped: outlet.skipped };
}

/** `span`: where the text stands in the file, once that means something. */
function look(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
  container: Container | undefined,
): void {
  if (container === undefined) {
    // Little text is packed so small that no NUL is in it.
    if (bytes.length < MOST_WITHOUT_NUL && !isText(bytes)) return lookInNoise(run, bytes, within, span);
    return lookInText(run, bytes, within, span);
  }
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
        zipMembers(bytes, () => roomIn(run), run.limits),
        within,
        span,
      );
    case 'tar':
      return members(
        run,
        'tar',
        tarMembers(bytes, () => roomIn(run)),
        within,
        span,
      );
    case 'ar':
      return members(
        run,
        'ar',
        arMembers(bytes, () => roomIn(run)),
        within,
        span,
      );
    case 'gzip':
      lookInGzip(run, bytes, within, span);
      return;
    case 'bzip2': {
      const { bytes: inner, fault } = bunzip2(bytes, roomIn(run));
      outlet.decoded('bzip2');
      if (fault !== undefined) outlet.undecoded('bzip2', `it is ${fault}`);
      return give(run, inner, [...within, 'bzip2'], span);
    }
    case 'xz':
    case 'lzma':
    case 'lzip': {
      const unpack = LZMA[container.kind];
      const { bytes: inner, fault } = unpack(bytes.subarray(0, MOST_LZMA), roomIn(run));
      return unpacked(run, container.kind, bytes, inner, fault, within, span);
    }
    case 'zstd': {
      const made = run.limits.unpack?.('zstd', bytes, roomIn(run));
      if (made !== undefined) return unpacked(run, 'zstd', bytes, made.bytes, made.fault, within, span);
      outlet.undecoded('zstd', 'this Node has no decoder for it');
      return;
    }
    case 'sqlite':
      outlet.decoded('sqlite');
      for (const { table, bytes: text, fault } of sqliteTexts(bytes, () => roomIn(run))) {
        if (fault !== undefined) outlet.undecoded('sqlite table', fault);
        give(run, text, [...within, `sqlite: ${table}`], span);
      }
      return wideStringsOf(run, bytes, within, span);
    case 'zlib': {
      const { bytes: inner, fault } = inflateZlib(bytes, 0, roomIn(run), run.limits.inflate);
      // Two bytes are no sign: text may begin so.
      if (inner.length === 0) return lookInText(run, bytes, within, span);
      outlet.decoded('zlib');
      if (fault !== undefined) outlet.undecoded('zlib', `it is ${fault}`);
      return give(run, inner, [...within, 'zlib'], span);
    }
    case 'wide':
      outlet.decoded(container.form);
      return give(run, narrow(fitting(run, bytes, 4), container.form), [...within, container.form], span);
    case 'git pack':
    case 'git bundle': {
      const pack = packIn(bytes);
      const { kind } = container;
      if (pack === undefined) {
        outlet.undecoded(kind, 'it is damaged');
        return lookInText(run, bytes, within, span);
      }
      const room = (): number => roomIn(run);
      return members(
        run,
        kind,
        packedObjects(bytes, pack.start, pack.idBytes, room, run.limits.inflate),
        within,
        span,
      );
    }
    case 'compound':
      return lookInStreams(run, bytes, within, span);
    case 'unknown':
      outlet.undecoded(container.what, 'there is no decoder for it');
      return;
    case 'png':
      for (const { bytes: text, fault } of pngTexts(bytes, () => roomIn(run))) {
        outlet.decoded('png');
        if (fault !== undefined) outlet.undecoded('png text', `it is ${fault}`);
        give(run, text, [...within, 'png: text'], span);
      }
      return wideStringsOf(run, bytes, within, span);
    case 'pdf': {
      outlet.decoded('pdf');
      const room = (): number => roomIn(run);
      for (const { name, bytes: text } of pdfTexts(
        bytes,
        room,
        (why) => outlet.undecoded('pdf stream', why),
        run.limits.inflate,
      ))
        give(run, text, [...within, `pdf: ${name}`], span);
      return;
    }
    case 'binary':
      lookInNoise(run, bytes, within, span);
      return lookInParts(run, bytes, within, span);
  }
}

/** The members of a gzip file; gives where they end. */
function lookInGzip(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): number {
  const members = gunzip(bytes, () => roomIn(run), run.limits.inflate);
  let name: string | undefined;
  for (let count = 0; ; count++) {
    const next = members.next();
    if (next.done === true) return next.value;
    const { bytes: part, comment, fault } = next.value;
    if (count === 0) run.outlet.decoded('gzip');
    if (fault !== undefined) run.outlet.undecoded('gzip', `it is ${fault}`);
    name ??= next.value.name;
    const inner = [...within, name === undefined ? 'gzip' : `gzip: ${name}`];
    if (comment !== undefined) give(run, comment, inner, span);
    give(run, part, inner, span);
  }
}

const LZMA = { xz: unxz, lzma: unlzma, lzip: unlzip } as const;
/** Bytes of an LZMA file that are unpacked: ours takes a second for some megabytes. */
const MOST_LZMA = 8 * 1024 * 1024;

/** What one compressed file holds, as far as it could be unpacked. */
function unpacked(
  run: Expansion,
  how: 'xz' | 'lzma' | 'lzip' | 'zstd' | 'brotli',
  packed: Uint8Array,
  inner: Uint8Array,
  fault: Unpacked['fault'],
  within: readonly string[],
  span: Span | undefined,
): void {
  run.outlet.decoded(how);
  if (fault !== undefined)
    run.outlet.undecoded(
      how,
      fault === 'truncated' && how in LZMA && packed.length > MOST_LZMA
        ? `only its first ${MOST_LZMA / 1024 / 1024} MiB are looked into`
        : `it is ${fault}`,
    );
  give(run, inner, [...within, how], span);
}

/** Bytes of which a NUL is likely among those of a packed file. */
const MOST_WITHOUT_NUL = 2048;

/** Neither text nor a sign of anything: Brotli has none, and programs and pictures have strings of UTF-16 in them. */
function lookInNoise(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): void {
  const made = mayBeBrotli(bytes) ? run.limits.unpack?.('brotli', bytes, roomIn(run)) : undefined;
  // Noise may be a whole stream by chance, but nothing that can be read.
  if (made !== undefined && isRead(made.bytes))
    return unpacked(run, 'brotli', bytes, made.bytes, made.fault, within, span);
  return bytes.includes(0) ? wideStringsOf(run, bytes, within, span) : lookInText(run, bytes, within, span);
}

/** Text, or something that text can be in. */
function isRead(bytes: Uint8Array): boolean {
  const kind = containerOf(bytes)?.kind;
  return kind === undefined ? isText(bytes.subarray(0, 4096)) : kind !== 'binary' && kind !== 'wide';
}

/** Packed stretches of programs, dumps and images. */
function lookInParts(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): void {
  if (isMedia(bytes)) return;
  for (const { how, bytes: part, isMore, passTo } of carved(bytes, () => roomIn(run), run.limits.inflate))
    if (isMore === true) run.outlet.undecoded(how, 'more of it is in one file than is looked for');
    else if (how === 'zip') look(run, part, within, span, { kind: 'zip' });
    else if (how === 'gzip') passTo?.(lookInGzip(run, part, within, span));
    else {
      run.outlet.decoded('zlib');
      give(run, part, [...within, 'zlib'], span);
    }
}

/** The streams of a compound file that do not lie in it as they are, what is in others, and the sources of macros. */
function lookInStreams(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): void {
  wideStringsOf(run, bytes, within, span);
  run.outlet.decoded('compound file');
  for (const { name, bytes: stream, isWhole, fault } of compoundStreams(bytes)) {
    if (fault !== undefined) run.outlet.undecoded('compound file', fault);
    if (name === 'EncryptedPackage') run.outlet.undecoded('office document', 'it is encrypted');
    const inner = [...within, `compound file: ${name}`];
    const macro = macroIn(stream);
    if (macro !== -1) {
      const source = unpackMacro(stream, macro, roomIn(run));
      if (source.fault !== undefined) run.outlet.undecoded('macro', `it is ${source.fault}`);
      give(run, source.bytes, [...inner, 'macro'], span);
    }
    const kind = containerOf(stream)?.kind;
    if (!isWhole || (kind !== undefined && kind !== 'binary' && kind !== 'wide'))
      give(run, stream, inner, span);
  }
}

function wideStringsOf(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): void {
  const strings = wideStrings(bytes);
  if (strings.length === 0) return;
  run.outlet.decoded('UTF-16 strings');
  give(run, strings, [...within, 'UTF-16 strings'], span);
}

function members(
  run: Expansion,
  how: string,
  all: Iterable<Member>,
  within: readonly string[],
  span: Span | undefined,
): void {
  run.outlet.decoded(how);
  let tables: OfficeTables | undefined;
  for (const { name, bytes, fault } of all) {
    if (fault !== undefined) run.outlet.undecoded(`${how} member`, fault);
    const isOut = bytes.length > roomIn(run) || run.texts >= run.limits.mostTexts;
    if (isOut) {
      run.outlet.undecoded(how, 'it holds more than is looked into');
      return;
    }
    if (name !== '' && !how.startsWith('git ')) giveName(run, name, [...within, `${how}: a name`]);
    if (name === '' && bytes.length === 0) continue;
    const inner = [...within, name === '' ? `${how}: a comment` : `${how}: ${name}`];
    give(run, bytes, inner, span);
    if (how !== 'zip' || !OFFICE.test(name)) continue;
    give(run, withoutTags(bytes), [...inner, 'text'], span);
    tables ??= officeTables();
    const rows = tables.of(name, bytes);
    if (rows !== undefined) give(run, rows, [...inner, 'tables'], span);
  }
  for (const { name, rows } of tables?.atEnd() ?? [])
    give(run, rows, [...within, `zip: ${name}`, 'tables'], span);
  if (tables?.isMore() === true)
    run.outlet.undecoded(
      'office document',
      'its cells, beside those that name them, are more than is looked into',
    );
}

function lookInText(
  run: Expansion,
  bytes: Uint8Array,
  within: readonly string[],
  span: Span | undefined,
): void {
  if (within.length >= run.limits.depth) return;
  const isRoot = within.length === 0;
  if (isPointer(bytes))
    run.outlet.undecoded('git LFS pointer', 'the file that it stands for is kept elsewhere');
  // A text that git takes for one may have strings of UTF-16 far behind.
  if (bytes.includes(0)) wideStringsOf(run, bytes, within, span);
  if (!within.includes('quoted-printable') && saysQuotedPrintable(bytes)) {
    run.outlet.decoded('quoted-printable');
    give(run, fromQuotedPrintable(fitting(run, bytes, 3)), [...within, 'quoted-printable'], span);
  }
  if (isRtf(bytes)) {
    run.outlet.decoded('rtf');
    give(run, fromRtf(bytes), [...within, 'rtf'], span);
  }
  for (const { how, bytes: inner, start, end, fault } of encodedIn(bytes, within, run.limits.latin1)) {
    run.outlet.decoded(how);
    if (fault !== undefined) run.outlet.undecoded(how, fault);
    give(run, inner, [...within, how], isRoot ? { start, end } : span);
  }
}

/** Parts of office documents that hold text (ECMA-376, OpenDocument). */
const OFFICE = /^(?:word|xl|ppt|docProps)\/.*\.xml$|^(?:content|styles|meta)\.xml$/;

/** Hands out a text, as much of it as there is room for, and looks into it. */
function give(run: Expansion, whole: Uint8Array, within: readonly string[], span: Span | undefined): void {
  if (whole.length === 0) return;
  const isOut = run.texts >= run.limits.mostTexts;
  const bytes = isOut ? NOTHING : whole.subarray(0, roomIn(run));
  if (bytes.length < whole.length)
    run.outlet.undecoded(within.at(-1)!.replace(/:.*$/s, ''), 'its file holds more than is looked into');
  if (bytes.length === 0) return;
  unlessSeen(run, bytes, within, () => {
    run.bytes += bytes.length;
    const container = containerOf(bytes);
    if (container === undefined || !COMES_OUT.has(container.kind)) {
      run.texts++;
      run.outlet.text(bytes, within, span);
    }
    look(run, bytes, within, span, container);
  });
}

const NOTHING = new Uint8Array(0);

/** So much of a text as may come to more than there is room for, when each of its bytes is written with `units`: the rest is not decoded. */
function fitting(run: Expansion, bytes: Uint8Array, units: number): Uint8Array {
  return bytes.subarray(0, units * roomIn(run) + units);
}

/** All that can be read in these comes out of them: as they are, they say nothing more. */
const COMES_OUT: ReadonlySet<Container['kind']> = new Set([
  'zip',
  'gzip',
  'bzip2',
  'xz',
  'lzma',
  'lzip',
  'zstd',
  'zlib',
  'tar',
  'ar',
  'git pack',
  'wide',
]);

/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let utf8: InstanceType<typeof TextEncoder> | undefined;

function giveName(run: Expansion, name: string, within: readonly string[]): void {
  const bytes = (utf8 ??= new TextEncoder()).encode(name);
  run.bytes += bytes.length;
  run.outlet.text(bytes, within);
}
