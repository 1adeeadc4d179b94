import type { Severity } from '../../model/advisory.ts';
import type { Scope } from '../../model/extractor.ts';
import type { Priority, Reason } from '../../model/finding.ts';
import type { Direct } from '../../model/inventory.ts';

/** Where the software runs, as its owners state it in config. `library`: it runs wherever its users do. */
export type Exposure = 'internet' | 'internal' | 'library' | 'unknown';

/** What is known about one finding when its priority is decided. */
export interface PriorityInput {
  readonly severity: Severity;
  /** e.g. `CVSS 3.1 base 9.8`; empty when nothing could be computed. */
  readonly severitySource: string;
  /** The CVSS vector that gave the severity, if any. */
  readonly vector?: string;
  readonly malicious: boolean;
  readonly exploited?: { readonly added: string; readonly ransomware: boolean };
  /** EPSS probability of exploitation in the next 30 days, 0–1. */
  readonly epss?: number;
  /** Empty: not known, treated as production. */
  readonly scopes: readonly Scope[];
  readonly direct: Direct;
  readonly hasFix: boolean;
  readonly exposure: Exposure;
  readonly reachability: 'reachable' | 'unreachable' | 'unknown';
}

/**
 * Priority in this repository, with each step in words, in the order taken. Starts from the published severity,
 * then looks at what is exploited, then at what is true here. Definitions: docs/priority.md.
 * Malicious code ignores context: installing it is the harm. `unknown` severity stays `unknown`
 * unless exploitation decides it, so that nothing unscored slips below a threshold.
 */
export function prioritise(input: PriorityInput): {
  readonly priority: Priority;
  readonly reasons: readonly Reason[];
} {
  const reasons: Reason[] = [];
  if (input.malicious) {
    reasons.push({
      code: 'malware',
      effect: 'sets',
      text: 'malicious code: it runs on install, on developers’ machines and in CI as well',
    });
    return { priority: 'critical', reasons };
  }
  const ladder = new Ladder(input.severity, reasons);
  severityReason(input, reasons);
  threat(input, ladder);
  setting(input, ladder);
  facts(input, reasons);
  return { priority: ladder.priority(), reasons };
}

const LEVELS: readonly Priority[] = ['low', 'medium', 'high', 'critical'];

/** Walks the four levels and writes down each step that changed something, or was not needed. */
class Ladder {
  private level: number;
  private readonly reasons: Reason[];
  constructor(severity: Severity, reasons: Reason[]) {
    this.level = severity === 'unknown' ? -1 : Math.max(0, LEVELS.indexOf(severity as Priority));
    this.reasons = reasons;
  }
  isKnown(): boolean {
    return this.level >= 0;
  }
  atLeast(floor: Priority, code: string, text: string): void {
    const target = LEVELS.indexOf(floor);
    this.reasons.push({ code, text, effect: this.level < target ? 'raises' : 'notes' });
    this.level = Math.max(this.level, target);
  }
  raise(code: string, text: string): void {
    const can = this.isKnown() && this.level < LEVELS.length - 1;
    this.reasons.push({ code, text, effect: can ? 'raises' : 'notes' });
    if (can) this.level++;
  }
  lower(steps: number, code: string, text: string): void {
    this.reasons.push({ code, text, effect: this.level > 0 ? 'lowers' : 'notes' });
    if (this.isKnown()) this.level = Math.max(0, this.level - steps);
  }
  priority(): Priority {
    return this.isKnown() ? LEVELS[this.level]! : 'unknown';
  }
}

function severityReason(input: PriorityInput, reasons: Reason[]): void {
  reasons.push(
    input.severity === 'unknown'
      ? {
          code: 'unscored',
          effect: 'sets',
          text: 'nobody has scored it; not scored is not harmless, so it stays above every threshold',
        }
      : { code: 'cvss', effect: 'sets', text: `${input.severity} by ${input.severitySource}` },
  );
}

function threat(input: PriorityInput, ladder: Ladder): void {
  if (input.exploited !== undefined) {
    const ransomware = input.exploited.ransomware ? ', by ransomware too' : '';
    ladder.atLeast(
      'critical',
      'kev',
      `known to be exploited${ransomware} (CISA KEV, since ${input.exploited.added})`,
    );
  }
  if (input.epss === undefined) return;
  const chance = percent(input.epss);
  if (input.epss >= 0.5)
    ladder.atLeast('high', 'epss', `exploitation is likely: EPSS ${chance} in the next 30 days`);
  else if (input.epss >= 0.1) ladder.raise('epss', `exploitation is well above average: EPSS ${chance}`);
}

function setting(input: PriorityInput, ladder: Ladder): void {
  const metrics = metricsOf(input.vector);
  if (isDevelopmentOnly(input.scopes)) {
    if (input.exploited === undefined)
      ladder.lower(2, 'dev-only', 'only development needs it; nothing in production loads it');
    else ladder.lower(1, 'dev-only', 'only development needs it');
    return;
  }
  if (isOptionalOnly(input.scopes))
    ladder.lower(1, 'optional-only', 'only an optional dependency: absent on many platforms');
  if (input.reachability === 'unreachable')
    ladder.lower(2, 'reachability', 'no path in the code reaches the vulnerable functions');
  else if (input.reachability === 'reachable')
    ladder.raise('reachability', 'the code reaches the vulnerable functions');
  if (input.exposure === 'internal' && metrics.get('AV') === 'N' && input.exploited === undefined)
    ladder.lower(
      1,
      'exposure',
      'attackable over the network, and this service is stated to be internal (config: exposure)',
    );
  if (
    (input.exposure === 'internal' || input.exposure === 'internet') &&
    /^[LP]$/.test(metrics.get('AV') ?? '')
  )
    ladder.lower(1, 'exposure', 'needs local access, and this is stated to be a service (config: exposure)');
  if (input.exposure === 'internet' && openToAnyone(metrics))
    ladder.raise(
      'exposure',
      'attackable over the network by anyone, and this is stated to face the internet (config: exposure)',
    );
}

function facts(input: PriorityInput, reasons: Reason[]): void {
  if (!input.hasFix) reasons.push({ code: 'no-fix', effect: 'notes', text: 'no released version fixes it' });
}

/** True when every path comes from development or build dependencies. No scopes known means production. */
export function isDevelopmentOnly(scopes: readonly Scope[]): boolean {
  return scopes.length > 0 && scopes.every((scope) => scope === 'dev' || scope === 'build');
}

function isOptionalOnly(scopes: readonly Scope[]): boolean {
  return scopes.includes('optional') && scopes.every((scope) => scope !== 'prod' && scope !== 'peer');
}

/** CVSS 3 and 4: network, no privileges, no user interaction, no special conditions. */
function openToAnyone(metrics: ReadonlyMap<string, string>): boolean {
  return (
    metrics.get('AV') === 'N' &&
    metrics.get('AC') === 'L' &&
    metrics.get('PR') === 'N' &&
    metrics.get('UI') === 'N' &&
    metrics.get('AT') !== 'P'
  );
}

function metricsOf(vector: string | undefined): ReadonlyMap<string, string> {
  const pairs = (vector ?? '').split('/').map((part) => part.split(':'));
  return new Map(
    pairs.flatMap(([key, value]) => (key !== undefined && value !== undefined ? [[key, value]] : [])),
  );
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(probability < 0.1 ? 1 : 0)} %`;
}
