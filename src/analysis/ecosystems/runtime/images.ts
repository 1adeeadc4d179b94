import { canonicalImageName } from '../docker/image.ts';
import { type EndOfLife, endOfLife } from './end-of-life.ts';
import { schedules } from './cycles.ts';

/** A runtime or distribution that an image brings, as far as its name and tag tell. */
export interface ImageContent {
  readonly name: string;
  readonly version: string;
}

/** Last part of an image's name → the runtime whose version the tag begins with. */
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['node', 'nodejs'],
  ['nodejs', 'nodejs'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['golang', 'go'],
  ['go', 'go'],
  ['php', 'php'],
  ['openjdk', 'java'],
  ['eclipse-temurin', 'java'],
  ['amazoncorretto', 'java'],
  ['ibm-semeru-runtimes', 'java'],
  ['sapmachine', 'java'],
  ['java', 'java'],
  ['debian', 'debian'],
  ['ubuntu', 'ubuntu'],
  ['alpine', 'alpine'],
]);

/**
 * What an image of a known name holds, from its name and tag: `node:14-alpine3.12` → Node.js 14 and Alpine 3.12.
 * Only official images and the well-known families that follow their naming are read (Docker Hub's library and its mirrors,
 * CircleCI, Bitnami, .NET, AWS Lambda, distroless); other people's `node` may be anything, and gives nothing.
 */
export function imageContents(image: string, tag: string): readonly ImageContent[] {
  const name = canonicalImageName(image.toLowerCase());
  const word = tag.toLowerCase();
  if (name.length > 300 || word.length > 200) return [];
  const contents: ImageContent[] = [];
  const family =
    /^(?:mirror\.gcr\.io\/|public\.ecr\.aws\/(?:docker\/)?)?(?:library\/|lambda\/|cimg\/|circleci\/|bitnami\/|bitnamilegacy\/)?([\w-]+)$/.exec(
      name,
    )?.[1];
  const runtime = family === undefined ? undefined : IMAGES.get(family);
  if (runtime !== undefined) {
    // openjdk:8-jdk, openjdk:11.0-jre, ibm-semeru-runtimes:open-17-jdk, debian:bookworm-slim, node:iron-alpine
    const first = word.replace(/^(?:open-|bin-)/, '').split(/[-_+]/, 1)[0]!;
    if (/^v?\d/.test(first) || isCodename(runtime, first)) contents.push({ name: runtime, version: first });
  }
  const dotnet =
    /^(?:mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps)|microsoft\/(?:dotnet|aspnetcore))$/.test(
      name,
    );
  if (dotnet && /^\d/.test(word)) contents.push({ name: 'dotnet', version: word.split('-', 1)[0]! });
  const distroless =
    /^gcr\.io\/distroless\/(nodejs|python|java|base|static|cc)-?(\d+)?-?(?:debian(\d+))?$/.exec(name);
  if (distroless !== null) {
    const found = distroless[1] === 'java' ? 'java' : distroless[1] === 'nodejs' ? 'nodejs' : undefined;
    if (found !== undefined && distroless[2] !== undefined)
      contents.push({ name: found, version: distroless[2] });
    if (distroless[3] !== undefined) contents.push({ name: 'debian', version: distroless[3] });
  }
  // maven:3.9-eclipse-temurin-17, gradle:8-jdk21, tomcat:9-jdk11-openjdk, sbt…
  if (family !== undefined && /^(?:maven|gradle|tomcat|jetty|groovy|clojure)$/.test(family)) {
    const jdk = /(?:^|-)(?:(?:eclipse-)?temurin-|amazoncorretto-|openjdk-|ibmjava-|jdk|jre)(\d+)/.exec(
      word,
    )?.[1];
    if (jdk !== undefined) contents.push({ name: 'java', version: jdk });
  }
  // Docker's official images (names without a slash) all say their distribution the same way.
  if (runtime !== undefined || dotnet || !name.includes('/')) contents.push(...distributionIn(word, runtime));
  return contents;
}

/** `…-alpine3.18`, `…-bullseye-slim`, `…-jammy`. */
function distributionIn(tag: string, runtime: string | undefined): ImageContent[] {
  if (runtime === 'debian' || runtime === 'ubuntu' || runtime === 'alpine') return [];
  const alpine = /(?:^|-)alpine(\d+\.\d+)(?:$|[-.])/.exec(tag)?.[1];
  if (alpine !== undefined) return [{ name: 'alpine', version: alpine }];
  for (const part of tag.split('-'))
    for (const name of ['debian', 'ubuntu']) if (isCodename(name, part)) return [{ name, version: part }];
  return [];
}

function isCodename(runtime: string, word: string): boolean {
  return schedules()
    .get(runtime)!
    .cycles.some((cycle) => cycle.codename === word);
}

/** `endOfLife` of everything that an image is known to hold; empty when nothing is known. */
export function imageEndOfLife(image: string, tag: string, today: string): readonly EndOfLife[] {
  return imageContents(image, tag).flatMap(({ name, version }) => endOfLife(name, version, today) ?? []);
}
