import type { Problem } from '../../model/problem.ts';
import { findMergeMarker, mergeConflict } from './merge-conflict.ts';

/** One element. Names lose their namespace prefix; `text` is its own character data, trimmed, without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** 1-based line of its start tag. */
  readonly line: number;
}

/** Deepest nesting that we accept. A POM's plugin configuration seldom passes 15. */
const MAX_DEPTH = 256;

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * Reads the XML that build tools write: elements, attributes, text, CDATA, comments, the five named entities and character references.
 * A document type is passed over: no entity of its own is expanded and nothing external is ever fetched (an unknown entity is a problem).
 * `root` is what could be read, also when the file is cut short or its tags do not match; then a problem says where, with `lost`.
 * One pass, linear in the size of the text. https://www.w3.org/TR/xml/
 */
export function parseXml(
  text: string,
  path: string,
): { readonly root: XmlElement | undefined; readonly problems: readonly Problem[] } {
  const marker = findMergeMarker(text);
  if (marker !== undefined)
    return {
      root: undefined,
      problems: [mergeConflict(path, marker)],
    };
  return new Reader(text, path).read();
}

/** The first child element of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** Every child element of that name, in file order. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element === undefined ? [] : element.children.filter((child) => child.name === name);
}

/** Text of the first child of that name; `undefined` when there is no such child. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: OpenElement[];
  text: string;
  readonly line: number;
}

/** The state of one pass; a class because every step moves the same position. */
class Reader {
  private readonly problems: Problem[] = [];
  private readonly open: OpenElement[] = [];
  private readonly openNames = new Map<string, number>();
  private root: OpenElement | undefined;
  private at = 0;
  private line = 1;
  /** Offset of the first newline not yet counted; -1 after the last. */
  private newline: number;
  private readonly text: string;
  private readonly path: string;

  constructor(text: string, path: string) {
    this.text = text;
    this.path = path;
    this.newline = text.indexOf('\n');
  }

  read(): { readonly root: XmlElement | undefined; readonly problems: readonly Problem[] } {
    const { text } = this;
    while (this.at < text.length) {
      const tag = text.indexOf('<', this.at);
      this.characters(this.at, tag === -1 ? text.length : tag);
      if (tag === -1) break;
      this.at = tag;
      const next = text.charCodeAt(tag + 1);
      const goesOn =
        next === 47 /* / */
          ? this.endTag()
          : next === 33 /* ! */
            ? this.declaration()
            : next === 63 /* ? */
              ? this.skipTo('?>')
              : this.startTag();
      if (!goesOn) break;
    }
    this.end();
    return { root: this.root, problems: this.problems };
  }

  private end(): void {
    if (this.problems.some((problem) => problem.lost)) {
      // The first thing that went wrong is the one to mend.
    } else if (this.open.length > 0)
      this.lose('file/truncated', `the file ends inside <${clip(this.open.at(-1)!.name)}>`, this.text.length);
    else if (this.root === undefined)
      if (this.text.trim() === '')
        this.problems.push({
          code: 'file/empty',
          message: 'the file is empty; expected an XML document',
          at: { path: this.path },
          lost: true,
        });
      else this.lose('file/not-xml', 'found no XML element', 0);
    for (const element of this.open) element.text = element.text.trim();
  }

  private characters(start: number, end: number): void {
    if (start === end) return;
    const top = this.open.at(-1);
    const raw = this.text.slice(start, end);
    if (top !== undefined) {
      // Indentation between elements is most of a file's text.
      if (top.text !== '' || raw.trim() !== '') top.text += this.decode(raw, start);
    } else if (raw.trim() !== '')
      this.lose('file/not-xml', `text outside the document: ${JSON.stringify(clip(raw.trim()))}`, start);
  }

  private startTag(): boolean {
    const { text } = this;
    const start = this.at;
    let i = start + 1;
    while (i < text.length && !isNameEnd(text.charCodeAt(i))) i++;
    const name = text.slice(start + 1, i);
    if (name === '') {
      this.lose('file/not-xml', 'a `<` that starts no tag', start);
      this.at = start + 1;
      return true;
    }
    let attributes: Map<string, string> | undefined;
    for (;;) {
      while (isSpace(text.charCodeAt(i))) i++;
      if (i >= text.length) return this.cut(start);
      const code = text.charCodeAt(i);
      if (code === 62 /* > */ || code === 47 /* / */) break;
      const nameStart = i;
      while (i < text.length && !isNameEnd(text.charCodeAt(i)) && text.charCodeAt(i) !== 61) i++;
      const attribute = text.slice(nameStart, i);
      while (isSpace(text.charCodeAt(i))) i++;
      if (text.charCodeAt(i) !== 61 /* = */) {
        this.lose('file/not-xml', `<${clip(name)}> has an attribute without a value`, nameStart);
        if (i === nameStart) i++;
        continue;
      }
      i++;
      while (isSpace(text.charCodeAt(i))) i++;
      const quote = text[i];
      if (quote !== '"' && quote !== "'") {
        if (i >= text.length) return this.cut(start);
        this.lose('file/not-xml', `<${clip(name)}> has an attribute value without quotes`, nameStart);
        continue;
      }
      const close = text.indexOf(quote, i + 1);
      if (close === -1) return this.cut(start);
      attributes ??= new Map();
      attributes.set(localName(attribute), this.decode(oneLine(text.slice(i + 1, close)), i + 1));
      i = close + 1;
    }
    const isEmpty = text.charCodeAt(i) === 47;
    if (isEmpty && text.charCodeAt(i + 1) !== 62) {
      if (i + 1 >= text.length) return this.cut(start);
      this.lose('file/not-xml', `a stray \`/\` in <${clip(name)}>`, i);
    }
    const element: OpenElement = {
      name: localName(name),
      attributes: attributes ?? NO_ATTRIBUTES,
      children: [],
      text: '',
      line: this.lineAt(start),
    };
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (this.root === undefined) this.root = element;
    else this.lose('file/not-xml', `a second root element <${clip(name)}>`, start);
    this.at = i + (isEmpty ? 2 : 1);
    if (isEmpty) return true;
    if (this.open.length >= MAX_DEPTH) {
      this.lose('file/too-deep', `nested deeper than ${MAX_DEPTH} elements`, start);
      return false;
    }
    this.open.push(element);
    this.openNames.set(element.name, (this.openNames.get(element.name) ?? 0) + 1);
    return true;
  }

