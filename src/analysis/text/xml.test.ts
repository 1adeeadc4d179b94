import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { childText, childrenOf, parseXml, type XmlElement } from './xml.ts';

const codes = (text: string) =>
  parseXml(text, 'f.xml').problems.map((problem) => [problem.code, problem.at?.line]);

test.for([
  ['empty', '', [['file/empty', undefined]]],
  ['prose', 'hello', [['file/not-xml', 1]]],
  ['truncated in an element', '<a>\n<b>1</b>', [['file/truncated', 2]]],
  ['truncated in a tag', '<a>\n<b x="', [['file/truncated', 2]]],
  ['truncated in a comment', '<a>\n<!-- ', [['file/truncated', 2]]],
  ['tags that do not match', '<a>\n<b>\n</a>', [['file/not-xml', 3]]],
  ['an end without a start', '<a/>\n</a>', [['file/not-xml', 2]]],
  ['two roots', '<a/><b/>', [['file/not-xml', 1]]],
  ['an attribute without quotes', '<a b=c/>', [['file/not-xml', 1]]],
  ['a merge conflict', '<a>\n<<<<<<< HEAD\n<b/>\n=======\n>>>>>>> x\n</a>', [['file/merge-marker', 2]]],
  ['deep nesting', '<a>'.repeat(300), [['file/too-deep', 1]]],
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;&b;</a>', [['file/unknown-entity', 1]]],
  ['good XML', '<?xml version="1.0"?><!-- < --><a b=\'1\'>&amp;<![CDATA[<x>]]><n:c/></a>', []],
] as const)('%s', ([, text, expected]) => expect(codes(text)).toEqual(expected));

test('text, attributes, namespaces and lines', () => {
  const { root } = parseXml(
    '<?xml version="1.0"?>\n<p:a x:b="1 &lt; 2">\n  one <c>&#65;&#x42;</c> two\n  <c/>\n</p:a>',
    'f',
  );
  expect([root!.name, root!.attributes.get('b'), root!.text, root!.line]).toEqual([
    'a',
    '1 < 2',
    'one  two',
    2,
  ]);
  expect(childText(root, 'c')).toBe('AB');
  expect(childrenOf(root, 'c').map((child) => child.line)).toEqual([3, 4]);
});

test('what stands before the fault is still read', () => {
  const { root } = parseXml('<a><b>1</b><c><d>2</a>', 'f');
  expect(childText(root, 'b')).toBe('1');
  expect(childText(root?.children[1], 'd')).toBe('2');
});

test('agrees with a validating parser on generated documents', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,5}$/);
  const content = fc
    .stringMatching(/^[ -;=?-~\n]{0,8}$/)
    .map((text) => text.replaceAll('&', '&amp;').replaceAll(']]>', ''));
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        word,
        fc.option(word),
        content,
        fc.array(
          fc.oneof(
            { maxDepth: 4 },
            fc.constantFrom('<!-- <x> -->', '<![CDATA[<&]]>', '<?p x>?>'),
            tie('node'),
          ),
          {
            maxLength: 3,
          },
        ),
      )
      .map(([name, attribute, text, inner]) => {
        const start = `${name}${attribute === null ? '' : `\n ${attribute} = "${text.replaceAll('"', '')}"`}`;
        return inner.length === 0 && text === ''
          ? `<${start}/>`
          : `<${start}>${text}${inner.join(text)}</${name} >`;
      }),
  }));
  fc.assert(
    fc.property(node, (text) => {
      expect(shape(parseXml(text, 'f').root!, text.split('\n'))).toEqual(bySaxes(text));
    }),
  );
});

// Real files, where the reference data is at hand.
const real = globSync('../shared/data/repos/**/*.{xml,csproj,props,config}').slice(0, 80);
test.skipIf(real.length === 0)('agrees with a validating parser on real files', () => {
  for (const file of real) {
    const text = readFileSync(file, 'utf8');
    expect(shape(parseXml(text, file).root!, text.split('\n'))).toEqual(bySaxes(text));
  }
});

interface Shape {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly children: Shape[];
}

/** An element without its line, which is checked against the text: the oracle counts a newline after the name already. */
function shape(element: XmlElement, lines: readonly string[]): Shape {
  expect(lines[element.line - 1]).toMatch(new RegExp(`<([\\w.-]+:)?${element.name}(?![\\w.-])`));
  return {
    name: element.name,
    attributes: Object.fromEntries(element.attributes),
    text: element.text,
    children: element.children.map((child) => shape(child, lines)),
  };
}

const bare = (name: string) => name.slice(name.lastIndexOf(':') + 1);

function bySaxes(text: string): Shape {
  const parser = new SaxesParser();
  const top: Shape = { name: '', attributes: {}, text: '', children: [] };
  const open = [top];
  const add = (piece: string) => (open.at(-1)!.text += piece);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const child: Shape = {
      name: bare(name),
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [bare(key), value])),
      text: '',
      children: [],
    };
    open.at(-1)!.children.push(child);
    open.push(child);
  });
  parser.on('closetag', () => {
    const closed = open.pop()!;
    closed.text = closed.text.trim();
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return top.children[0]!;
}
