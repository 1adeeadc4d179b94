import type { EcosystemId, OverrideChange, Steps, UpgradeRequest } from '../../model/ecosystem.ts';
import { arePlainWords } from '../ecosystems/command.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { baseName, folderOf } from '../text/paths.ts';
import { shellWord } from '../text/shell.ts';
import type { Case } from './plan.ts';

/** Where steps are taken. */
type Place = Pick<Case, 'manifests' | 'dev' | 'format' | 'declared'> &
  Partial<Pick<Case, 'askedBy' | 'isReported'>>;

/**
 * The package manager's command, to be run at the top of the tree: it goes to the lockfile's folder first; and the edit that
 * comes before it or in its place, where one does. No command for names, versions and folders that are not safe to paste:
 * files are not trusted.
 */
export function stepsIn(
  ecosystem: EcosystemId,
  one: Place,
  request: Pick<UpgradeRequest, 'name' | 'from' | 'to' | 'direct' | 'inRange'>,
): Steps {
  const manifest = one.manifests[0]!;
  if (one.isReported) return { edit: OF_AN_SBOM };
  const rules = ecosystemOf(ecosystem);
  const whole: UpgradeRequest = {
    ...request,
    ...(request.direct ? one.declared : {}),
    dev: one.dev,
    manifest: baseName(manifest),
    ...(one.format === undefined ? {} : { format: one.format }),
    ...(one.askedBy === undefined ? {} : { askedBy: one.askedBy }),
  };
  const command = arePlainWords(request.name, request.to)
    ? inFolder(manifest, rules.upgradeCommand?.(whole))
    : undefined;
  const isEdited = request.direct && (request.inRange === false || command === undefined);
  const there: UpgradeRequest = { ...whole, manifest };
  const edit = isEdited
    ? (rules.upgradeEdit?.(there) ?? (command === undefined ? plainEdit(there) : undefined))
    : undefined;
  return { ...(edit === undefined ? {} : { edit }), ...(command === undefined ? {} : { command }) };
}

/** The edit before the command that refreshes components of one file, where that takes one. */
export function refreshEdit(ecosystem: EcosystemId, group: readonly Case[]): string | undefined {
  const { manifests, dev, format, isReported, declared } = group[0]!;
  if (isReported) return OF_AN_SBOM;
  const requests = group.map(({ component: { name, version }, to, inRange }): UpgradeRequest => ({
    name,
    from: version,
    to: to!,
    direct: false,
    dev,
    manifest: manifests[0]!,
    inRange,
    ...(format === undefined ? {} : { format }),
    ...(declared.covers === undefined ? {} : { covers: declared.covers }),
  }));
  return ecosystemOf(ecosystem).transitiveEdit?.(requests);
}

const OF_AN_SBOM = 'move it in the project that this SBOM describes, and make the SBOM anew';

/** How to change what the project forces, in the same way. */
export function overrideStepsIn(
  ecosystem: EcosystemId,
  one: Place,
  changes: readonly OverrideChange[],
): Steps {
  const manifest = one.manifests[0]!;
  const steps = ecosystemOf(ecosystem).overrideSteps?.(changes, baseName(manifest), one.format) ?? {};
  const command = changes.every(({ override, to }) => arePlainWords(override.name, to))
    ? inFolder(manifest, steps.command)
    : undefined;
  return {
    ...(steps.edit === undefined ? {} : { edit: steps.edit }),
    ...(command === undefined ? {} : { command }),
  };
}

function inFolder(manifest: string, command: string | undefined): string | undefined {
  const folder = folderOf(manifest);
  const word = shellWord(folder.startsWith('-') ? `./${folder}` : folder);
  if (word === undefined) return undefined;
  return command === undefined || folder === '' ? command : `cd ${word} && ${command}`;
}

/** For any format: what the person has to find and what to put there. */
function plainEdit({ name, to, manifest, line, isDeclaration }: UpgradeRequest): string {
  if (isDeclaration !== true)
    return `raise what is asked for of ${name} to ${to}, in the manifest of ${manifest}`;
  return line === undefined
    ? `ask for ${name} ${to} in ${manifest}`
    : `ask for ${name} ${to} on line ${line} of ${manifest}`;
}
