import type { Decision, DecisionScope } from '../../model/decision.ts';
import { instantOf } from './dates.ts';
import type { Fields } from './format.ts';
import { beyond, isFields, NOTHING, restored, within } from './format.ts';

/** One `key: value` of an allow-list as .nsprc and audit-ci write it. */
export interface AllowEntry {
  readonly key: string;
  /** What stands for the key: a note, `{active, notes, expiry}`, or nothing where the list holds the bare key. */
  readonly value: unknown;
}

/**
 * What a key names: `GHSA-…`, a number, `https://…/advisories/GHSA-…`, a module, or `GHSA-…|a>b>c` with `*` for anything.
 * A key of `*` alone would allow everything: no tool means it, so it names nothing.
 */
export function aboutKey(key: string): DecisionScope {
  if (key.includes('|') || key.includes('>')) {
    const bar = key.indexOf('|');
    const id = bar === -1 ? '*' : key.slice(0, bar);
    const path = key
      .slice(bar + 1)
      .split('>')
      .filter((step) => step !== '')
      .join(' > ');
    const advisories = id === '*' || id === '' ? [] : [idOf(id)];
    if (path === '' || path === '*')
      return advisories.length === 0 ? NOTHING : { advisories, ecosystem: 'npm' };
    return { advisories, ecosystem: 'npm', path };
  }
  const id = idOf(key);
  if (/^(?:[A-Z]{2,}-[A-Za-z0-9-]+|\d+)$/.test(id)) return { advisories: [id], ecosystem: 'npm' };
  return key === '' || key === '*'
    ? NOTHING
    : { advisories: [], component: `pkg:npm/${key.replace(/^@/, '%40')}` };
}

const idOf = (key: string): string => (/^https?:\/\//.test(key) ? key.slice(key.lastIndexOf('/') + 1) : key);

export interface AllowReading {
  readonly decision: Decision;
  /** Why it is not applied, when it is not. */
  readonly fault?: string;
}

/** Reads an entry into a decision; `undefined` when it is switched off. `mustBeActive`: only `active: true` counts, silence does not. */
export function readAllowEntry(
  { key, value }: AllowEntry,
  source: Decision['source'],
  id: string,
  mustBeActive: boolean,
): AllowReading | undefined {
  const fields = isFields(value) ? value : {};
  const active = fields['active'];
  if (active === false || (isFields(value) && mustBeActive && active !== true)) return undefined;
  const expiry = fields['expiry'];
  const isGiven = expiry !== undefined && expiry !== null && expiry !== '' && expiry !== 0;
  const expires = isGiven ? instantOf(expiry) : undefined;
  const fault = isGiven && expires === undefined ? 'its expiry is no date' : undefined;
  const about = aboutKey(key);
  const decision: Decision = {
    id,
    about: fault === undefined ? within(source.path, about) : NOTHING,
    status: 'affected',
    reason: typeof value === 'string' ? value : typeof fields['notes'] === 'string' ? fields['notes'] : '',
    by: '',
    at: '',
    ...(expires === undefined ? {} : { expires }),
    source,
  };
  const extra = isFields(value)
    ? { key, entry: beyond(value, ours(decision)) }
    : typeof value === 'string'
      ? { key, form: 'note' }
      : { key, form: 'value', value: value ?? null };
  return { decision: { ...decision, imported: { extra } }, ...(fault === undefined ? {} : { fault }) };
}

/** The key and value that `readAllowEntry` was given. */
export function allowEntryOf(decision: Decision): AllowEntry {
  const extra = decision.imported?.extra ?? {};
  const key = String(extra['key']);
  if (extra['form'] === 'note') return { key, value: decision.reason };
  if (extra['form'] === 'value') return { key, value: extra['value'] };
  return { key, value: restored(ours(decision), extra['entry']) };
}

function ours({ reason, expires }: Decision): Fields {
  return {
    ...(reason === '' ? {} : { notes: reason }),
    ...(expires === undefined ? {} : { expiry: expires }),
  };
}
