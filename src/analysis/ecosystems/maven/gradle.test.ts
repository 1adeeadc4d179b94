import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { verificationMetadata } from './verification-metadata.ts';
import { versionCatalog } from './version-catalog.ts';

const none = () => undefined;

const lock = `# This is a Gradle generated file for dependency locking.
com.example:app:1.0=compileClasspath,runtimeClasspath,testCompileClasspath
com.example:junit:5.0=testRuntimeClasspath
com.example:processor:2.0=annotationProcessor
com.example:checks:3.0=checkstyle
com.example:wrapper:4.0-rc=debugCompileOnly
empty=signatures
`;
extractorContract(gradleLockfile, 'app/gradle.lockfile', lock);

const scoped = (path: string, text: string) =>
  gradleLockfile
    .extract({ path, text }, none)
    .components.map(({ name, version, line, scopes }) => `${name}@${version}:${line} ${scopes!.join()}`);

test('configurations are scopes', () => {
  expect(scoped('gradle.lockfile', lock)).toEqual([
    'com.example:app@1.0:2 prod,dev',
    'com.example:junit@5.0:3 dev',
    'com.example:processor@2.0:4 build',
    'com.example:checks@3.0:5 build',
    'com.example:wrapper@4.0-rc:6 peer',
  ]);
});

test('the build script, and the older form with a file for each configuration', () => {
  expect(scoped('buildscript-gradle.lockfile', 'g:p:1=classpath\n')).toEqual(['g:p@1:1 build']);
  expect(scoped('gradle/dependency-locks/testCompileClasspath.lockfile', 'g:p:1\n')).toEqual(['g:p@1:1 dev']);
});

test('a line that is none is a loss, and the rest is read', () => {
  const { components, problems } = gradleLockfile.extract(
    { path: 'gradle.lockfile', text: 'g:p:1\nwhat\ng:q:2=runtimeClasspath\n' },
    none,
  );
  expect(components.map(({ name }) => name)).toEqual(['g:q']);
  expect(problems).toMatchObject([{ code: 'maven/malformed-lock', lost: true, at: { line: 1 } }]);
});

test('a lockfile without its last line is cut off', () => {
  const { problems } = gradleLockfile.extract(
    { path: 'gradle.lockfile', text: '# x\ng:p:1=classpath\n' },
    none,
  );
  expect(problems).toMatchObject([{ code: 'file/truncated', at: { line: 2 }, lost: true }]);
});

const metadata = `<?xml version="1.0" encoding="UTF-8"?>
<verification-metadata xmlns="https://schema.example.invalid/dependency-verification">
  <configuration><verify-metadata>true</verify-metadata></configuration>
  <components>
    <component group="com.example" name="lib" version="1.2">
      <artifact name="lib-1.2.jar"><sha256 value="aa" origin="Generated"/><md5 value="00"/></artifact>
      <artifact name="lib-1.2.pom"><sha256 value="bb"/></artifact>
    </component>
    <component group="com.example" name="old" version="0.1">
      <artifact name="old-0.1.jar"><sha1 value="cc"/></artifact>
    </component>
    <component group="com.example" name="signed" version="0.2">
      <artifact name="signed-0.2.jar"><sha1 value="dd"/><pgp value="key"/></artifact>
    </component>
  </components>
</verification-metadata>
`;
extractorContract(verificationMetadata, 'gradle/verification-metadata.xml', metadata);

test('components with their strongest checksums; sha1 alone is observed', () => {
  const { components, observations } = verificationMetadata.extract(
    { path: 'gradle/verification-metadata.xml', text: metadata },
    none,
  );
  expect(components.map(({ name, version, line, integrity }) => [name, version, line, integrity])).toEqual([
    ['com.example:lib', '1.2', 5, 'sha256:aa sha256:bb'],
    ['com.example:old', '0.1', 9, 'sha1:cc'],
    ['com.example:signed', '0.2', 12, 'sha1:dd'],
  ]);
  expect(observations).toMatchObject([
    { rule: 'lockfile/weak-integrity', names: ['com.example:old'], line: 9 },
  ]);
});

test('another document, and a component without a version, are losses', () => {
  const codes = (text: string) =>
    verificationMetadata
      .extract({ path: 'gradle/verification-metadata.xml', text }, none)
      .problems.map(({ code, lost }) => [code, lost]);
  expect(codes('<project/>')).toEqual([['file/unexpected-shape', true]]);
  expect(codes(metadata.replace(' version="1.2"', ''))).toEqual([['maven/malformed-lock', true]]);
});

const catalogue = `[versions]
lib = "1.2.3"
rich = { strictly = "[2,3)", prefer = "2.1" }

[libraries]
short = "com.example:short:0.9"
by-ref = { module = "com.example:by-ref", version.ref = "lib" }
spelled = { group = "com.example", name = "spelled", version = "4.0" }
ranged = { module = "com.example:ranged", version.ref = "rich" }
dynamic = { module = "com.example:dynamic", version = "1.+" }
managed = { module = "com.example:managed" }

[plugins]
p = { id = "com.example.plugin", version.ref = "lib" }
`;
extractorContract(versionCatalog, 'gradle/libs.versions.toml', catalogue);

test('every form of a library, with its line', () => {
  const { components } = versionCatalog.extract({ path: 'gradle/libs.versions.toml', text: catalogue }, none);
  expect(
    components.map(
      ({ name, version, requested, line }) => `${name}@${version || `(${requested ?? ''})`}:${line}`,
    ),
  ).toEqual([
    'com.example:short@0.9:6',
    'com.example:by-ref@1.2.3:7',
    'com.example:spelled@4.0:8',
    'com.example:ranged@([2,3)):9',
    'com.example:dynamic@(1.+):10',
    'com.example:managed@():11',
  ]);
});

test('a library that names nothing is a loss', () => {
  const text = '[libraries]\nx = { version = "1" }\ny = "only"\n';
  expect(versionCatalog.extract({ path: 'gradle/libs.versions.toml', text }, none).problems).toMatchObject([
    { code: 'maven/malformed-catalogue', lost: true, at: { line: 2 } },
  ]);
});

test('claims the catalogue and those beside it, nothing elsewhere', () => {
  expect(
    ['a/libs.versions.toml', 'gradle/tools.versions.toml', 'x/tools.versions.toml'].map((path) =>
      versionCatalog.claims(path),
    ),
  ).toEqual([true, true, false]);
});
