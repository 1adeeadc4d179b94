import { readYamlMap, yamlAt, yamlEntries, yamlText } from '../../text/yaml.ts';

/** The range that `catalog:` (or `catalog:NAME`) stands for; any other range is given back as it is. */
export type Catalogs = (name: string, range: string) => string;

/**
 * Ranges that workspaces share, from `catalog` and `catalogs` of .yarnrc.yml: https://yarnpkg.com/features/catalogs
 * Without the file, or for a name that is not in it, a range stays as written.
 */
export function readCatalogs(text: string | undefined, path: string): Catalogs {
  if (text === undefined) return (_name, range) => range;
  const { root } = readYamlMap(text, path);
  const ranges = new Map<string, string>();
  const add = (catalog: string, entries: ReturnType<typeof yamlEntries>): void => {
    for (const [key, { value }] of entries) {
      const range = yamlText(value);
      if (range !== undefined) ranges.set(`${key}@catalog:${catalog}`, range);
    }
  };
  add('', yamlEntries(yamlAt(root, 'catalog')));
  for (const [key, { value }] of yamlEntries(yamlAt(root, 'catalogs'))) add(key, yamlEntries(value));
  return (name, range) => (range.startsWith('catalog:') ? (ranges.get(`${name}@${range}`) ?? range) : range);
}
