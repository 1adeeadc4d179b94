import type { OverrideChange, Steps, UpgradeRequest } from '../../../model/ecosystem.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { shellWord } from '../../text/shell.ts';

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
  if (direct) return `npm install${at}${workspaceOptions(request)}${dev ? ' --save-dev' : ''} ${name}@${to}`;
  if (inRange !== false || from === '') return `npm update${at} ${name}`;
  return `npm pkg set${at} 'overrides[${name}@${from}]=${to}' && npm install${at}`;
};

/** Members are named by their folders: names may be absent. https://docs.npmjs.com/cli/commands/npm-install#workspace */
function workspaceOptions({ declaredBy = [] }: UpgradeRequest): string {
  const members = membersOf(declaredBy);
  if (members.length === 0) return '';
  const top = members.length < declaredBy.length ? ' --include-workspace-root' : '';
  return `${members.map(({ path }) => ` --workspace ${quote(path)}`).join('')}${top}`;
}

type Projects = NonNullable<UpgradeRequest['declaredBy']>;

/** Those that are not the top project, ordered by folder. */
const membersOf = (projects: Projects): Projects[number][] =>
  projects.filter(({ path }) => path !== '').sort((a, b) => (a.path < b.path ? -1 : 1));

const pnpm = ({
  name,
  to,
  direct,
  dev,
  inRange,
  manifest,
  declaredBy = [],
}: UpgradeRequest): string | undefined => {
  if (direct) {
    const members = membersOf(declaredBy);
    const add = (where: string): string => `pnpm${where} add${dev ? ' --save-dev' : ''} ${name}@${to}`;
    const commands = [
      // In a workspace, pnpm refuses to add to the top project unless it is told to.
      ...(members.length < declaredBy.length ? [add(' --workspace-root')] : []),
      ...(members.length > 0
        ? [add(members.map(({ path }) => ` --filter ${quote(`./${path}`)}`).join(''))]
        : []),
    ];
    return inFolder(manifest, commands.length === 0 ? add('') : commands.join(' && '));
  }
  // Where overrides stand depends on the version of pnpm: no one command fits.
  return inRange === false ? undefined : inFolder(manifest, `pnpm update --depth Infinity ${name}`);
};

const yarn = (request: UpgradeRequest): string | undefined => {
  const { name, from, to, direct, dev, inRange, format, manifest, declaredBy = [] } = request;
  if (direct) {
    // Moves it in every workspace that declares it.
    if (format === 'berry') return inFolder(manifest, `yarn up ${name}@${to}`);
    if (format !== 'classic') return inFolder(manifest, `yarn add${dev ? ' --dev' : ''} ${name}@${to}`);
    const members = membersOf(declaredBy);
    if (members.some((member) => !NAME.test(member.name))) return undefined;
    const commands = [
      ...(members.length === 0 || members.length < declaredBy.length ? ['yarn'] : []),
      ...members.map((member) => `yarn workspace ${member.name}`),
    ];
    return inFolder(manifest, commands.map((yarn) => `${yarn} upgrade ${name}@${to}`).join(' && '));
  }
  // To where it is: as far as ranges allow, for which there is no command that suits all workspaces.
  if (inRange === false || from === to) return undefined;
  // Classic has no command for one indirect dependency: its entry is taken out of the lockfile, see `npmTransitiveEdit`.
  if (format === 'classic') return inFolder(manifest, 'yarn install');
  return format === 'berry' ? inFolder(manifest, `yarn up --recursive ${name}`) : undefined;
};

const bun = ({ name, from, to, direct, dev, inRange, manifest }: UpgradeRequest): string | undefined =>
  direct
    ? inFolder(manifest, `bun add${dev ? ' --dev' : ''} ${name}@${to}`)
    : // `bun update` would make an indirect dependency a direct one: see `npmTransitiveEdit`.
      inRange === false || from === to
      ? undefined
      : inFolder(manifest, 'bun install');

