import type { ExtractedComponent, Extractor, Scope } from '../../../model/extractor.ts';
import { SCOPES } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';

/** Gradle's dependency locks: one file for all configurations, or, before Gradle 7, one for each. */
export const gradleLockfile: Extractor = {
  id: 'maven/gradle-lockfile',
  version: 2,
  ecosystem: 'Maven',
  title: 'Gradle lockfile',
  files: ['gradle.lockfile', 'buildscript-gradle.lockfile', 'gradle/dependency-locks/*.lockfile'],
  notes: [
    'Every locked module with the scopes that its configurations mean: those of tests are development; annotation processors, code checkers and the build script itself are build.',
    'The file does not say which modules are direct nor who asks for whom. Build scripts are code and are not read.',
    'It has no checksums; Gradle keeps those in gradle/verification-metadata.xml.',
  ].join('\n'),
  claims: (path) =>
    /^(buildscript-)?gradle\.lockfile$/.test(baseName(path)) ||
    /(^|\/)gradle\/dependency-locks\/[^/]+\.lockfile$/.test(path),
  extract({ path, text }) {
    const perConfiguration = /\/dependency-locks\/|^dependency-locks\//.test(path)
      ? baseName(path).slice(0, -'.lockfile'.length)
      : undefined;
    const isBuildscript = baseName(path).startsWith('buildscript-');
    const components: ExtractedComponent[] = [];
    const problems: Problem[] = [];
    const marker = findMergeMarker(text);
    if (marker !== undefined) problems.push(mergeConflict(path, marker));
    let bad = 0;
    let firstBad = 0;
    let lastLine = 0;
    let hasEnd = perConfiguration !== undefined;
    eachLine(text, (raw, line) => {
      const entry = raw.trim();
      // `empty=a,b` names the configurations that lock nothing.
      lastLine = line;
      if (entry.startsWith('empty=')) hasEnd = true;
      if (entry === '' || entry.startsWith('#') || entry.startsWith('empty=')) return;
      const equals = entry.indexOf('=');
      const parts = (equals === -1 ? entry : entry.slice(0, equals)).split(':');
      const [group, name, version] = parts;
      if (
        parts.length !== 3 ||
        !group ||
        !name ||
        !version ||
        (equals === -1 && perConfiguration === undefined)
      ) {
        if (bad++ === 0) firstBad = line;
        return;
      }
      const configurations = equals === -1 ? [perConfiguration!] : entry.slice(equals + 1).split(',');
      const scopes = new Set(isBuildscript ? ['build' as const] : configurations.map(scopeOf));
      components.push({
        name: `${group}:${name}`,
        version,
        origin: 'registry',
        line,
        scopes: SCOPES.filter((scope) => scopes.has(scope)),
      });
    });
    if (bad > 0 && marker === undefined)
      problems.push({
        code: 'maven/malformed-lock',
        message: `${bad} line${bad === 1 ? '' : 's'} not of the form \`group:name:version=configurations\``,
        at: { path, line: firstBad },
        lost: true,
      });
    else if (!hasEnd && marker === undefined)
      problems.push({
        code: 'file/truncated',
        message: 'the line `empty=`, with which Gradle ends the file, is missing: entries may be missing too',
        at: { path, line: Math.max(lastLine, 1) },
        hint: 'write it anew with `gradle dependencies --write-locks`',
        lost: true,
      });
    return {
      role: 'lock',
      components,
      edges: [],
      edgesKnown: false,
      covers: [],
      observations: [],
      problems,
    };
  },
};

/** What a configuration is for, by the naming that Gradle's own plugins follow. Unknown classpaths count as production. */
export function scopeOf(configuration: string): Scope {
  const name = configuration.trim().toLowerCase();
  if (/test|mock|jmh|spec\b/.test(name)) return 'dev';
  if (/annotationprocessor|^kapt|^ksp|kotlincompiler|^classpath$/.test(name)) return 'build';
  if (/classpath$|^(compile|runtime|implementation|api|default|archives)$/.test(name)) return 'prod';
  if (/compileonly|provided/.test(name)) return 'peer';
  // What is left are tools: checkstyle, jacocoAgent, detekt, ktlint, spotbugs, …
  return 'build';
}
