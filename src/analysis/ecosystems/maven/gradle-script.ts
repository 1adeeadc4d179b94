import { withoutComment } from '../../text/comment.ts';
import { eachLine } from '../../text/lines.ts';

/** A module that a build script asks for, as far as it can be told without running it. */
export interface DeclaredModule {
  /** As written: `implementation`, `testImplementation`, … */
  readonly configuration: string;
  readonly group: string;
  readonly name: string;
  /** `''` when the script gives none: a platform may. Kept as written where a variable is not known. */
  readonly version: string;
  readonly line: number;
}

export interface GradleScript {
  readonly modules: readonly DeclaredModule[];
  /** Statements of a dependency that no literal tells. */
  readonly computed: readonly { readonly line: number; readonly text: string }[];
}

/** Longer lines hold no dependency that somebody wrote. */
const LONGEST_LINE = 2000;

/** Words that begin a dependency: Gradle's own configurations, those of the common plugins, and each for a source set or variant. */
const CONFIGURATION =
  /^(?:\w{0,60}(?:[aA]pi|[iI]mplementation|[cC]ompileOnly|[rR]untimeOnly|[aA]nnotationProcessor|[kK]apt|[kK]sp|[dD]evelopmentOnly)|(?:\w{0,40}(?:C|[tT]estC)ompile|compile|\w{0,40}TestRuntime|testRuntime|runtime|provided\w{0,40}|compileOnlyApi|classpath|detektPlugins|errorprone|coreLibraryDesugaring|mavenBom|platform|enforcedPlatform))$/;

/**
 * Reads the literal parts of a build script in Groovy or Kotlin: it is code, and is never run. Linear in the text.
 * `properties` are the texts of gradle.properties files, the nearest first.
 */
export function readGradleScript(text: string, properties: readonly string[]): GradleScript {
  const variables = new Map<string, string>();
  for (const one of properties)
    eachLine(one, (line) => {
      const found = /^\s*([\w.]{1,100})\s*[=:]\s*([\w.+-]{1,100})\s*$/.exec(line.slice(0, LONGEST_LINE));
      if (found !== null && !variables.has(found[1]!)) variables.set(found[1]!, found[2]!);
    });
  const lines: { readonly code: string; readonly line: number }[] = [];
  let inComment = false;
  eachLine(text, (raw, line) => {
    const bare = raw.length > LONGEST_LINE ? '' : raw.trim();
    if (inComment) {
      if (bare.includes('*/')) inComment = false;
      return;
    }
    if (bare.startsWith('/*')) {
      inComment = !bare.includes('*/');
      return;
    }
    const code = withoutComment(bare, '//').trimEnd();
    if (code === '') return;
    lines.push({ code, line });
    const found =
      /(?:^|[\s[{(.])["']?([A-Za-z_][\w.]{0,99})["']?\s{0,60}[=:,]\s{0,9}["']([\w.+-]{1,100})["']/.exec(code);
    if (found === null) return;
    // `ext.name` is asked for as `name`.
    for (const name of new Set([found[1]!, found[1]!.slice(found[1]!.lastIndexOf('.') + 1)]))
      if (!variables.has(name)) variables.set(name, found[2]!);
  });
  const modules: DeclaredModule[] = [];
  const computed: { line: number; text: string }[] = [];
  /** The configuration of a call whose arguments stand on the lines below. */
  let open = '';
  for (const { code, line } of lines) {
    const word = open === '' ? /^["']?([A-Za-z]\w{0,80})\b/.exec(code)?.[1] : undefined;
    const configuration = open !== '' ? open : word !== undefined && CONFIGURATION.test(word) ? word : '';
    if (configuration === '') continue;
    const rest = open === '' ? code.slice(code.indexOf(word!) + word!.length).replace(/^["']?/, '') : code;
    // `compile.extendsFrom`, `api = true`, `runtime {`: not a call with a dependency.
    if (open === '' && !/^\s*[("'\s]/.test(rest)) continue;
    if (open === '' && /^\s*(?:[={]|\)?\s*\{|\.)/.test(rest)) continue;
    const found = modulesIn(rest, variables);
    for (const one of found) modules.push({ configuration, ...one, line });
    const isClosed = /\)\s*(?:\{.*)?$/.test(rest);
    if (open !== '') {
      if (isClosed || rest.startsWith(')')) open = '';
    } else if (found.length === 0 && /^\s*\(?\s*\[?$/.test(rest)) open = configuration;
    else if (found.length > 0 && rest.endsWith(',')) open = configuration;
    else if (found.length === 0 && !isElsewhere(rest)) computed.push({ line, text: code.slice(0, 60) });
  }
  return { modules, computed };
}

/** Catalogue accessors are listed with the catalogue; projects and files are the build's own; a closure configures. */
const isElsewhere = (rest: string): boolean =>
  /^\s*\(?\s*(?:(?:platform|enforcedPlatform|testFixtures|variantOf)\s*\(?\s*)*(?:\(?\s*(?:libs|\w{1,40}Libs|catalog)\b|project\b|projects\.|files?\b|fileTree|gradleApi|gradleTestKit|localGroovy|sourceSets|rootProject\b|it\b|dependencies\.)/.test(
    rest,
  ) || !/[A-Za-z]/.test(rest);

type Found = Omit<DeclaredModule, 'configuration' | 'line'>;

function modulesIn(rest: string, variables: ReadonlyMap<string, string>): Found[] {
  const found: Found[] = [];
  const add = (group: string, name: string, version: string): void => {
    if (!/[$\s]/.test(group) && !/[$\s]/.test(name))
      found.push({ group, name, version: filled(version, variables) });
  };
  for (const [, literal] of rest.matchAll(/["']([^"'\s]{3,300})["']/g)) {
    const [group, name, version = '', ...more] = literal!.split('@', 1)[0]!.split(':');
    if (more.length <= 1 && isWord(group) && isWord(name)) add(group, name, version);
  }
  if (found.length > 0) return found;
  const named = (key: string): string | undefined =>
    new RegExp(`\\b${key}\\s{0,9}[:=]\\s{0,9}(?:["']([^"']{1,200})["']|([A-Za-z_][\\w.]{0,99}))`)
      .exec(rest)
      ?.slice(1)
      .find(Boolean);
  const group = named('group');
  const name = named('name');
  if (group !== undefined && name !== undefined) {
    const version = /\bversion\s{0,9}[:=]\s{0,9}["']/.test(rest) ? named('version')! : named('version');
    add(group, name, version === undefined ? '' : (variables.get(version) ?? version));
  }
  const kotlin = /^\s*\(?\s*kotlin\s*\(\s*["']([\w-]{1,60})["']/.exec(rest)?.[1];
  if (kotlin !== undefined) add('org.jetbrains.kotlin', `kotlin-${kotlin}`, '');
  return found;
}

const isWord = (text: string | undefined): text is string =>
  text !== undefined && /^[A-Za-z0-9_][\w.${}-]*$/.test(text);

/** `$name`, `${name}` and `${x.name}` from literals; left as they are where not known. */
function filled(version: string, variables: ReadonlyMap<string, string>): string {
  return version.replace(
    /\$(?:\{([\w.]{1,100})\}|([A-Za-z_]\w{0,99}))/g,
    (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain!;
      return variables.get(name) ?? variables.get(name.slice(name.lastIndexOf('.') + 1)) ?? whole;
    },
  );
}
