import type { Extraction, Extractor, SourceFile } from '../../../model/extractor.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { nothingOf } from '../draft.ts';
import { parseLockJson, type LockContext } from './lock-json.ts';
import { lockVersions } from './lock-versions.ts';
import { readManifest, type PackageManifest } from './manifest.ts';
import { extractNested } from './package-lock-v1.ts';
import { extractPackages } from './package-lock-v3.ts';
import { withOverrides } from './overrides.ts';
import { isInstalled } from './paths.ts';
import { scrub } from './scrub.ts';

/** Format: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export const packageLock: Extractor = {
  id: 'npm/package-lock',
  version: 4,
  ecosystem: 'npm',
  title: 'npm lockfile',
  files: ['package-lock.json', 'npm-shrinkwrap.json'],
  notes: [
    'lockfileVersion 1, 2 and 3. Edges follow Node’s own look-up through nested `node_modules`, with the range',
    'that each asks for; aliases, links, workspaces, git, URL and file dependencies and bundled ones are told apart.',
    'Version 1 keeps neither peers nor licences nor which dependencies are direct: the last comes from the',
    '`package.json` beside it. Compared with that manifest, and with itself, for `lockfile/out-of-step`.',
  ].join('\n'),
  claims(path) {
    const name = baseName(path);
    return (name === 'package-lock.json' || name === 'npm-shrinkwrap.json') && !isInstalled(path);
  },
  companions(file, claimed) {
    if (file.path !== claimed) return [];
    const folder = folderOf(claimed);
    return ['package.json', '.npmrc', ...linkedManifests(file.text)].flatMap(
      (relative) => joinPath(folder, relative) ?? [],
    );
  },
  extract,
  extractVersions: lockVersions,
};

function extract(file: SourceFile, companion: (path: string) => string | undefined): Extraction {
  const folder = folderOf(file.path);
  const manifests = new Map<string, PackageManifest | undefined>();
  const sibling = (relative: string): PackageManifest | undefined => {
    if (manifests.has(relative)) return manifests.get(relative);
    const path = joinPath(folder, relative);
    const text = path === undefined ? undefined : companion(path);
    const manifest = path === undefined || text === undefined ? undefined : readManifest(text, path);
    manifests.set(relative, manifest);
    return manifest;
  };
  const lock = parseLockJson(file.text, file.path);
  if (lock.value === undefined) return nothingOf('lock', lock.problems, true);
  const npmrc = companion(folder === '' ? '.npmrc' : `${folder}/.npmrc`) ?? '';
  const context: LockContext = {
    path: file.path,
    folder,
    sibling,
    legacyPeers: /^[ \t]*legacy-peer-deps[ \t]*=[ \t]*"?true/m.test(npmrc),
  };
  const extraction = scrub(
    lock.entries === undefined
      ? extractNested(file.text, lock.value, lock.problems, context)
      : extractPackages(lock.value, lock.entries, context, lock.problems),
  );
  return withOverrides(extraction, file.path, companion, ['overrides']);
}

/** package.json of every link target (workspaces), by a search that costs nothing where there are no links. */
function linkedManifests(text: string): string[] {
  const found: string[] = [];
  const mark = '"link": true';
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    // npm writes `"resolved": "packages/a",` just before `"link": true`.
    const near = text.slice(Math.max(0, at - 400), at);
    const match = /"resolved": "([^"\\]+)",\s*$/.exec(near);
    if (match?.[1] !== undefined) found.push(`${match[1]}/package.json`);
  }
  return found;
}
