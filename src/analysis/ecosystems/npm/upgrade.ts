import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { baseName, folderOf } from '../../text/paths.ts';

/**
 * The command that moves a component, for the package manager whose file names it. The component is the last word where
 * a command takes several. A dependency of a dependency is updated when the ranges that ask for it allow (or may allow) that;
 * otherwise an override is written, where the package manager has a command for it. `undefined` where there is none,
 * and for names and versions that a shell could take for something else: files are not trusted, commands are pasted.
 */
export function npmUpgradeCommand(request: UpgradeRequest): string | undefined {
  const { name, from, to, manifest } = request;
  if (!NAME.test(name) || !VERSION.test(to) || (from !== '' && !VERSION.test(from))) return undefined;
  const file = baseName(manifest);
  return Object.hasOwn(COMMANDS, file) ? COMMANDS[file]!(request) : undefined;
}

const NAME = /^(?:@[\w.~][\w.~-]*\/)?[\w.~][\w.~-]*$/;
const VERSION = /^\d[\w.+-]*$/;

const npm = (request: UpgradeRequest): string => {
  const { name, from, to, direct, dev, inRange, manifest } = request;
  const folder = folderOf(manifest);
  const at = folder === '' ? '' : ` --prefix ${quote(folder)}`;
  if (direct) return `npm install${at}${dev ? ' --save-dev' : ''} ${name}@${to}`;
  if (inRange !== false || from === '') return `npm update${at} ${name}`;
  return `npm pkg set${at} 'overrides[${name}@${from}]=${to}' && npm install${at}`;
};

const pnpm = ({ name, to, direct, dev, inRange, manifest }: UpgradeRequest): string | undefined => {
  if (direct) return inFolder(manifest, `pnpm add${dev ? ' --save-dev' : ''} ${name}@${to}`);
  // Where overrides stand depends on the version of pnpm: no one command fits.
  return inRange === false ? undefined : inFolder(manifest, `pnpm update --depth Infinity ${name}`);
};

const yarn = ({ name, to, direct, dev, inRange, format, manifest }: UpgradeRequest): string | undefined => {
  if (direct) {
    if (format === 'berry') return inFolder(manifest, `yarn up ${name}@${to}`);
    if (format === 'classic') return inFolder(manifest, `yarn upgrade ${name}@${to}`);
    return inFolder(manifest, `yarn add${dev ? ' --dev' : ''} ${name}@${to}`);
  }
  // Classic has no command for one indirect dependency; a resolution would force every version of it to this one.
  return format === 'berry' && inRange !== false
    ? inFolder(manifest, `yarn up --recursive ${name}`)
    : undefined;
};

const bun = ({ name, to, direct, dev, manifest }: UpgradeRequest): string | undefined =>
  // `bun update` would make an indirect dependency a direct one.
  direct ? inFolder(manifest, `bun add${dev ? ' --dev' : ''} ${name}@${to}`) : undefined;

const COMMANDS: Readonly<Record<string, (request: UpgradeRequest) => string | undefined>> = {
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'package.json': npm,
  'pnpm-lock.yaml': pnpm,
  'yarn.lock': yarn,
  'bun.lock': bun,
  'bun.lockb': bun,
};

function inFolder(manifest: string, command: string): string {
  const folder = folderOf(manifest);
  return folder === '' ? command : `cd ${quote(folder)} && ${command}`;
}

/** A folder as one word of a POSIX shell that no command takes for an option. */
function quote(folder: string): string {
  const safe = folder.startsWith('-') ? `./${folder}` : folder;
  return /^[\w@.,/+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
