import type { ExtractedComponent, Extraction, Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName } from '../../text/paths.ts';
import { computedImage, imageComponent, parseImage } from './image.ts';
import { type Instruction, readInstructions } from './instructions.ts';
import { floatingImages } from './observe.ts';
import { substitute } from './variables.ts';

/** Dockerfiles and Containerfiles. https://docs.docker.com/reference/dockerfile/ */
export const dockerfile: Extractor = {
  id: 'docker/dockerfile',
  version: 1,
  ecosystem: 'Docker',
  title: 'Dockerfile',
  files: [
    'Dockerfile',
    'Dockerfile.*',
    '*.dockerfile',
    'Containerfile',
    'Containerfile.*',
    '*.containerfile',
  ],
  notes:
    'Images of `FROM`, `COPY --from`, `RUN --mount=from` and `# syntax=`, with `ARG` defaults filled in. ' +
    'Images of the last stage have scope `prod`, all others `build`. Earlier stages and `scratch` are no components. ' +
    'An image that only a build argument names is a problem that costs nothing. Templates (`.j2`, `.tmpl`, …) are not claimed.',
  claims: (path) => {
    const name = baseName(path);
    if (
      /\.(?:dockerignore|md|rst|txt|jinja2?|j2|njk|tmpl|gotmpl|tpl|template|erb|ejs|ftlh?|hbs|mustache|liquid|in|orig|bak|swp)$/i.test(
        name,
      )
    )
      return false;
    return (
      /^(?:Dockerfile|Containerfile)(?:[._-].+)?$/.test(name) ||
      /.\.(?:dockerfile|containerfile)$/i.test(name)
    );
  },
  extract: ({ path, text }) => readDockerfile(path, text),
};

/** `offset` is added to every line: for Dockerfiles held inside another file. */
export function readDockerfile(path: string, text: string, offset = 0): Extraction {
  const marker = findMergeMarker(text);
  if (marker !== undefined) return extraction([], [mergeConflict(path, marker + offset)]);
  const { instructions, openHeredoc } = readInstructions(text);
  const problems: Problem[] = [];
  if (openHeredoc !== undefined)
    problems.push({
      code: 'file/truncated',
      message: 'a heredoc is not closed',
      at: { path, line: openHeredoc + offset },
      lost: true,
    });
  const unknown = instructions.filter((instruction) => !KNOWN.has(instruction.name));
  if (unknown.length > 0)
    problems.push({
      code: 'docker/unknown-instruction',
      message: `not a Dockerfile instruction: ${clip(unknown[0]!.name)}${unknown.length > 1 ? ` (and ${unknown.length - 1} more)` : ''}`,
      at: { path, line: unknown[0]!.line + offset },
      lost: true,
    });
  if (!instructions.some((instruction) => instruction.name === 'FROM'))
    problems.push({
      code: 'docker/no-from',
      message: 'no FROM instruction: not a Dockerfile, or a part of one',
      at: { path },
      ...(instructions.length === 0 ? {} : { lost: true }),
    });
  const components: ExtractedComponent[] = [];
  for (const use of imagesOf(instructions)) {
    const line = use.line + offset;
    const reference = use.image === undefined ? undefined : parseImage(use.image);
    const component =
      reference === undefined
        ? computedImage(use.written, line, use.scope)
        : imageComponent(reference, line, use.scope);
    if (component !== undefined) components.push(component);
    if (reference !== undefined) continue;
    problems.push({
      code: use.image === undefined ? 'docker/unresolved-argument' : 'docker/not-an-image',
      message:
        use.image === undefined
          ? `the image ${clip(use.written)} is chosen when it is built: an ARG has no default`
          : `not an image name: ${clip(use.written)}`,
      at: { path, line },
      ...(use.image === undefined ? {} : { lost: true }),
    });
  }
  return extraction(components, problems);
}

function extraction(components: readonly ExtractedComponent[], problems: readonly Problem[]): Extraction {
  return {
    role: 'use',
    components,
    edges: [],
    edgesKnown: true,
    covers: [],
    observations: floatingImages(components),
    problems,
  };
}

