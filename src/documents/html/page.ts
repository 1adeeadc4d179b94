import { joined, tag, trusted, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { sha256 } from '../common/digest.ts';
import { sharedPatterns } from '../pictures/svg.ts';
import { PAGE_SCRIPT } from './script.ts';
import { PAGE_STYLE } from './style.ts';

export interface Section {
  /** Its anchor, e.g. `actions`. */
  readonly id: string;
  readonly heading: string;
  /** How the list of sections calls it. */
  readonly short: string;
  readonly body: Markup;
}

export interface PageParts {
  readonly title: string;
  /** Below the title: what it is about. */
  readonly about: Markup;
  readonly generator: string;
  readonly sections: readonly Section[];
}

/**
 * One file that needs nothing else. Its policy admits the one style sheet and the one script below by their hash and nothing more:
 * no network, no frames, no forms that leave, no inline handlers, whatever a name in it may try.
 */
export function page({ title, about, generator, sections }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${base64Sha256(PAGE_STYLE)}'`,
    `script-src 'sha256-${base64Sha256(PAGE_SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join(';');
  const head = tag(
    'head',
    {},
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { name: 'referrer', content: 'no-referrer' }),
    tag('meta', { name: 'robots', content: 'noindex' }),
    tag('meta', { name: 'generator', content: generator }),
    tag('title', {}, words(title)),
    tag('style', {}, trusted(PAGE_STYLE)),
  );
  const contents = tag(
    'nav',
    { 'aria-label': 'Contents' },
    tag(
      'ul',
      {},
      ...sections.map(({ id, short }) => tag('li', {}, tag('a', { href: `#${id}` }, words(short)))),
    ),
  );
  const body = tag(
    'body',
    {},
    tag('a', { class: 'skip', href: '#main' }, words('Skip to the report')),
    tag('header', {}, tag('h1', {}, words(title)), about),
    contents,
    tag('main', { id: 'main', tabindex: -1 }, joined(sections.map(sectionOf), '\n')),
    tag(
      'footer',
      {},
      tag('p', {}, words(`Made by ${generator}. It needs no network and no scripts to be read.`)),
    ),
    sharedPatterns(),
    tag('script', {}, trusted(PAGE_SCRIPT)),
  );
  return `<!doctype html>\n${tag('html', { lang: 'en' }, head, body)}\n`;
}

function sectionOf({ id, heading, body }: Section): Markup {
  return tag(
    'section',
    { id, 'aria-labelledby': `${id}-h` },
    tag('h2', { id: `${id}-h` }, words(heading)),
    body,
  );
}

/** As a content security policy wants it. */
function base64Sha256(text: string): string {
  const hex = sha256(text);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let out = '';
  // Three hex digits are two letters; 64 digits leave one over, which is padded with zero bits.
  for (let i = 0; i < 63; i += 3) {
    const bits = Number.parseInt(hex.slice(i, i + 3), 16);
    out += letters[bits >> 6]! + letters[bits & 63]!;
  }
  return `${out}${letters[Number.parseInt(hex[63]!, 16) << 2]!}=`;
}
