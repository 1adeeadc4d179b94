import type { Extraction, Extractor } from '../../../model/extractor.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { readManifest } from './manifest.ts';
import { withOverrides } from './overrides.ts';
import { inWorkspaces, isInstalled } from './paths.ts';
import { scrub } from './scrub.ts';
import { readCatalogs } from './yarn-catalogs.ts';
import { readYarnDocument } from './yarn-document.ts';
import { yarnGraph } from './yarn-graph.ts';

/** Formats: https://classic.yarnpkg.com/en/docs/yarn-lock and https://yarnpkg.com/features/workspaces */
export const yarnLock: Extractor = {
  id: 'npm/yarn-lock',
  version: 6,
  ecosystem: 'npm',
  title: 'yarn lockfile',
  files: ['yarn.lock'],
  notes: [
    'Yarn 1 (classic) and 2 to 4 (berry): aliases, patches, resolutions, workspaces, git, URL and file dependencies.',
    'Only `npm:` and `jsr:` resolutions, and patches of them, are held against advisories; an unknown protocol is a problem.',
    'Neither format says which dependencies of a project are for development: that comes from `package.json`.',
    'Classic does not name workspaces: members are the folders with a `package.json` that the root’s `workspaces` match;',
    'what none of them asks for hangs from the root. Peers are in neither format, so there are no peer edges.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'yarn.lock' && !isInstalled(path),
  companions(file, claimed, named) {
    const folder = folderOf(claimed);
    const at = (path: string): readonly string[] => {
      const manifest = joinPath(folder, `${path}/package.json`);
      return manifest === undefined ? [] : [manifest];
    };
    if (file.path === claimed) {
      const settings = file.text.includes('catalog:') ? [settingsPath(folder)] : [];
      return [...['.', ...workspacePaths(file.text)].flatMap(at), ...settings];
    }
    if (file.path !== joinPath(folder, 'package.json')) return [];
    const { workspaces } = readManifest(file.text, file.path);
    const oneByOne = workspaces.filter(isFolder);
    const isPlain = oneByOne.length === workspaces.length;
    const searched = isPlain ? [] : membersAmong(named?.(folder, 'package.json') ?? [], folder, workspaces);
    return [...oneByOne, ...searched].flatMap(at);
  },
  extract(file, companion, found = []): Extraction {
    const folder = folderOf(file.path);
    const document = readYarnDocument(file.text, file.path);
    const settings = file.text.includes('catalog:') ? companion(settingsPath(folder)) : undefined;
    const graph = yarnGraph(
      document,
      file.path,
      (path) => {
        const at = joinPath(folder, `${path}/package.json`);
        const text = at === undefined ? undefined : companion(at);
        return at === undefined || text === undefined ? undefined : readManifest(text, at);
      },
      readCatalogs(settings, settingsPath(folder)),
      (patterns) => [
        ...new Set([...patterns.filter(isFolder).map(plain), ...membersAmong(found, folder, patterns)]),
      ],
    );
    return withOverrides(scrub(graph), file.path, companion, ['resolutions']);
  },
};

/** Whether a workspace pattern is the folder itself. */
const isFolder = (pattern: string): boolean => !/[*?![{]/.test(pattern);

/** `./a/` is `a`. */
const plain = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Folders of workspace members, relative to the lockfile's, of which a manifest is among some paths. */
function membersAmong(paths: readonly string[], folder: string, patterns: readonly string[]): string[] {
  const start = folder === '' ? 0 : folder.length + 1;
  return paths
    .filter((path) => baseName(path) === 'package.json' && !isInstalled(path.slice(start)))
    .map((path) => folderOf(path).slice(start))
    .filter((member) => member !== '' && inWorkspaces(member, patterns));
}

const settingsPath = (folder: string): string => (folder === '' ? '.yarnrc.yml' : `${folder}/.yarnrc.yml`);

/** Folders of workspaces that a berry lockfile names, by a search: a hint for which manifests to fetch. */
function workspacePaths(text: string): string[] {
  const paths: string[] = [];
  const mark = '@workspace:';
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    const from = at + mark.length;
    const to = text.indexOf('"', from);
    const lineEnd = text.indexOf('\n', from);
    if (to === -1 || (lineEnd !== -1 && lineEnd < to)) continue;
    const path = text.slice(from, Math.min(to, from + 400));
    if (path !== '.' && !/[\^~*,:]/.test(path)) paths.push(path);
  }
  return [...new Set(paths)];
}
