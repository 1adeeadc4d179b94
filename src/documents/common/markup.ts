/** Markup that is finished: text in it is escaped. Only this file makes one, so that a plain string cannot slip in as a tag. */
export type Markup = string & { readonly _markup: unique symbol };

/** In the order given; `undefined` and `false` are left out, `true` is the bare name. Names are our own, never a stranger's. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Text of a stranger as text: escaped for HTML and XML, and readable (see `visible`). */
export function words(text: string): Markup {
  return escape(visible(text)) as Markup;
}

/** Several pieces as one. */
export function joined(pieces: readonly (Markup | undefined)[], between = ''): Markup {
  return pieces.filter((piece) => piece !== undefined).join(between) as Markup;
}

/** An element of SVG: closed in place when it has no children. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const open = `<${name}${attributeText(attributes)}`;
  return (children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`) as Markup;
}

/** An element of HTML. */
export function tag(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const open = `<${name}${attributeText(attributes)}>`;
  return (VOID.has(name) ? open : `${open}${children.join('')}</${name}>`) as Markup;
}

/** Text that is markup already: our own style sheet and script, never anything that was read. */
export function trusted(text: string): Markup {
  return text as Markup;
}

/**
 * Text in which nothing hides: control characters, line breaks, bidi overrides, zero-width characters and what XML cannot
 * hold (lone surrogates, U+FFFE) become `�`. Letters that are written from the right stay.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}

const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- they are what we look for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'col', 'wbr']);

function attributeText(attributes: Attributes): string {
  let text = '';
  for (const name in attributes) {
    const value = attributes[name];
    if (value === undefined || value === false) continue;
    text +=
      value === true
        ? ` ${name}`
        : ` ${name}="${typeof value === 'number' ? plainNumber(value) : escape(visible(value))}"`;
  }
  return text;
}

/** A coordinate: at most two decimals and a thousand million, no exponent, no `-0`; what is not finite is 0. The same on every machine. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return '0';
  const bounded = Math.max(-1e9, Math.min(1e9, value));
  return String(Math.round(bounded * 100) / 100 || 0);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (found) => ESCAPES[found]!) : text;
}
