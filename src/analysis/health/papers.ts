import type { CardEvidence } from '../../model/adoption.ts';
import type { CloneView } from './input.ts';
import { isAgreementName, paperFiles } from './files.ts';
import { humanCommits } from './people.ts';
import { percent } from './figures.ts';
import { YEAR } from './figures.ts';

/** What contributors have to sign, and who stands behind a project, as far as its papers say. */
export interface Papers {
  /** A contributor licence agreement or copyright assignment. */
  readonly cla: CardEvidence | undefined;
  /** The Developer Certificate of Origin, by paper, setting or practice. */
  readonly dco: CardEvidence | undefined;
  readonly foundation: CardEvidence | undefined;
  readonly trademark: CardEvidence | undefined;
}

const CLA_WORDS =
  /contributor (?:license|licence|licensing|assignment) agreement|\b[IC]?CLA\b(?:.{0,40}\bsign|\b.{0,40}agreement|[ -]?(?:bot|assistant))|cla-assistant|contributor-assistant|assign(?:s|ed|ing)? (?:the |your |all )?copyright|copyright assignment/i;
const DCO_WORDS = /developer(?:'s|’s)? certificate of origin|\bDCO\b/i;
/** Their full names: a letter word such as ASF says too little. */
const FOUNDATIONS =
  /Apache Software Foundation|Cloud Native Computing Foundation|OpenJS Foundation|Linux Foundation|Eclipse Foundation|Python Software Foundation|Software Freedom Conservancy|Software in the Public Interest|NumFOCUS|Open Source Security Foundation|OpenSSF project|CNCF (?:graduated|incubating|sandbox|project)|Free Software Foundation(?! (?:either|Europe's REUSE))|Rust Foundation|Django Software Foundation|\.NET Foundation|Open Source Collective|Commonhaus Foundation|Ruby Central|The Document Foundation|Blender Foundation|Mozilla Foundation|OpenInfra Foundation|Open Knowledge Foundation|Digital Public Goods/;
/** Where a project says who it belongs to; a mention elsewhere is somebody else's name. */
const BELONGS = /^(?:\.github\/|docs\/)?(?:governance|charter|notice|readme|maintainers)(?:[-._].*)?$/i;
const LICENSED_BY = /published by the Free Software Foundation|Free Software Foundation, Inc/;

/** Reads the papers of a clone line by line; the first place that says something is the evidence. */
export function readPapers(clone: CloneView, asOf: number): Papers {
  const paths = paperFiles(clone.paths);
  let cla: CardEvidence | undefined;
  let dco: CardEvidence | undefined;
  let foundation: CardEvidence | undefined;
  let trademark: CardEvidence | undefined;
  for (const path of paths) {
    const text = clone.texts.get(path) ?? '';
    if (isAgreementName(path)) {
      if (/dco/i.test(path)) dco ??= { text: `${path}: a DCO check or text`, path };
      else cla ??= { text: `${path}: a contributor agreement`, path };
    }
    if (/(?:^|\/)trademark/i.test(path)) trademark ??= { text: `${path}: a trademark policy`, path };
    const belongs = BELONGS.test(path);
    text.split('\n').forEach((line, index) => {
      if (line.length > 4000) return;
      const at = { path, line: index + 1 };
      if (dco === undefined && DCO_WORDS.test(line))
        dco = { text: `${path}:${index + 1} asks for the DCO`, ...at };
      if (cla === undefined && CLA_WORDS.test(line) && !isNegated(line))
        cla = { text: `${path}:${index + 1} speaks of a contributor agreement`, ...at };
      const named =
        belongs && foundation === undefined && !LICENSED_BY.test(line) ? FOUNDATIONS.exec(line) : null;
      if (named !== null) foundation = { text: `${path}:${index + 1} names the ${named[0]}`, ...at };
    });
  }
  return { cla, dco: dco ?? signedOff(clone, asOf), foundation, trademark };
}

/** `no CLA is needed`, `we do not ask for a CLA`. */
const isNegated = (line: string): boolean =>
  /\b(?:no|not|without|never|don't|doesn't|n't)\b.{0,40}(?:\bCLA\b|agreement|assign)/i.test(line);

/** Practice counts too: most commits of a year signed off. */
function signedOff(clone: CloneView, asOf: number): CardEvidence | undefined {
  const commits = humanCommits(clone.facts, clone.crowd, asOf - YEAR, asOf);
  const signed = commits.filter((commit) => commit.signedOff).length;
  if (commits.length < 5 || signed / commits.length < 0.5) return undefined;
  return { text: `${percent(signed / commits.length)} of the commits of 12 months are signed off (DCO)` };
}
