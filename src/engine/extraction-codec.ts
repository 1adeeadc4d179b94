import type { ExtractedComponent, ExtractedEdge, Extraction, Origin, Scope } from '../model/extractor.ts';
import { SCOPES } from '../model/extractor.ts';

/** Raise when the written form changes: it is part of every key. */
export const EXTRACTION_FORMAT: number = 3;

const ORIGINS: readonly Origin[] = ['registry', 'git', 'url', 'file', 'workspace', 'project', 'unknown'];
/** Texts that a component may or may not have. */
const TEXTS = [
  'ecosystem',
  'purl',
  'requested',
  'alias',
  'integrity',
  'source',
  'licence',
  'key',
  'deprecated',
] as const;

/** Fields that are there or not. */
const FLAGS = ['hasInstallScript', 'bundled'] as const;

/** Columns: one array a field, so that names are written once and reading is one JSON.parse and one pass. */
interface Columns {
  readonly role: Extraction['role'];
  readonly format?: string;
  readonly edgesKnown: boolean;
  readonly weakEdges?: readonly number[];
  readonly covers: readonly string[];
  readonly overrides?: Extraction['overrides'];
  readonly observations: Extraction['observations'];
  readonly problems: Extraction['problems'];
  readonly name: readonly string[];
  readonly version: readonly string[];
  /** One letter each: index into ORIGINS. */
  readonly origin: string;
  /** Each less the one before. */
  readonly line: readonly number[];
  /** By position in TEXTS; a column that nobody has is 0, a field that a component has not is 0. */
  readonly texts: readonly (0 | readonly (0 | string)[])[];
  /** Scopes as digits; 0 where there are none stated. */
  readonly scopes: 0 | readonly (0 | string)[];
  /** By position in FLAGS: who has it. */
  readonly flags: readonly (readonly number[])[];
  /** Each less the one before. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** One digit each: index into SCOPES. */
  readonly kind: string;
  /** Index into `ranges`, which holds each text once. */
  readonly range: readonly number[];
  readonly ranges: readonly string[];
}

/** An extraction as text, for the cache and for the way from a worker. */
export function encodeExtraction(extraction: Extraction): string {
  const { components, edges } = extraction;
  const ranges = new Map<string, number>();
  const rangeOf = (range: string): number => {
    let index = ranges.get(range);
    if (index === undefined) ranges.set(range, (index = ranges.size));
    return index;
  };
  const columns: Columns = {
    role: extraction.role,
    ...(extraction.format === undefined ? {} : { format: extraction.format }),
    ...(extraction.weakEdges === undefined ? {} : { weakEdges: extraction.weakEdges }),
    edgesKnown: extraction.edgesKnown,
    covers: extraction.covers,
    ...(extraction.overrides === undefined ? {} : { overrides: extraction.overrides }),
    observations: extraction.observations,
    problems: extraction.problems,
    name: components.map((component) => component.name),
    version: components.map((component) => component.version),
    origin: components.map((component) => ORIGINS.indexOf(component.origin)).join(''),
    line: differences(components.map((component) => component.line)),
    texts: TEXTS.map((field) =>
      components.some((component) => component[field] !== undefined)
        ? components.map((component) => component[field] ?? 0)
        : 0,
    ),
    scopes: components.some((component) => component.scopes !== undefined)
      ? components.map((component) => component.scopes?.map((scope) => SCOPES.indexOf(scope)).join('') ?? 0)
      : 0,
    flags: FLAGS.map((flag) => components.flatMap((component, i) => (component[flag] === true ? [i] : []))),
    from: differences(edges.map((edge) => edge.from)),
    to: edges.map((edge) => edge.to),
    kind: edges.map((edge) => SCOPES.indexOf(edge.kind)).join(''),
    range: edges.map((edge) => rangeOf(edge.range)),
    ranges: [...ranges.keys()],
  };
  return JSON.stringify(columns);
}

/** The extraction that `encodeExtraction` wrote; `undefined` for any text that it did not write. */
export function decodeExtraction(text: string): Extraction | undefined {
  try {
    return fromColumns(JSON.parse(text) as Columns);
  } catch {
    return undefined;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function fromColumns(columns: Columns): Extraction | undefined {
  const { name, version, origin, line, texts, scopes, from, to, kind, range, ranges } = columns;
  const count = name.length;
  if (version.length !== count || origin.length !== count || line.length !== count) return undefined;
  const components: Writable<ExtractedComponent>[] = Array.from({ length: count });
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += line[i]!;
    components[i] = {
      name: name[i]!,
      version: version[i]!,
      origin: ORIGINS[origin.charCodeAt(i) - 48]!,
      line: at,
    };
  }
  for (let field = 0; field < TEXTS.length; field++) {
    const column = texts[field]!;
    if (column === 0) continue;
    const key = TEXTS[field]! as 'key';
    for (let i = 0; i < count; i++) {
      const value = column[i]!;
      if (value !== 0) components[i]![key] = value;
    }
  }
  if (scopes !== 0) {
    // A file has a handful of different sets.
    const sets = new Map<string, readonly Scope[]>();
    for (let i = 0; i < count; i++) {
      const digits = scopes[i]!;
      if (digits === 0) continue;
      let set = sets.get(digits);
      if (set === undefined) sets.set(digits, (set = scopesOf(digits)));
      components[i]!.scopes = set;
    }
  }
  FLAGS.forEach((flag, field) => {
    for (const i of columns.flags[field]!) components[i]![flag] = true;
  });
  const edges: ExtractedEdge[] = Array.from({ length: from.length });
  let source = 0;
  for (let i = 0; i < from.length; i++) {
    source += from[i]!;
    edges[i] = {
      from: source,
      to: to[i]!,
      kind: SCOPES[kind.charCodeAt(i) - 48]!,
      range: ranges[range[i]!]!,
    };
  }
  const { role, format, weakEdges, edgesKnown, covers, overrides, observations, problems } = columns;
  return {
    role,
    ...(format === undefined ? {} : { format }),
    components,
    edges,
    ...(weakEdges === undefined ? {} : { weakEdges }),
    edgesKnown,
    covers,
    ...(overrides === undefined ? {} : { overrides }),
    observations,
    problems,
  };
}

function scopesOf(digits: string): readonly Scope[] {
  return Array.from(digits, (digit) => SCOPES[Number(digit)]!);
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((number, i) => (i === 0 ? number : number - numbers[i - 1]!));
}
