import type { YamlNode } from '../../analysis/text/yaml.ts';

/**
 * A YAML value as JSON data, by YAML 1.2's core schema, with one care: a plain number that a JavaScript number would not give back
 * letter by letter (`1.10`, `007`) stays a string, so that nothing is lost.
 */
export function yamlValue(node: YamlNode): unknown {
  if (node.kind === 'sequence') return node.items.map(({ value }) => yamlValue(value));
  if (node.kind === 'map')
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, yamlValue(value)]));
  if (node.style !== 'plain') return node.text;
  if (node.text === '' || node.text === '~' || /^(?:null|Null|NULL)$/.test(node.text)) return null;
  if (/^(?:true|True|TRUE)$/.test(node.text)) return true;
  if (/^(?:false|False|FALSE)$/.test(node.text)) return false;
  if (/^-?\d/.test(node.text) && String(Number(node.text)) === node.text) return Number(node.text);
  return node.text;
}
