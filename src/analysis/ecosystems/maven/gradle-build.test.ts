import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { gradleBuild } from './gradle-build.ts';

const groovy = `
plugins { id 'java' }
ext.jettyVersion = '9.4.1'
def guava = "32.0"
dependencies {
  implementation 'org.example:plain:1.2.3'
  api("org.example:kotlinish:2.0") { exclude group: 'a', module: 'b' }
  implementation "org.example:jetty:$jettyVersion" // 'not:this:1'
  implementation "org.example:braced:\${guava}:jre@jar"
  implementation "org.example:unknown:\${elsewhere}"
  implementation group: 'org.example', name: 'mapped', version: '4.0'
  testImplementation 'org.example:tested:5.+'
  compileOnly 'org.example:provided:6'
  annotationProcessor 'org.example:processed:7'
  implementation platform('org.example:bom:8')
  implementation 'org.example:managed'
  implementation(
    'org.example:first:9',
    'org.example:second:10'
  )
  implementation project(':core')
  implementation libs.catalogued
  implementation files('a.jar')
  runtimeOnly chosen()
  /* implementation 'org.example:out:1' */
}
`;

extractorContract(gradleBuild, 'app/build.gradle', groovy);

const run = (text: string, files: Record<string, string> = {}, path = 'app/build.gradle') =>
  gradleBuild.extract({ path, text }, (wanted) => files[wanted]);

test('literal dependencies, with versions from literals; what is computed is said', () => {
  const { components, edges, problems, observations } = run(groovy);
  expect(
    components
      .slice(1)
      .map(
        ({ name, version, requested, line }, i) =>
          `${name.slice(12)} ${version}${requested === undefined ? '' : `(${requested})`} ${edges[i]!.kind} ${line}`,
      ),
  ).toEqual([
    'plain 1.2.3 prod 6',
    'kotlinish 2.0 prod 7',
    'jetty 9.4.1 prod 8',
    'braced 32.0 prod 9',
    'unknown (${elsewhere}) prod 10',
    'mapped 4.0 prod 11',
    'tested (5.+) dev 12',
    'provided 6 peer 13',
    'processed 7 build 14',
    'bom 8 prod 15',
    'managed  prod 16',
    'first 9 prod 18',
    'second 10 prod 19',
  ]);
  expect(problems).toMatchObject([{ code: 'maven/computed-dependency', at: { line: 24 } }]);
  expect(observations).toMatchObject([{ rule: 'manifest/not-locked', line: 6 }]);
});

test('Kotlin scripts, and versions from gradle.properties, the nearest first', () => {
  const text = `val ktor = "2.1.0"
buildscript { repositories { maven("https://host.invalid/maven") } }
dependencies {
  classpath("org.example:plugin:1.0")
  implementation("org.example:ktor:$ktor")
  implementation("org.example:near:\${property("near")}")
  testRuntimeOnly("org.example:far:$far")
  implementation(kotlin("stdlib"))
  add("kapt", "org.example:added:1")
}
configurations.all { resolutionStrategy { force("org.example:forced:3") } }
implementation {
}
`;
  const { components, edges } = run(
    text,
    { 'gradle.properties': 'far=9.9\nother = 1', 'app/gradle.properties': 'far=3.3\n' },
    'app/build.gradle.kts',
  );
  expect(components.slice(1).map(({ name, version }, i) => `${name} ${version} ${edges[i]!.kind}`)).toEqual([
    'org.example:plugin 1.0 build',
    'org.example:ktor 2.1.0 prod',
    'org.example:near  prod',
    'org.example:far 3.3 dev',
    'org.jetbrains.kotlin:kotlin-stdlib  prod',
  ]);
});

test.for([
  ['app/gradle.lockfile', 0],
  ['gradle/verification-metadata.xml', 0],
  ['other/gradle.lockfile', 14],
] as const)('with %s it lists %i', ([path, count]) =>
  expect(run(groovy, { [path]: '' }).components).toHaveLength(count),
);

test.for([
  ['build.gradle', true],
  ['a/dependencies.gradle', true],
  ['a/build.gradle.kts', true],
  ['settings.gradle', false],
  ['settings.gradle.kts', false],
  ['gradle', false],
] as const)('%s: %s', ([path, claimed]) => expect(gradleBuild.claims(path)).toBe(claimed));

test('a merge conflict is a loss with its line', () => {
  expect(run("dependencies {\n<<<<<<< HEAD\n  api 'a.b:c:1'\n").problems).toMatchObject([
    { code: 'file/merge-marker', at: { line: 2 }, lost: true },
  ]);
});
