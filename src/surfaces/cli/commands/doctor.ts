import { resolve } from 'node:path';
import type { Finding } from '../../../verbs/prevent/doctor.ts';
import { doctorCode } from '../../../verbs/prevent/doctor.ts';
import type { Command } from '../command.ts';
import { writeReport } from '../output.ts';
import { styleOf, wantsColour } from '../terminal/style.ts';

export const command: Command = {
  name: 'doctor',
  summary: 'what is installed and working on this machine, and what to do about the rest',
  usage: 'assay doctor [PATH] [OPTIONS]',
  about: `Looks at node, git, the hooks of the repository at PATH (who runs them, whether the scripts are as this version writes
them, which assay they find), the advisories' age and the cache. Tries the hook out: in a temporary repository a commit
with a planted secret has to be stopped, and one without has to go through.
Each line is ok, attention or missing, with what to do. Ends with 1 when something is missing. Network: none.`,
  options: {
    db: {
      type: 'string',
      value: 'DIR',
      help: 'advisory database (default: ASSAY_DB, then the user’s cache)',
    },
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json'],
      help: 'how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write the report to FILE instead of stdout' },
  },
  examples: [
    ['assay doctor', 'in a clone'],
    ['assay doctor --format json', 'for whoever looks after many machines'],
  ],
  async run(invocation) {
    const { io, positionals, value } = invocation;
    const { examine } = await import('../run-doctor.ts');
    const findings = examine(resolve(io.cwd, positionals[0] ?? '.'), invocation);
    const isJson = value('format') === 'json';
    const colour = wantsColour(io.env, io.outIsTty && value('output') === undefined);
    await writeReport(
      invocation,
      isJson
        ? `${JSON.stringify({ assay: io.version, ok: doctorCode(findings) === 0, findings }, null, 2)}\n`
        : findings.map((finding) => line(finding, colour)).join(''),
    );
    return doctorCode(findings);
  },
};

function line({ id, state, says, todo }: Finding, colour: boolean): string {
  const style = styleOf(colour);
  const paint = { ok: style.green, attention: style.yellow, missing: style.red }[state];
  return `${paint(state.padEnd(9))} ${id.padEnd(15)} ${says}${todo === undefined ? '' : `\n${' '.repeat(26)}→ ${todo}`}\n`;
}
