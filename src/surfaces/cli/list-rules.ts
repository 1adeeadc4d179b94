import { KIND_WORDS, rulesInOrder, rulesJson } from '../../documents/disclosure/rules.ts';
import { grouped } from '../../documents/common/words.ts';
import type { RunRules } from '../../verbs/prevent/secrets-rules.ts';
import type { Invocation } from './command.ts';
import { wrap } from './help.ts';
import { writeReport } from './output.ts';
import { printable } from './terminal/style.ts';

/** Prints every rule that would be asked: text, or JSON. 3 when a file of rules was not understood. */
export async function listRules(invocation: Invocation, chosen: RunRules): Promise<number> {
  const isJson = invocation.value('format') === 'json';
  await writeReport(invocation, isJson ? rulesJson(chosen.rules, chosen.leftOut) : text(chosen));
  const lost = chosen.problems.filter((problem) => problem.lost);
  if (!isJson) for (const { message } of lost) invocation.io.err(`! ${printable(message)}\n`);
  return lost.length > 0 ? 3 : 0;
}

function text({ rules, leftOut }: RunRules): string {
  const lines: string[] = [];
  let last: string | undefined;
  for (const { id, kind, title, provider } of rulesInOrder(rules)) {
    if (kind !== last) {
      const [heading, says] = KIND_WORDS[kind];
      const count = rules.filter((rule) => rule.kind === kind).length;
      lines.push(
        ...(last === undefined ? [] : ['']),
        `${heading} (${kind}): ${grouped(count)}`,
        ...wrap(says, 80),
        '',
      );
      last = kind;
    }
    const by = provider === undefined || title.includes(provider) ? '' : ` (${printable(provider)})`;
    lines.push(`  ${printable(id).padEnd(44)} ${printable(title)}${by}`);
  }
  for (const { why, rules: ids } of leftOut)
    lines.push('', ...wrap(`not looked for (${printable(why)}): ${ids.map(printable).join(', ')}`, 80));
  return `${lines.join('\n')}\n`;
}
