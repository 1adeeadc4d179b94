import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import { arrayAt, type JsonObject, objectAt, parseJsonObject, stringAt } from '../../text/json.ts';
import { baseName } from '../../text/paths.ts';
import { runtimeComponent, runtimeExtraction, runtimeName } from './component.ts';

/** What a package.json says of the runtimes it needs. https://docs.npmjs.com/cli/configuring-npm/package-json#engines */
export const engines: Extractor = {
  id: 'runtime/engines',
  version: 1,
  ecosystem: 'Runtime',
  title: 'engines of package.json',
  files: ['package.json'],
  notes:
    '`engines` and `devEngines.runtime` as ranges, `volta` as versions. Problems of the file itself are told by the npm extractor.',
  claims: (path) => baseName(path) === 'package.json',
  extract: ({ path, text }) => {
    // Most files have none of the three: then there is nothing to parse.
    if (!/"(?:engines|devEngines|volta)"/.test(text)) return runtimeExtraction([]);
    const lines = new Map<string, number>();
    let group = '';
    const { value } = parseJsonObject(
      text,
      path,
      (depth, key, line) => {
        if (depth === 1) group = key;
        lines.set(depth === 1 ? key : `${group} ${key}`, line);
      },
      2,
    );
    const components: ExtractedComponent[] = [];
    for (const group of ['engines', 'volta']) {
      const table = objectAt(value, group);
      for (const tool of Object.keys(table ?? {})) {
        const version = stringAt(table, tool)?.trim();
        // `volta.extends` is a path.
        if (version === undefined || version === '' || (group === 'volta' && tool === 'extends')) continue;
        const line = lines.get(`${group} ${tool}`) ?? 0;
        components.push(
          group === 'volta'
            ? runtimeComponent(runtimeName(tool), version, line)
            : requested(runtimeName(tool), version, line),
        );
      }
    }
    components.push(...devEngines(objectAt(value, 'devEngines'), lines));
    return runtimeExtraction(components);
  },
};

/** A declared range, even where it is one version: `engines` says what is allowed, not what runs. */
function requested(name: string, range: string, line: number): ExtractedComponent {
  return { name, version: '', requested: range, origin: 'registry', line };
}

/** `{ runtime: { name, version } }`, or a list of such. https://docs.npmjs.com/cli/configuring-npm/package-json#devengines */
function devEngines(table: JsonObject | undefined, lines: ReadonlyMap<string, number>): ExtractedComponent[] {
  const components: ExtractedComponent[] = [];
  for (const kind of ['runtime', 'packageManager']) {
    const one = objectAt(table, kind);
    for (const entry of one === undefined ? arrayAt(table, kind) : [one]) {
      if (typeof entry !== 'object' || entry === null) continue;
      const name = stringAt(entry as JsonObject, 'name');
      const version = stringAt(entry as JsonObject, 'version');
      if (name !== undefined && version !== undefined)
        components.push({
          ...requested(runtimeName(name), version, lines.get(`devEngines ${kind}`) ?? 0),
          scopes: ['dev'],
        });
    }
  }
  return components;
}