/** What comes before the command where a package manager has none for indirect dependencies. All are of one file. */
export function npmTransitiveEdit(requests: readonly UpgradeRequest[]): string | undefined {
  const { manifest, format } = requests[0]!;
  if (requests.some(({ inRange }) => inRange === false)) return undefined;
  const file = baseName(manifest);
  const names = [...new Set(requests.map(({ name }) => name))];
  if (file === 'yarn.lock' && format === 'classic') {
    // A resolution would force every version of one to the same; what is missing is chosen anew.
    const these = names.length > 4 ? `these ${names.length} components` : names.join(', ');
    return `take the entries of ${these} out of ${manifest}`;
  }
  if (file !== 'bun.lock') return undefined;
  // Overrides are for all versions of a name.
  if (new Set(requests.map(({ name, to }) => `${name} ${to}`)).size > names.length)
    return `remove ${manifest}, so that all is chosen anew`;
  const pairs = [...new Set(requests.map(({ name, to }) => `"${name}": "${to}"`))];
  return `put ${pairs.join(', ')} under "overrides" in ${manifest.slice(0, -file.length)}package.json`;
}

const COMMANDS: Readonly<Record<string, (request: UpgradeRequest) => string | undefined>> = {
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'package.json': npm,
  'pnpm-lock.yaml': pnpm,
  'yarn.lock': yarn,
  'bun.lock': bun,
  'bun.lockb': bun,
};

/**
 * npm's overrides are set by a command; the others' are changed by hand, and then everything is installed anew.
 * What the project also declares with a range that refuses has to move with its override.
 */
export function npmOverrideSteps(
  changes: readonly OverrideChange[],
  manifest: string,
  format: string | undefined,
): Steps | undefined {
  if (!changes.every(({ override, to }) => NAME.test(override.name) && VERSION.test(to))) return undefined;
  const declared = [
    ...new Set(
      changes.filter(({ isDeclared }) => isDeclared).map(({ override, to }) => `${override.name}@${to}`),
    ),
  ].sort();
  const file = baseName(manifest);
  const also = declared.length === 0 ? '' : `; and ask for ${declared.join(', ')} where it is declared`;
  if (file === 'package-lock.json' || file === 'npm-shrinkwrap.json') {
    const settings = changes.map((change) => settingOf(change.override.keys, valueOf(change)));
    // One that the query syntax cannot name is changed by hand with the others.
    if (settings.includes(undefined)) return { edit: `${editOf(changes)}${also}`, command: 'npm install' };
    const install = ['npm install', ...(declared.length > 0 ? ['--save-exact'] : []), ...declared].join(' ');
    return { command: `npm pkg set ${settings.join(' ')} && ${install}` };
  }
  const install = Object.hasOwn(INSTALL, file) ? INSTALL[file] : undefined;
  // Classic keeps what the lockfile has for a resolution until it is told to look again.
  const command = format === 'classic' ? 'yarn install --force' : install;
  return { edit: `${editOf(changes)}${also}`, ...(command === undefined ? {} : { command }) };
}

/** npm refuses an override that differs from what the project declares itself, unless it refers to that: `$name`. */
const valueOf = ({ override: { keys, name }, to, isDeclared }: OverrideChange): string =>
  isDeclared && (keys.length === 2 || (keys.length === 3 && keys[2] === '.')) ? `$${name}` : to;

const INSTALL: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm install',
  'yarn.lock': 'yarn install',
  'bun.lock': 'bun install',
};

/** `overrides[a@1].b=1.2.3` for `npm pkg set`, as one word of a shell; `undefined` for keys that its syntax has no spelling for. */
function settingOf(keys: readonly string[], to: string): string | undefined {
  if (keys.some((key) => key === '' || /[[\]]/.test(key))) return undefined;
  const query = keys
    .map((key, at) => (/^[A-Za-z][\w-]*$/.test(key) ? `${at === 0 ? '' : '.'}${key}` : `[${key}]`))
    .join('');
  return shellWord(`${query}=${to}`);
}

const editOf = (changes: readonly OverrideChange[]): string =>
  changes
    .map(({ override: { keys, line, path }, to }) => {
      const where = line > 0 ? `on line ${line} of ${path}` : `in ${path}`;
      return `change ${keys.join(' > ')} ${where} to ${to}`;
    })
    .join(', ');

function inFolder(manifest: string, command: string): string {
  const folder = folderOf(manifest);
  return folder === '' ? command : `cd ${quote(folder)} && ${command}`;
}

/** A folder as one word of a POSIX shell that no command takes for an option. */
function quote(folder: string): string {
  const safe = folder.startsWith('-') ? `./${folder}` : folder;
  return /^[\w@.,/+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