  private endTag(): boolean {
    const close = this.text.indexOf('>', this.at);
    if (close === -1) return this.cut(this.at);
    const name = localName(this.text.slice(this.at + 2, close).trim());
    if (this.open.at(-1)?.name !== name)
      this.lose(
        'file/not-xml',
        this.open.length === 0
          ? `</${clip(name)}> closes nothing`
          : `expected </${clip(this.open.at(-1)!.name)}>, found </${clip(name)}>`,
        this.at,
      );
    // Close up to the element that is meant, when it is open at all.
    if ((this.openNames.get(name) ?? 0) > 0)
      for (let closed = ''; closed !== name;) {
        const element = this.open.pop()!;
        element.text = element.text.trim();
        closed = element.name;
        this.openNames.set(closed, this.openNames.get(closed)! - 1);
      }
    this.at = close + 1;
    return true;
  }

  private declaration(): boolean {
    const { text } = this;
    if (text.startsWith('<!--', this.at)) {
      this.at += 4;
      return this.skipTo('-->');
    }
    if (text.startsWith('<![CDATA[', this.at)) {
      const start = this.at + 9;
      const close = text.indexOf(']]>', start);
      const top = this.open.at(-1);
      if (top !== undefined) top.text += text.slice(start, close === -1 ? text.length : close);
      if (close === -1) return this.cut(this.at);
      this.at = close + 3;
      return true;
    }
    // A document type: passed over, quotes and the internal subset's brackets respected.
    let depth = 0;
    for (let i = this.at + 2; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 34 || code === 39) {
        i = text.indexOf(text[i]!, i + 1);
        if (i === -1) break;
      } else if (code === 91 /* [ */) depth++;
      else if (code === 93 /* ] */) depth--;
      else if (code === 62 /* > */ && depth <= 0) {
        this.at = i + 1;
        return true;
      }
    }
    return this.cut(this.at);
  }

  private skipTo(end: string): boolean {
    const close = this.text.indexOf(end, this.at);
    if (close === -1) return this.cut(this.at);
    this.at = close + end.length;
    return true;
  }

  private cut(start: number): false {
    this.lose('file/truncated', 'the file ends inside a tag, comment or CDATA section', start);
    return false;
  }

  /** One problem is enough to know that the file is not whole; thousands would only bury it. */
  private lose(code: string, message: string, offset: number): void {
    if (this.problems.some((problem) => problem.lost)) return;
    this.problems.push({ code, message, at: { path: this.path, line: this.lineAt(offset) }, lost: true });
  }

  /** Lines are counted as we go; an offset before the last one asked for gets that one's line. */
  private lineAt(offset: number): number {
    while (this.newline !== -1 && this.newline < offset) {
      this.line++;
      this.newline = this.text.indexOf('\n', this.newline + 1);
    }
    return this.line;
  }

  private decode(raw: string, offset: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replaceAll(
      /&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z_][\w.-]{0,63});/g,
      (whole, name: string) => {
        const known = ENTITIES.get(name);
        if (known !== undefined) return known;
        if (name.startsWith('#')) {
          const point =
            name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
          if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
        }
        if (!this.problems.some((problem) => problem.code === 'file/unknown-entity'))
          this.problems.push({
            code: 'file/unknown-entity',
            message: `the entity ${whole} is not expanded: entities of a document type are not read`,
            at: { path: this.path, line: this.lineAt(offset) },
          });
        return whole;
      },
    );
  }
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

const isNameEnd = (code: number): boolean =>
  isSpace(code) || code === 62 /* > */ || code === 47 /* / */ || code === 60; /* < */

/** White space in attribute values is spaces: https://www.w3.org/TR/xml/#AVNormalize */
const oneLine = (value: string): string =>
  /[\t\r\n]/.test(value) ? value.replaceAll(/\r\n|[\t\r\n]/g, ' ') : value;

const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

const clip = (text: string, most = 40): string => (text.length > most ? `${text.slice(0, most)}…` : text);
