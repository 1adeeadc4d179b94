import type { Find, Place } from '../../../model/disclosure.ts';

/** Said of a find that stands in a remark: counts where a file came with remarks full of examples. */
export const REMARK = 'in a remark';

/** The words right before say that an example follows: `such as http://10.42.7.19:9000`. */
export const isExample = (before: string): boolean =>
  /\b(?:such as|like|e\.?g\.?|i\.?e\.?|for (?:example|instance)|example)[:,]? {1,2}["'`(<]?(?:[a-z][\w+.-]{0,12}:\/\/)?$/i.test(
    before,
  );

/** The line of `start` begins with a sign of a remark. */
export function isRemark(text: string, start: number): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]{0,40}(?:[#;]|\/\/)/.test(text.slice(line, Math.min(start, line + 44)));
}

/** Settings as a program comes with them, and what makes such: their remarks show how it could be. */
const OF_SETTINGS = /\.(?:conf|cnf|cfg|ini|toml|j2|erb|tpl|tmpl|dist|sample|example|template)$/i;
/** The machine that it describes is on the computer of who works on the program. */
const OF_VAGRANT = /(?:^|\/)Vagrantfile[\w.-]*$/;

/** An address or a host, once its file is known. */
export function settleAddress(find: Find, { path = '' }: Place): Find {
  if (find.tier !== 'likely') return find;
  if (OF_VAGRANT.test(path))
    return { ...find, tier: 'possible', reasons: [...find.reasons, 'of a virtual machine to work on'] };
  return OF_SETTINGS.test(path) && find.reasons.includes(REMARK) ? { ...find, tier: 'possible' } : find;
}
