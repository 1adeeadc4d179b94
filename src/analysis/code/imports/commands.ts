import { baseName } from '../../text/paths.ts';
import { jsonOf } from '../../ecosystems/npm/jsonc.ts';

/** What a lockfile says of the commands that packages bring. */
export interface Commands {
  /** Package names by command. */
  readonly by: ReadonlyMap<string, readonly string[]>;
  /** Packages that bring commands whose names the file does not give. */
  readonly unnamed: ReadonlySet<string>;
}

/** Whether a file is a lockfile that tells commands: those of npm, yarn, pnpm and bun, by name. */
export const tellsCommands = (path: string): boolean => Object.hasOwn(READERS, baseName(path));

/**
 * Commands that the packages of a lockfile install. `undefined` when it does not tell any of its packages' commands
 * (package-lock.json version 1, yarn 1), or is not readable: the extractors tell that. Linear.
 */
export function commandsIn(path: string, text: string): Commands | undefined {
  const name = baseName(path);
  if (!Object.hasOwn(READERS, name)) return undefined;
  const found: Found = { by: new Map(), unnamed: new Set() };
  return READERS[name]!(text, found) ? found : undefined;
}

interface Found {
  readonly by: Map<string, string[]>;
  readonly unnamed: Set<string>;
}

/** Fills `found`; false when the file is of a kind without commands. */
type Reader = (text: string, found: Found) => boolean;

const READERS: Readonly<Record<string, Reader>> = {
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'yarn.lock': yarn,
  'pnpm-lock.yaml': pnpm,
  'bun.lock': bun,
};

/** https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages */
function npm(text: string, found: Found): boolean {
  const packages = objectIn(parsed(text), 'packages');
  if (packages === undefined) return false;
  for (const [key, entry] of Object.entries(packages)) {
    const at = key.lastIndexOf('node_modules/');
    if (at !== -1) addBin(found, key.slice(at + 'node_modules/'.length), objectIn(entry, undefined)?.['bin']);
  }
  return true;
}

/** https://bun.com/docs/pm/lockfile: `"key": ["name@version", …, { "bin": … }, …]`. */
function bun(text: string, found: Found): boolean {
  const packages = objectIn(parsed(jsonOf(text)), 'packages');
  if (packages === undefined) return false;
  for (const entry of Object.values(packages)) {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string') continue;
    const at = entry[0].indexOf('@', 1);
    for (const part of entry.slice(1))
      addBin(found, at === -1 ? entry[0] : entry[0].slice(0, at), objectIn(part, undefined)?.['bin']);
  }
  return true;
}

function addBin({ by }: Found, name: string, bin: unknown): void {
  const commands =
    typeof bin === 'string'
      ? [name.slice(name.lastIndexOf('/') + 1)]
      : typeof bin === 'object' && bin !== null
        ? Object.keys(bin)
        : [];
  for (const command of commands) add(by, command, name);
}

/** Yarn since 2 (it has `__metadata`): `"name@npm:range":` at the margin, below it `  bin:`, below that `    command: path`. */
function yarn(text: string, found: Found): boolean {
  if (!/^__metadata:/m.test(text)) return false;
  let name = '';
  let inBin = false;
  for (const line of lines(text)) {
    const entry = /^"?(@?[^@\s"]{1,214})@/.exec(line);
    if (entry !== null) name = entry[1]!;
    if (line.startsWith('    ')) {
      const command = inBin ? /^ {4}(?:"([^"]{1,214})"|([^\s":]{1,214})):/.exec(line) : null;
      if (command !== null) add(found.by, command[1] ?? command[2]!, name);
    } else inBin = line.startsWith('  bin:');
  }
  return true;
}

/** pnpm says who brings commands, not which: `  name@version:` with `    hasBin: true` below it. */
function pnpm(text: string, found: Found): boolean {
  let name = '';
  for (const line of lines(text)) {
    const entry = /^ {2}'?\/?(@[^@\s'/]{1,214}\/[^@\s'/]{1,214}|[^@\s'/]{1,214})[@/]/.exec(line);
    if (entry !== null) name = entry[1]!;
    else if (line.startsWith('    hasBin: true') && name !== '') found.unnamed.add(name);
  }
  return true;
}

function* lines(text: string): Generator<string> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    // A line of data may be long; its beginning says what it is.
    yield text.slice(start, Math.min(end === -1 ? text.length : end, start + 1000));
    if (end === -1) return;
    start = end + 1;
  }
}

function add(by: Map<string, string[]>, command: string, name: string): void {
  const names = by.get(command);
  if (names === undefined) by.set(command, [name]);
  else if (!names.includes(name)) names.push(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON object, or the one that it holds under a key. */
function objectIn(value: unknown, key: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const record = value as Readonly<Record<string, unknown>>;
  if (key === undefined) return record;
  return Object.hasOwn(record, key) ? objectIn(record[key], undefined) : undefined;
}
