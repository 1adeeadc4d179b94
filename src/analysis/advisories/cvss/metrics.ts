/** Metrics of one CVSS version with the values that each may have. Optional ones are marked so. */
export interface MetricTable {
  readonly required: Readonly<Record<string, readonly string[]>>;
  readonly optional: Readonly<Record<string, readonly string[]>>;
}

/**
 * Splits `AV:N/AC:L/…` into metrics. `undefined` when a metric is unknown, repeated or has no such value, or a required one is missing.
 * Metrics may come in any order: real records do not always keep the order that the specification asks for.
 */
export function readMetrics(text: string, table: MetricTable): ReadonlyMap<string, string> | undefined {
  const metrics = new Map<string, string>();
  for (const part of text.split('/')) {
    const colon = part.indexOf(':');
    const metric = part.slice(0, Math.max(0, colon));
    const value = part.slice(colon + 1);
    const values = valuesOf(table, metric);
    if (values === undefined || !values.includes(value) || metrics.has(metric)) return undefined;
    metrics.set(metric, value);
  }
  return Object.keys(table.required).every((metric) => metrics.has(metric)) ? metrics : undefined;
}

function valuesOf(table: MetricTable, metric: string): readonly string[] | undefined {
  if (Object.hasOwn(table.required, metric)) return table.required[metric];
  return Object.hasOwn(table.optional, metric) ? table.optional[metric] : undefined;
}

/** `NALP` → `['N', 'A', 'L', 'P']`. */
export const values = (letters: string): readonly string[] => letters.split('');
