import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';
import { runtimeComponent, runtimeExtraction, runtimeName } from './component.ts';

/** Files that hold the version of one runtime and nothing else. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['.nvmrc', 'nodejs'],
  ['.node-version', 'nodejs'],
  ['.python-version', 'python'],
  ['.ruby-version', 'ruby'],
  ['.java-version', 'java'],
  ['.go-version', 'go'],
  ['.php-version', 'php'],
  ['.terraform-version', 'terraform'],
  ['.opentofu-version', 'opentofu'],
  ['.bun-version', 'bun'],
  ['.deno-version', 'deno'],
  ['runtime.txt', ''],
]);

/** Version files of nvm, pyenv, rbenv, jenv, tfenv and their kin, and Heroku's runtime.txt. */
export const versionFile: Extractor = {
  id: 'runtime/version-file',
  version: 1,
  ecosystem: 'Runtime',
  title: 'Runtime version files',
  files: [...FILES.keys()],
  notes:
    'The version as written (`v20.11.1`, `lts/iron`, `3.12`). Comments are left out; `.python-version` may name several. ' +
    'A word that moves (`lts/*`, `latest`) gives no version.',
  claims: (path) => FILES.has(baseName(path)),
  extract: ({ path, text }) => {
    const file = baseName(path);
    const name = FILES.get(file) ?? '';
    const components: ExtractedComponent[] = [];
    const problems: Problem[] = [];
    const marker = findMergeMarker(text);
    if (marker !== undefined) return runtimeExtraction([], [mergeConflict(path, marker)]);
    eachLine(text, (line, number) => {
      const hash = line.search(/(?:^|\s)(?:#|\/\/)/);
      const word = (hash === -1 ? line : line.slice(0, hash)).trim();
      if (word === '') return true;
      // nvm 0.40 allows `key=value` lines, for later use.
      if (/^[a-z_-]+=/i.test(word)) return true;
      if (word.length > 100 || !/^[\w.+*/@:~^<>=|, -]+$/.test(word)) {
        problems.push({
          code: 'runtime/unreadable-version',
          message: `expected a version in ${file}`,
          at: { path, line: number },
        });
        return false;
      }
      const component =
        file === 'runtime.txt' ? fromRuntimeText(word, number) : fromVersionFile(name, word, number);
      if (component !== undefined) components.push(component);
      // pyenv takes every line, the others the first.
      return file === '.python-version';
    });
    if (components.length === 0 && problems.length === 0)
      problems.push({ code: 'runtime/no-version', message: `no version in ${file}`, at: { path } });
    return runtimeExtraction(components, problems);
  },
};

function fromVersionFile(name: string, word: string, line: number): ExtractedComponent {
  // `ruby-3.4.1` and `cpython@3.12` are the runtime itself; `jruby-9.4`, `pypy3.10-7.3` another one.
  const other = /^(jruby|truffleruby|mruby|pypy|graalpy|miniconda|anaconda|stackless)/i.exec(word)?.[1];
  const version = word.replace(/^(?:ruby-|c?python[@-])(?=\d)/i, '');
  return runtimeComponent(other === undefined ? name : other.toLowerCase(), version, line);
}

/** Heroku: `python-3.11.4`; other buildpacks have the same form. Anything else is some other runtime.txt. */
function fromRuntimeText(word: string, line: number): ExtractedComponent | undefined {
  const found = /^([a-z][a-z+]*)-(\d[\w.+-]*)$/.exec(word);
  return found === null ? undefined : runtimeComponent(runtimeName(found[1]!), found[2]!, line);
}
