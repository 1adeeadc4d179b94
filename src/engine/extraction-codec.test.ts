import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ECOSYSTEMS } from '../model/ecosystem.ts';
import type { ExtractedComponent, Extraction } from '../model/extractor.ts';
import { SCOPES } from '../model/extractor.ts';
import { decodeExtraction, encodeExtraction } from './extraction-codec.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '0', '__proto__', '\uD800', 'a\u2028b'),
);
const optional = {
  requiredKeys: ['name', 'version', 'origin', 'line'] as ('name' | 'version' | 'origin' | 'line')[],
};
/** A field that the model gains and this test does not know is a type error: the codec would lose it on every second scan. */
type Every<T> = { readonly [K in keyof Required<T>]: fc.Arbitrary<unknown> };

const component = fc.record(
  {
    name: text,
    version: text,
    origin: fc.constantFrom('registry', 'git', 'url', 'file', 'workspace', 'project', 'unknown'),
    line: fc.nat(),
    ecosystem: fc.constantFrom(...ECOSYSTEMS),
    purl: text,
    requested: text,
    alias: text,
    integrity: text,
    source: text,
    licence: text,
    key: text,
    scopes: fc.array(fc.constantFrom(...SCOPES), { maxLength: 3 }),
    hasInstallScript: fc.constant(true),
    bundled: fc.constant(true),
    deprecated: text,
  } satisfies Every<ExtractedComponent>,
  optional,
);
const edge = fc.record({
  from: fc.nat(1000),
  to: fc.nat(1000),
  kind: fc.constantFrom(...SCOPES),
  range: text,
});
const problem = fc.record(
  { code: text, message: text, at: fc.record({ path: text, line: fc.nat() }), lost: fc.boolean() },
  { requiredKeys: ['code', 'message'] },
);
const extraction = fc.record(
  {
    role: fc.constantFrom('lock', 'manifest', 'use', 'sbom'),
    format: text,
    components: fc.array(component),
    edges: fc.array(edge),
    weakEdges: fc.array(fc.nat(1000)),
    edgesKnown: fc.boolean(),
    covers: fc.array(text),
    overrides: fc.array(
      fc.record({ name: text, range: text, path: text, line: fc.nat(1000), keys: fc.array(text) }),
    ),
    observations: fc.array(fc.record({ rule: text, message: text })),
    problems: fc.array(problem),
  } satisfies Every<Extraction>,
  { requiredKeys: ['role', 'components', 'edges', 'edgesKnown', 'covers', 'observations', 'problems'] },
);

test('every extraction reads back as it was written', () => {
  fc.assert(
    fc.property(extraction, (value) => {
      expect(decodeExtraction(encodeExtraction(value as Extraction))).toEqual(value);
    }),
  );
});

test('what it did not write is no extraction', () => {
  const written = encodeExtraction({
    role: 'lock',
    components: [{ name: 'a', version: '1', origin: 'registry', line: 1, integrity: 'x' }],
    edges: [],
    edgesKnown: true,
    covers: [],
    observations: [],
    problems: [],
  });
  for (const other of [
    '',
    '{}',
    'null',
    '[]',
    '{"name":[]}',
    written.slice(0, -3),
    written.replace('["1"]', '[]'),
  ])
    expect(decodeExtraction(other)).toBeUndefined();
});
