/** What an area of a picture means. Each has a colour and a pattern of its own, so that neither is needed to tell them apart. */
export const FILLS = ['critical', 'high', 'medium', 'low', 'unknown', 'none', 'exclusive', 'shared'] as const;
export type Fill = (typeof FILLS)[number];

/** Colours of one theme. `ink` and `muted` are for text (4.5:1 on `paper`), the rest for shapes (3:1), but `none` and `shared`, which have an outline. */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly link: string;
  readonly critical: string;
  readonly high: string;
  readonly medium: string;
  readonly low: string;
  readonly unknown: string;
  readonly none: string;
  readonly exclusive: string;
  readonly shared: string;
}

export const LIGHT: Theme = {
  paper: '#ffffff',
  ink: '#1b1f24',
  muted: '#545d68',
  rule: '#868e96',
  link: '#0b5394',
  critical: '#8f0d2f',
  high: '#c2410c',
  medium: '#94650a',
  low: '#1d6fb8',
  unknown: '#5f6873',
  none: '#e9edf1',
  exclusive: '#1f4e8c',
  shared: '#cfdff2',
};

export const DARK: Theme = {
  paper: '#14171a',
  ink: '#e8eaed',
  muted: '#aab2bb',
  rule: '#717a84',
  link: '#8ec2ff',
  critical: '#ff6b81',
  high: '#ff9457',
  medium: '#e3b341',
  low: '#6cb6ff',
  unknown: '#9aa4af',
  none: '#272c32',
  exclusive: '#6ea8fe',
  shared: '#22354f',
};

/**
 * The style of every picture: a page that embeds pictures puts it into its own style sheet once.
 * The colours are custom properties on `:root`, with the light ones as what a renderer without them falls back to.
 * Printing takes the light theme; forced colours take the system's for text and lines.
 */
export const PICTURE_STYLE: string = [
  `:root{${variables(LIGHT)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
  '@media (forced-colors:active){:root{--p-paper:Canvas;--p-ink:CanvasText;--p-muted:CanvasText;--p-rule:CanvasText;--p-link:LinkText}}',
  '.p{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}',
  '.p text{unicode-bidi:plaintext}',
  ...(Object.keys(LIGHT) as (keyof Theme)[]).map(
    (name) => `.p-${name}{fill:${LIGHT[name]};fill:var(--p-${name})}`,
  ),
  ...(['paper', 'ink', 'muted', 'rule', 'link', ...FILLS] as const).map(
    (name) => `.p-s-${name}{fill:none;stroke:${LIGHT[name]};stroke:var(--p-${name})}`,
  ),
  `.p-so{stroke:${LIGHT.exclusive};stroke:var(--p-exclusive)}`,
  `.p-o{stroke:${LIGHT.rule};stroke:var(--p-rule)}`,
  '.p a text{text-decoration:underline}',
  `.p a:focus-visible{outline:3px solid ${LIGHT.link};outline:3px solid var(--p-link)}`,
].join('\n');

function variables(theme: Theme): string {
  return Object.entries(theme)
    .map(([name, colour]) => `--p-${name}:${colour}`)
    .join(';');
}
