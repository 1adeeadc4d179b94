import type { Inventory } from '../../../model/inventory.ts';
import type { Commands } from './commands.ts';
import { SCOPES, type Scope } from '../../../model/extractor.ts';
import { isModuleCertain, typesOf } from './names.ts';

/** Why nothing can be concluded from not seeing a name that a manifest in `folder` declares; `undefined` when something can. */
export type Doubt = (name: string, scopes: readonly Scope[], folder: string) => string | undefined;

/**
 * Doubts about npm packages. `commands` are what the lockfile of a folder says; `undefined` when there is none that tells.
 */
export function npmDoubt(inventory: Inventory, commands: (folder: string) => Commands | undefined): Doubt {
  const peers = peersOf(inventory);
  return (name, scopes, folder) => {
    if (typesOf(name) !== undefined) return 'type declarations may hold for the whole program';
    const by = peers.get(name);
    if (by !== undefined) return `${by} wants it beside itself (peer dependency)`;
    if (ADDED_BY_COMPILERS.has(name)) return 'compilers add its imports to what they make';
    if (PLUGIN.test(name)) return 'tools load such packages by name or by convention';
    if (scopes.length > 0 && scopes.every((scope) => scope === 'optional'))
      return 'optional: what asks for it does without it';
    const told = commands(folder);
    // What production needs is rarely there for its commands.
    if (told === undefined) return scopes.includes('prod') ? undefined : COMMANDS_UNKNOWN;
    return told.unnamed.has(name) ? COMMANDS_UNKNOWN : undefined;
  };
}

/** Doubts about distributions of PyPI. */
export const pythonDoubt: Doubt = (name) => {
  if (!isModuleCertain(name)) return 'the names of its modules are not known here';
  return LOADED_BY_FRAMEWORKS.has(name) ? 'frameworks load it without an import of yours' : undefined;
};

const COMMANDS_UNKNOWN = 'no lockfile tells the names of its commands';

const ADDED_BY_COMPILERS: ReadonlySet<string> = new Set([
  'tslib',
  'core-js',
  'core-js-pure',
  'regenerator-runtime',
  '@babel/runtime',
  '@babel/runtime-corejs3',
  '@swc/helpers',
]);

/** Packages that other tools find by what they are called. */
const PLUGIN =
  /(?:^|[/-])(?:plugins?|presets?|configs?|loader|adapter|reporter|transformer|types|polyfill|shim)(?:$|-)|^(?:karma|grunt|gulp|postcss|remark|rehype|jest|mocha|chai|semantic-release|hubot|generator|yo|babel|eslint|stylelint|prettier|vite|rollup|webpack|conventional-changelog)-|^@(?:babel|commitlint|semantic-release)\//;

/** Drivers, renderers, hashers and servers that frameworks choose by a setting, or take when they are there. */
const LOADED_BY_FRAMEWORKS: ReadonlySet<string> = new Set(
  (
    'bcrypt boto3 botocore celery certifi chardet colorama cryptography gevent html5lib itsdangerous jinja2 kombu lxml markdown mysqlclient openpyxl ' +
    'passlib pillow psycopg2 psycopg2-binary pygments pymongo pyopenssl python-dotenv python-ldap python-memcached pytz pyyaml redis setuptools tabulate ' +
    'tornado uvicorn xlrd xlsxwriter'
  ).split(' '),
);

/** Names that some component wants as a peer, each with the first by name that does. */
function peersOf({ components, manifests }: Inventory): Map<string, string> {
  const found = new Map<string, string>();
  const peer = SCOPES.indexOf('peer');
  for (const { occurrences, offsets, targets, kinds } of manifests)
    occurrences.forEach(({ component }, node) => {
      const { name, origin, ecosystem } = components[component]!;
      if (ecosystem !== 'npm' || origin === 'project' || origin === 'workspace') return;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        if (kinds[i] !== peer) continue;
        const wanted = components[occurrences[targets[i]!]!.component]!.name;
        const known = found.get(wanted);
        if (known === undefined || name < known) found.set(wanted, name);
      }
    });
  return found;
}
