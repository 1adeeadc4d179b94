import type { DeclaringManifest } from './manifests.ts';

/** Words of configuration that mention something declared, each with the names that it mentions. */
export interface Interest {
  readonly npm: ReadonlyMap<string, readonly string[]>;
  readonly pypi: ReadonlyMap<string, readonly string[]>;
}

/**
 * A package is mentioned by its name, by a command that it brings, and by the short name under which a tool knows its plugins:
 * `eslint-plugin-react` is `react` in the settings, `@scope/eslint-plugin` is `@scope`.
 */
export function interestOf(
  manifests: readonly DeclaringManifest[],
  commands: ReadonlyMap<string, readonly string[]>,
  python: ReadonlySet<string>,
): Interest {
  const npm = new Map<string, string[]>();
  const add = (word: string, name: string): void => {
    const names = npm.get(word);
    if (names === undefined) npm.set(word, [name]);
    else if (!names.includes(name)) names.push(name);
  };
  const declared = new Set(manifests.flatMap((manifest) => [...manifest.declared.keys()]));
  for (const name of declared) {
    add(name, name);
    const short = PLUGIN_NAME.exec(name);
    if (short !== null) add(`${short[1]!}${short[2]!}`.replace(/\/$/, ''), name);
    for (const command of KNOWN_COMMANDS.get(name) ?? []) add(command, name);
  }
  for (const [command, names] of commands)
    for (const name of names) if (declared.has(name)) add(command, name);
  return { npm, pypi: new Map([...python].map((name) => [name, [name]])) };
}

const PLUGIN_NAME =
  /^((?:@[^/]+\/)?)(?:eslint|babel|stylelint|prettier|rollup|vite|postcss|remark|rehype)-(?:plugin|preset|config)-?(.*)$/;

/** Commands called otherwise than their package, for trees whose lockfile does not tell. Facts from each package's own manifest. */
const KNOWN_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['typescript', ['tsc', 'tsserver']],
  ['@angular/cli', ['ng']],
  ['@babel/cli', ['babel']],
  ['@babel/node', ['babel-node']],
  ['@vue/cli-service', ['vue-cli-service']],
  ['babel-cli', ['babel', 'babel-node']],
  ['@playwright/test', ['playwright']],
  ['@sentry/cli', ['sentry-cli']],
  ['@storybook/cli', ['storybook', 'sb']],
  ['coffeescript', ['coffee']],
  ['grunt-cli', ['grunt']],
  ['gulp-cli', ['gulp']],
  ['karma-cli', ['karma']],
  ['jest-cli', ['jest']],
  ['jasmine-core', ['jasmine']],
  ['less', ['lessc']],
  ['node-sass', ['node-sass']],
  ['npm-run-all', ['run-s', 'run-p']],
  ['npm-run-all2', ['run-s', 'run-p']],
  ['postcss-cli', ['postcss']],
  ['pm2', ['pm2-runtime']],
  ['prisma', ['prisma']],
  ['standard', ['standard']],
  ['uglify-js', ['uglifyjs']],
  ['vue-tsc', ['vue-tsc']],
  ['webpack-cli', ['webpack']],
]);
