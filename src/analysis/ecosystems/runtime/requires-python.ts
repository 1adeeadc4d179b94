import type { Extractor } from '../../../model/extractor.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';
import { runtimeExtraction } from './component.ts';

/** Where each file says which Python it needs: section and key. */
const PLACES: ReadonlyMap<string, readonly (readonly [section: string, key: string])[]> = new Map([
  [
    'pyproject.toml',
    [
      ['project', 'requires-python'],
      ['tool.poetry.dependencies', 'python'],
    ],
  ],
  [
    'setup.cfg',
    [
      ['options', 'python_requires'],
      ['metadata', 'requires-python'],
    ],
  ],
  [
    'Pipfile',
    [
      ['requires', 'python_full_version'],
      ['requires', 'python_version'],
    ],
  ],
]);

/** https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python */
export const requiresPython: Extractor = {
  id: 'runtime/requires-python',
  version: 1,
  ecosystem: 'Runtime',
  title: 'Python that a project requires',
  files: [...PLACES.keys()],
  notes:
    '`requires-python`, Poetry’s `python`, setup.cfg’s `python_requires` and the `[requires]` of a Pipfile, as ranges. ' +
    'Read line by line; problems of the file itself are told by the PyPI extractors.',
  claims: (path) => PLACES.has(baseName(path)),
  extract: ({ path, text }) => {
    const places = PLACES.get(baseName(path)) ?? [];
    const found = new Map<string, { readonly range: string; readonly line: number }>();
    let section = '';
    eachLine(text, (line, number) => {
      if (line.length > 1000) return;
      const header = /^\[\s*([\w.-]+)\s*\]\s*(?:[#;].*)?$/.exec(line)?.[1];
      if (header !== undefined) {
        section = header;
        return;
      }
      if (line.startsWith('[')) section = '';
      const entry = /^([\w-]+)[ \t]*[=:](.*)$/.exec(line);
      if (entry === null) return;
      const key = `${section} ${entry[1]!}`;
      const range = valueOf(entry[2]!);
      if (range !== '' && !found.has(key)) found.set(key, { range, line: number });
    });
    for (const [place, key] of places) {
      const hit = found.get(`${place} ${key}`);
      if (hit === undefined) continue;
      const { range, line } = hit;
      return runtimeExtraction([{ name: 'python', version: '', requested: range, origin: 'registry', line }]);
    }
    return runtimeExtraction([]);
  },
};

/** `">=3.8"  # why`, `>= 3.8`, `{version = "^3.8"}`. */
function valueOf(raw: string): string {
  const text = raw.trim();
  const quoted = /^(["'])([^"']*)\1/.exec(text)?.[2];
  if (quoted !== undefined) return quoted.trim();
  const table = /^\{.*?\bversion\s*=\s*(["'])([^"']*)\1/.exec(text)?.[2];
  if (table !== undefined) return table.trim();
  return /^[<>=~!^\d]/.test(text) ? text.replace(/\s*[#;].*$/, '') : '';
}
