import type { UpgradeRequest } from '../../../model/ecosystem.ts';
import { arePlainWords } from '../command.ts';
import { baseName } from '../../text/paths.ts';
import { isRequirementsPath } from './requirements-files.ts';

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
function compileCommand({ name, to, direct, inRange, manifest }: UpgradeRequest): string | undefined {
  const isCompiled = !direct || inRange === true;
  if (!isRequirementsPath(manifest) || !manifest.endsWith('.txt') || !isCompiled) return undefined;
  const source = `${manifest.slice(0, -'.txt'.length)}.in`;
  return arePlainWords(source) ? `pip-compile --upgrade-package ${name}==${to} ${source}` : undefined;
}
