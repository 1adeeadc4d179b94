import type { ExtractedComponent, ExtractedEdge, Extractor } from '../../../model/extractor.ts';
import { baseName, folderOf, joinPath } from '../../text/paths.ts';
import { isFolder, parseModFile, replacementsOf } from './mod-file.ts';

/** go.work: the modules that are built together, and the replacements that then hold for all of them. */
export const goWork: Extractor = {
  id: 'go/go-work',
  version: 2,
  ecosystem: 'Go',
  title: 'Go workspaces',
  files: ['go.work'],
  notes: [
    "The modules in use, the standard library at the workspace's toolchain, and modules that the workspace replaces by others.",
    'What each module requires is read from its own go.mod.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'go.work',
  companions: (file, claimed) =>
    file.path === claimed
      ? parseModFile(file.text, file.path).uses.flatMap((use) => modPath(file.path, use.path) ?? [])
      : [],
  extract(file, companion) {
    const work = parseModFile(file.text, file.path);
    const replacement = replacementsOf(work.replaces);
    const members: ExtractedComponent[] = [];
    const replaced: {
      readonly component: ExtractedComponent;
      readonly range: string;
      readonly from: number;
    }[] = [];
    for (const use of work.uses) {
      const path = modPath(file.path, use.path);
      const text = path === undefined ? undefined : companion(path);
      const mod = text === undefined ? undefined : parseModFile(text, path!);
      for (const required of mod?.requires ?? []) {
        const found = replacement(required);
        if (found === undefined || isFolder(found.to.path)) continue;
        const { path: name, version, line } = found.to;
        const alias = name === required.path ? {} : { alias: required.path };
        replaced.push({
          component: { name, version, origin: 'registry', line, scopes: ['prod'], ...alias },
          range: required.version,
          from: members.length,
        });
      }
      members.push({ name: mod?.module?.path ?? use.path, version: '', origin: 'workspace', line: use.line });
    }
    const components = [...members];
    const edges: ExtractedEdge[] = [];
    const known = new Map<string, number>();
    const addEdge = (from: number, component: ExtractedComponent, range: string): void => {
      const key = `${component.name} ${component.version}`;
      let to = known.get(key);
      if (to === undefined) {
        known.set(key, (to = components.length));
        components.push(component);
      }
      edges.push({ from, to, kind: 'prod', range });
    };
    for (const { from, component, range } of replaced) addEdge(from, component, range);
    const stdlib = work.toolchain;
    if (stdlib !== undefined) {
      const { version, line } = stdlib;
      const component: ExtractedComponent = {
        name: 'stdlib',
        version,
        origin: 'registry',
        line,
        scopes: ['prod'],
      };
      if (members.length === 0) components.push(component);
      else members.forEach((_, from) => addEdge(from, component, work.go?.version ?? ''));
    }
    return {
      role: 'lock',
      components,
      edges,
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: work.problems,
    };
  },
};

function modPath(workPath: string, folder: string): string | undefined {
  const joined = joinPath(folderOf(workPath), folder);
  return joined === undefined ? undefined : joined === '' ? 'go.mod' : `${joined}/go.mod`;
}
