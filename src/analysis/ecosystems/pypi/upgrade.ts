import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { arePlainWords } from '../command.ts';
import { baseName } from '../../text/paths.ts';
import { isConstraintsPath, isRequirementsPath } from './requirements-files.ts';

/**
 * The command of the tool that wrote the file, by the file's name. `undefined` where an edit is needed and no command makes it:
 * a requirements file written by hand, pylock.toml (many tools write it), a manifest.
 */
export function pypiCommand(request: UpgradeRequest): string | undefined {
  const { name, to, direct, dev, manifest } = request;
  if (!arePlainWords(name, to)) return undefined;
  const mustDeclare = direct && request.inRange === false;
  switch (baseName(manifest)) {
    case 'poetry.lock':
      return mustDeclare ? `poetry add ${dev ? '--group dev ' : ''}${name}@^${to}` : `poetry update ${name}`;
    case 'uv.lock':
      return mustDeclare
        ? `uv add ${dev ? '--dev ' : ''}"${name}>=${to}"`
        : `uv lock --upgrade-package ${name}==${to}`;
    case 'Pipfile.lock':
      return mustDeclare ? `pipenv install ${dev ? '--dev ' : ''}"${name}~=${to}"` : `pipenv update ${name}`;
    case 'pdm.lock':
      // `pdm update` takes only names that pyproject.toml declares.
      if (!direct) return undefined;
      return mustDeclare ? `pdm add ${dev ? '--dev ' : ''}"${name}>=${to}"` : `pdm update ${name}`;
    default:
      return compileCommand(request);
  }
}

/**
 * Only a compiled requirements file lists what is not direct, and only there does a declared range leave room:
 * in one written by hand the pin itself is the range.
 */
function compileCommand({
  name,
  to,
  direct,
  inRange,
  manifest,
  covers = [],
}: UpgradeRequest): string | undefined {
  const source = covers.map(baseName).find(isSource) ?? `${manifest.slice(0, -'.txt'.length)}.in`;
  // A constraints file written by hand says of nothing in it whether it is direct.
  const isCompiled = covers.some(isSource) || (!isConstraintsPath(manifest) && (!direct || inRange === true));
  if (!isRequirementsPath(manifest) || !manifest.endsWith('.txt') || !isCompiled) return undefined;
  return arePlainWords(source) ? `pip-compile --upgrade-package ${name}==${to} ${source}` : undefined;
}

const isSource = (path: string): boolean => path.endsWith('.in');

/**
 * The requirement to change in the file that people write: the same operator where it pins or is compatible, else at least
 * the version. That is the source of a compiled file, or the line of one that is not.
 */
export function pypiEdit({
  name,
  to,
  range,
  manifest,
  line,
  covers = [],
}: UpgradeRequest): string | undefined {
  if (!isRequirementsPath(manifest)) return undefined;
  const operator = /^\s*(===?|~=)/.exec(range ?? '')?.[1] ?? '>=';
  const source = covers.find(isSource);
  const where =
    source !== undefined
      ? `${name} in ${source}`
      : line === undefined
        ? `${name} in ${manifest}`
        : `line ${line} of ${manifest}`;
  return `change ${where} to \`${name}${operator}${to}\``;
}

/** A constraints file written by hand is changed by hand. All are of one file. */
export function pypiTransitiveEdit(requests: readonly UpgradeRequest[]): string | undefined {
  const { manifest, covers = [] } = requests[0]!;
  if (!isRequirementsPath(manifest) || !isConstraintsPath(manifest) || covers.some(isSource))
    return undefined;
  const pins = [...new Set(requests.map(({ name, to }) => `\`${name}==${to}\``))];
  return `write ${pins.join(', ')} in ${manifest}`;
}
