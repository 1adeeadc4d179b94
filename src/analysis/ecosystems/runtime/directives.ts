import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import { objectAt, parseJsonObject, stringAt } from '../../text/json.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';
import { parseToml } from '../../text/toml.ts';
import { runtimeComponent, runtimeExtraction } from './component.ts';

/** The `go` and `toolchain` lines. https://go.dev/ref/mod#go-mod-file-go */
export const goDirective: Extractor = {
  id: 'runtime/go-directive',
  version: 1,
  ecosystem: 'Runtime',
  title: 'go and toolchain directives',
  files: ['go.mod', 'go.work'],
  notes:
    'The `toolchain` is the version that builds the module; without one the `go` line is a lower bound (`>=1.22`). ' +
    'The standard library as a component that advisories name comes from the go.mod extractor.',
  claims: (path) => ['go.mod', 'go.work'].includes(baseName(path)),
  extract: ({ text }) => {
    let language: ExtractedComponent | undefined;
    let toolchain: ExtractedComponent | undefined;
    eachLine(text, (line, number) => {
      const found = /^(go|toolchain)[ \t]+(?:go)?(\d[\w.]*)[ \t]*(?:\/\/.*)?$/.exec(line.slice(0, 300));
      if (found === null) return;
      if (found[1] === 'toolchain') toolchain = runtimeComponent('go', found[2]!, number);
      else
        language = { name: 'go', version: '', requested: `>=${found[2]!}`, origin: 'registry', line: number };
    });
    const component = toolchain ?? language;
    return runtimeExtraction(component === undefined ? [] : [component]);
  },
};

/** https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file */
export const rustToolchain: Extractor = {
  id: 'runtime/rust-toolchain',
  version: 1,
  ecosystem: 'Runtime',
  title: 'Rust toolchain file',
  files: ['rust-toolchain.toml', 'rust-toolchain'],
  notes: 'The channel: a release, or a word that moves (`stable`, `nightly`). A dated nightly is a version.',
  claims: (path) => ['rust-toolchain.toml', 'rust-toolchain'].includes(baseName(path)),
  extract: ({ path, text }) => {
    // The older form is one line with the channel alone.
    if (baseName(path) === 'rust-toolchain' && !text.includes('[')) {
      const channel = text.trim();
      return channel === '' || channel.length > 100 || /\s/.test(channel)
        ? runtimeExtraction(
            [],
            [{ code: 'runtime/no-version', message: 'no channel in rust-toolchain', at: { path } }],
          )
        : runtimeExtraction([runtimeComponent('rust', channel, 1)]);
    }
    const { value, problems, lineOf } = parseToml(text, path);
    const channel = stringAt(objectAt(value, 'toolchain'), 'channel');
    return runtimeExtraction(
      channel === undefined ? [] : [runtimeComponent('rust', channel, lineOf('toolchain', 'channel'))],
      problems,
    );
  },
};

/** https://learn.microsoft.com/dotnet/core/tools/global-json */
export const globalJson: Extractor = {
  id: 'runtime/global-json',
  version: 1,
  ecosystem: 'Runtime',
  title: '.NET SDK version',
  files: ['global.json'],
  notes:
    'The SDK version of global.json. With `rollForward` a newer one may run; the version is still the one that is asked for.',
  claims: (path) => baseName(path) === 'global.json',
  extract: ({ path, text }) => {
    // The format allows comments.
    const lines: [number, string, number][] = [];
    const { value, problems } = parseJsonObject(withoutComments(text), path, (...key) => lines.push(key), 2);
    const version = stringAt(objectAt(value, 'sdk'), 'version');
    const line = lines.find(([depth, key]) => depth === 2 && key === 'version')?.[2] ?? 0;
    return runtimeExtraction(
      version === undefined ? [] : [runtimeComponent('dotnet', version, line)],
      problems,
    );
  },
};

/** Blanks out line and block comments outside strings; lines stay where they are. */
function withoutComments(text: string): string {
  if (!text.includes('/')) return text;
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/g, ' '),
  );
}
