import { AssayError } from '../../../model/problem.ts';
import type { Command } from '../command.ts';
import { commands, loadCommand } from './index.ts';

export const command: Command = {
  name: 'completion',
  summary: 'shell completion for bash, zsh and fish',
  usage: 'assay completion bash|zsh|fish',
  about: 'Prints a completion script for commands and their options.',
  options: {},
  examples: [
    ['source <(assay completion bash)', 'for this shell; put it in ~/.bashrc to keep it'],
    ['assay completion fish > ~/.config/fish/completions/assay.fish', 'for fish'],
  ],
  async run({ positionals, io }) {
    const all = await Promise.all(Object.keys(commands).map(loadCommand));
    const words = all.map(({ name, summary, options }) => ({
      name,
      summary,
      options: Object.keys(options).map((option) => `--${option}`),
    }));
    switch (positionals[0]) {
      case 'bash':
        io.out(bash(words));
        return 0;
      case 'zsh':
        io.out(`autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`);
        return 0;
      case 'fish':
        io.out(fish(words));
        return 0;
      default:
        throw new AssayError('cli/usage', 'completion: name a shell: bash, zsh or fish');
    }
  },
};

type Words = readonly {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly string[];
}[];

function bash(words: Words): string {
  const cases = words.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`).join('\n');
  return `_assay() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="${words.map(({ name }) => name).join(' ')}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    *) words="" ;;
    esac
    [[ "$word" != -* ]] && { COMPREPLY=($(compgen -f -- "$word")); return; }
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o filenames -F _assay assay
`;
}

function fish(words: Words): string {
  return words
    .flatMap(({ name, summary, options }) => [
      `complete -c assay -n __fish_use_subcommand -a ${name} -d '${summary.replaceAll("'", "\\'")}'`,
      ...options.map(
        (option) => `complete -c assay -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`,
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
