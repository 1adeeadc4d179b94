import { commandHelp, frontPage } from './help.ts';
import { commands, groups, loadCommand } from './commands/index.ts';
import { exitOf } from './exit.ts';
import { nearest } from './nearest.ts';
import { parseInvocation } from './arguments.ts';
import { interruptible, processIo } from './process-io.ts';
import type { Command, Invocation, Io } from './command.ts';
import { used } from './used.ts';

/** The CLI's entry: the only place that reads process.argv. Commands are loaded when they are asked for. */
async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  used.add('start');
  if (name === '--version' || name === '-V' || name === 'version') {
    io.out(`assay ${io.version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const wanted = name === 'help' ? rest[0] : undefined;
    if (wanted === undefined || commands[wanted] === undefined) {
      io.out(frontPage(groups, io.version));
      return 0;
    }
    io.out(commandHelp(await loadCommand(wanted)));
    return 0;
  }
  if (commands[name] === undefined) {
    const near = nearest(name, Object.keys(commands));
    io.err(
      `assay: there is no command ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean \`assay ${near}\`?`}\n`,
    );
    io.err('`assay --help` lists them.\n');
    return 2;
  }
  const command = await loadCommand(name);
  const invocation = parseInvocation(command, rest, io);
  for (const choice of [name, ...chosen(command, invocation)]) used.add(choice);
  if (invocation.help) {
    io.out(commandHelp(command));
    return 0;
  }
  return command.run(invocation);
}

/** Values of options that have a fixed set of them: they say which code runs. */
function chosen({ name, options }: Command, { value }: Invocation): string[] {
  return Object.entries(options).flatMap(([option, { choices }]) =>
    choices === undefined ? [] : [`${name} --${option} ${value(option) ?? ''}`],
  );
}

const signal = interruptible();
const io: Io = processIo(buildOf(), () => signal);

/** The name of this chunk of the bundle: it holds a hash of its source, which names the chunks that it loads, which name those that they load. */
function buildOf(): string | undefined {
  return /\bmain-[\w-]{8,}\.cjs$/.exec(__filename)?.[0];
}

/** Runs the command line that the process was started with, and gives its exit code. */
export async function run(): Promise<number> {
  try {
    return await main(process.argv.slice(2), io);
  } catch (error) {
    return exitOf(error, io, io.signal.aborted);
  }
}
