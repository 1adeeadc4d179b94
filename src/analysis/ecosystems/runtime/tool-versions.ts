import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';
import { parseToml } from '../../text/toml.ts';
import { runtimeComponent, runtimeExtraction, runtimeName } from './component.ts';

/** asdf's and mise's list of tools. https://asdf-vm.com/manage/configuration.html#tool-versions */
export const toolVersions: Extractor = {
  id: 'runtime/tool-versions',
  version: 1,
  ecosystem: 'Runtime',
  title: 'asdf tool versions',
  files: ['.tool-versions'],
  notes:
    'Every tool with each of its versions. `ref:` is a git origin, `path:` a file, `system` and `latest` no version.',
  claims: (path) => baseName(path) === '.tool-versions',
  extract: ({ path, text }) => {
    const components: ExtractedComponent[] = [];
    const problems: Problem[] = [];
    const marker = findMergeMarker(text);
    if (marker !== undefined) problems.push(mergeConflict(path, marker));
    else
      eachLine(text, (line, number) => {
        const hash = line.indexOf('#');
        const words = (hash === -1 ? line : line.slice(0, hash)).trim().split(/\s+/);
        const [tool, ...versions] = words;
        if (tool === undefined || tool === '') return;
        if (versions.length === 0 || line.length > 1000) {
          problems.push({
            code: 'runtime/no-version',
            message: `expected a tool and its versions, found ${versions.length === 0 ? 'one word' : 'a line of more than 1,000 characters'}`,
            at: { path, line: number },
          });
          return;
        }
        for (const version of versions) components.push(toolComponent(tool, version, number));
      });
    return runtimeExtraction(components, problems);
  },
};

function toolComponent(tool: string, version: string, line: number): ExtractedComponent {
  const name = runtimeName(tool);
  if (version.startsWith('ref:')) return { name, version: version.slice(4), origin: 'git', line };
  if (version.startsWith('path:'))
    return { name, version: '', origin: 'file', source: version.slice(5), line };
  return runtimeComponent(name, version, line);
}

/** mise's own configuration. https://mise.jdx.dev/configuration.html */
export const mise: Extractor = {
  id: 'runtime/mise',
  version: 1,
  ecosystem: 'Runtime',
  title: 'mise configuration',
  files: ['mise.toml', '.mise.toml', 'mise.*.toml', '.config/mise/config.toml'],
  notes:
    'The `[tools]` table: strings, lists and tables with a `version`. Tools of a backend (`npm:prettier`, `cargo:ripgrep`) are components of that ecosystem when it is one of ours.',
  claims: (path) =>
    /(?:^|\/)(?:\.?mise(?:\.[\w-]+)?\.toml|(?:\.config\/)?\.?mise\/config(?:\.[\w-]+)?\.toml)$/.test(path),
  extract: ({ path, text }) => {
    const { value, problems, lineOf } = parseToml(text, path);
    const components: ExtractedComponent[] = [];
    const tools = objectAt(value, 'tools');
    for (const tool of Object.keys(tools ?? {})) {
      const line = lineOf('tools', tool);
      const table = objectAt(tools, tool);
      const listed = arrayAt(tools, tool);
      const held = [stringAt(tools, tool), stringAt(table, 'version'), ...listed];
      for (const version of held) {
        const text = typeof version === 'string' ? version : objectText(version);
        if (text !== undefined) components.push(miseComponent(tool, text, line));
      }
    }
    return runtimeExtraction(components, problems);
  },
};

function objectText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null
    ? stringAt(value as Record<string, unknown>, 'version')
    : undefined;
}

const BACKENDS: ReadonlyMap<string, ExtractedComponent['ecosystem']> = new Map([
  ['npm', 'npm'],
  ['pipx', 'PyPI'],
  ['cargo', 'crates.io'],
  ['gem', 'RubyGems'],
  ['go', 'Go'],
]);

function miseComponent(tool: string, version: string, line: number): ExtractedComponent {
  const colon = tool.indexOf(':');
  const ecosystem = colon === -1 ? undefined : BACKENDS.get(tool.slice(0, colon));
  if (ecosystem !== undefined) {
    const component = runtimeComponent(tool.slice(colon + 1), version, line);
    // A short version is a prefix to mise (`1` is the newest 1.x).
    const isExact = /^v?\d+\.\d+\.\d+/.test(component.version);
    return {
      ...component,
      ecosystem,
      version: isExact ? version : '',
      ...(isExact ? {} : { requested: version }),
      scopes: ['dev'],
    };
  }
  return toolComponent(tool, version.replace(/^(?:prefix|sub-\d+):/, ''), line);
}
