import type { EcosystemId, UpgradeRequest } from '../../model/ecosystem.ts';
import { arePlainWords } from '../ecosystems/command.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { baseName, folderOf } from '../text/paths.ts';
import { shellWord } from '../text/shell.ts';
import type { Case } from './plan.ts';

/**
 * The package manager's command, to be run at the top of the tree: it goes to the lockfile's folder first.
 * `undefined` where there is none, and for names, versions and folders that are not safe to paste: files are not trusted.
 */
export function commandIn(
  ecosystem: EcosystemId,
  one: Pick<Case, 'manifests' | 'dev' | 'format'>,
  request: Pick<UpgradeRequest, 'name' | 'from' | 'to' | 'direct' | 'inRange'>,
): string | undefined {
  const manifest = one.manifests[0]!;
  const folder = folderOf(manifest);
  const word = shellWord(folder.startsWith('-') ? `./${folder}` : folder);
  if (word === undefined || !arePlainWords(request.name, request.to)) return undefined;
  const command = ecosystemOf(ecosystem).upgradeCommand?.({
    ...request,
    dev: one.dev,
    manifest: baseName(manifest),
    ...(one.format === undefined ? {} : { format: one.format }),
  });
  return command === undefined || folder === '' ? command : `cd ${word} && ${command}`;
}
