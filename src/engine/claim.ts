import type { Extractor } from '../model/extractor.ts';

/** Source, styles, pages and pictures: most files of most trees, and hardly ever a manifest. */
const PLAIN_EXTENSIONS: readonly string[] = [
  '.avif .bmp .c .cc .class .cpp .css .csv .cts .cxx .d .dart .eot .feature .fs .gif .glsl .go .h .hbs .hpp .hs .htm .html',
  '.ico .ipynb .java .jpeg .jpg .js .jsx .kt .less .log .lua .m .map .md .mdx .mjs .mm .mo .mp3 .mp4 .mts .njk .o .otf .pdf',
  '.php .pl .pm .png .po .proto .ps1 .pug .py .pyc .pyi .r .rb .rs .rst .sass .scala .scss .sh .snap .sql .svelte .svg .tif',
  '.ts .tsx .ttf .vue .wasm .wav .webm .webp .woff .woff2',
].flatMap((line) => line.split(' '));

/** Says which extractors claim a path. */
export type Claimer = (path: string) => readonly Extractor[];

const NOBODY: readonly Extractor[] = [];

/**
 * Asks every extractor whether it claims a path, but for paths that plainly nobody does: those with a plain extension
 * whose first letters begin no name that an extractor lists. (`Dockerfile.go` is asked about, `main.go` is not.)
 * Extensions that an extractor lists in its `files` are never plain. A tree has a hundred thousand files and we have dozens of extractors.
 */
export function claimer(extractors: readonly Extractor[]): Claimer {
  const plain = new Set(PLAIN_EXTENSIONS);
  const stems = new Set<string>();
  for (const pattern of extractors.flatMap((extractor) => extractor.files)) {
    const name = pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase();
    plain.delete(extensionOf(name));
    const stem = lettersOf(name);
    if (stem !== '') stems.add(stem);
  }
  const ordered = [...extractors].sort((a, b) => (a.id < b.id ? -1 : 1));
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (plain.has(extensionOf(name)) && !stems.has(lettersOf(name.toLowerCase()))) return NOBODY;
    let claimed: Extractor[] | undefined;
    for (const extractor of ordered) if (extractor.claims(path)) (claimed ??= []).push(extractor);
    return claimed ?? NOBODY;
  };
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/** The letters that a lower-case name begins with. */
function lettersOf(name: string): string {
  let end = 0;
  while (end < name.length && isLetter(name.charCodeAt(end))) end++;
  return name.slice(0, end);
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
