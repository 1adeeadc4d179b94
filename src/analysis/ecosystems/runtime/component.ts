import type { ExtractedComponent, Extraction } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { isRange } from './versions.ts';

/** Names that version managers use for what we call otherwise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['node', 'nodejs'],
  ['nodejs', 'nodejs'],
  ['golang', 'go'],
  ['dotnet-core', 'dotnet'],
  ['dotnet-sdk', 'dotnet'],
  ['jdk', 'java'],
  ['cpython', 'python'],
]);

/** The name that the Runtime ecosystem uses for a tool, lower case. */
export function runtimeName(tool: string): string {
  const name = tool.trim().toLowerCase();
  return NAMES.get(name) ?? name;
}

/** Words that stand for whatever is newest, or for what the machine has. */
const FLOATING =
  /^(?:latest|latest[-:].*|stable|beta|nightly|current|node|system|lts|lts\/\*|lts\/-\d+|default|min-required|iojs|\*)$/;

/**
 * A runtime as a file names it. A range or a word that moves (`lts/*`, `latest`) is what was requested; anything else is the version, as written.
 */
export function runtimeComponent(name: string, text: string, line: number): ExtractedComponent {
  const moves = isRange(text) || FLOATING.test(text.toLowerCase());
  return {
    name,
    version: moves ? '' : text,
    ...(moves ? { requested: text } : {}),
    origin: 'registry',
    line,
  };
}

/** An extraction of runtimes alone: they ask for nothing, and nobody in the file asks for them. */
export function runtimeExtraction(
  components: readonly ExtractedComponent[],
  problems: readonly Problem[] = [],
): Extraction {
  return { role: 'use', components, edges: [], edgesKnown: true, covers: [], observations: [], problems };
}