const KNOWN: ReadonlySet<string> = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER RUN SHELL STOPSIGNAL SYNTAX USER VOLUME WORKDIR ONBUILD'.split(
    ' ',
  ),
);

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

interface ImageUse {
  readonly written: string;
  /** With arguments filled in; `undefined` when one has no value. */
  readonly image: string | undefined;
  readonly line: number;
  readonly scope: Scope;
}

/** Every image that the instructions pull in, in file order; stages of the file itself and `scratch` left out. */
function imagesOf(instructions: readonly Instruction[]): ImageUse[] {
  // ARGs before the first FROM are the only ones that FROM may use.
  const globals = new Map<string, string>(PREDEFINED);
  const stages = new Map<string, number>();
  const uses: (Omit<ImageUse, 'scope'> & { readonly stage: number })[] = [];
  const baseStage = new Map<number, number>();
  let stage = -1;
  const add = (written: string, line: number, isFrom: boolean): void => {
    const image = substitute(unquote(written), (name) => globals.get(name));
    const earlier = image === undefined ? undefined : stageNamed(image, stages, stage);
    if (earlier !== undefined && isFrom) baseStage.set(stage, earlier);
    if (earlier === undefined && image?.toLowerCase() !== 'scratch')
      uses.push({ written, image, line, stage });
  };
  for (const { name, rest, line } of instructions) {
    if (name === 'SYNTAX') uses.push({ written: rest, image: rest, line, stage: -2 });
    else if (name === 'ARG' && stage === -1) readArguments(rest, globals);
    else if (name === 'FROM') {
      const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      stage++;
      if (words[0] !== undefined && words[0] !== '') add(words[0], line, true);
      if (words[1]?.toLowerCase() === 'as' && words[2] !== undefined)
        stages.set(words[2].toLowerCase(), stage);
    } else if (name === 'COPY' || name === 'ADD') {
      for (const flag of leadingFlags(rest))
        if (flag.startsWith('--from=') && flag.length > 7) add(flag.slice(7), line, false);
    } else if (name === 'RUN') {
      for (const flag of leadingFlags(rest)) {
        const from = flag.startsWith('--mount=') ? /[=,]from=([^,]+)/.exec(flag)?.[1] : undefined;
        if (from !== undefined) add(from, line, false);
      }
    }
  }
  // What ends up in the image: the last stage and those it is built FROM.
  const shipped = new Set<number>();
  for (let at: number | undefined = stage; at !== undefined && !shipped.has(at); at = baseStage.get(at))
    shipped.add(at);
  return uses.map(({ stage: of, ...use }) => ({ ...use, scope: shipped.has(of) ? 'prod' : 'build' }));
}

/** The `--flag` words at the start. */
function leadingFlags(rest: string): string[] {
  if (!rest.startsWith('--')) return [];
  const words = rest.split(/\s+/);
  const end = words.findIndex((word) => !word.startsWith('--'));
  return end === -1 ? words : words.slice(0, end);
}

/** An earlier stage by name, or by number for `COPY --from=0`. */
function stageNamed(image: string, stages: ReadonlyMap<string, number>, current: number): number | undefined {
  const found = stages.get(image.toLowerCase());
  if (found !== undefined) return found;
  return /^\d{1,4}$/.test(image) && Number(image) < current ? Number(image) : undefined;
}

/** `ARG A=1 B="2" C`: defaults of a line. An argument without a default keeps what it had. */
function readArguments(rest: string, values: Map<string, string>): void {
  for (const word of rest.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []) {
    const equals = word.indexOf('=');
    if (equals === -1) continue;
    const value = substitute(unquote(word.slice(equals + 1)), (name) => values.get(name));
    if (value === undefined) values.delete(word.slice(0, equals));
    else values.set(word.slice(0, equals), value);
  }
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

/** Arguments that BuildKit sets itself; the platform of the reader is not known, so the most usual one stands in. */
const PREDEFINED: readonly (readonly [string, string])[] = [
  ['TARGETPLATFORM', 'linux/amd64'],
  ['TARGETOS', 'linux'],
  ['TARGETARCH', 'amd64'],
  ['BUILDPLATFORM', 'linux/amd64'],
  ['BUILDOS', 'linux'],
  ['BUILDARCH', 'amd64'],
];
