import type { Finding } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import { sha256 } from '../text/sha256.ts';

/** What each rule means for whoever relies on the file, and how much. Documented in docs/observations.md. */
const RULES: Readonly<Record<string, { readonly priority: Finding['priority']; readonly why: string }>> = {
  'lockfile/out-of-step': {
    priority: 'medium',
    why: 'what is installed is not what the lockfile says, so nobody has checked it',
  },
  'lockfile/disagree': { priority: 'medium', why: 'which versions are installed depends on who installs' },
  'lockfile/weak-integrity': {
    priority: 'low',
    why: 'sha1 and md5 can be forged: a changed archive would pass',
  },
  'lockfile/no-integrity': { priority: 'low', why: 'a changed archive would not be noticed' },
  'lockfile/url-version': {
    priority: 'low',
    why: 'what stands at a URL can change; no advisory can be matched to it',
  },
  'lockfile/insecure-source': {
    priority: 'medium',
    why: 'anyone on the way can change what is downloaded',
  },
  'lockfile/old-format': {
    priority: 'low',
    why: 'the old format leaves out what newer ones keep, so less can be said of it',
  },
  'manifest/not-locked': {
    priority: 'low',
    why: 'each install may choose other versions; none of them can be checked here',
  },
  'use/unpinned': { priority: 'low', why: 'a tag can be moved to other code after review' },
};

/** Turns what extractors remarked about files into findings about the repository. One per rule and file. */
export function observedFindings(inventory: Inventory): readonly Finding[] {
  return inventory.manifests.flatMap((manifest) => {
    const repeats = new Map<string, number>();
    return manifest.observations.map((observation): Finding => {
      const repeat = repeats.get(observation.rule) ?? 0;
      repeats.set(observation.rule, repeat + 1);
      const rule = RULES[observation.rule] ?? { priority: 'low' as const, why: 'see the rule' };
      const at =
        observation.line === undefined || observation.line === 0
          ? { path: manifest.path }
          : { path: manifest.path, line: observation.line };
      return {
        fingerprint: sha256(`${observation.rule}\0${manifest.path}${repeat === 0 ? '' : `\0${repeat}`}`),
        kind: 'lockfile',
        rule: observation.rule,
        ids: [observation.rule],
        subject: 'repository',
        title: observation.message,
        priority: rule.priority,
        reasons: [{ code: observation.rule, effect: 'sets', text: rule.why }],
        occurrences: [{ at, direct: 'unknown', scopes: [] }],
        evidence: [{ kind: 'location', at }],
        fixed: [],
        advisories: [],
        reachability: 'unknown',
        ...(observation.hint === undefined ? {} : { hint: observation.hint }),
      };
    });
  });
}
