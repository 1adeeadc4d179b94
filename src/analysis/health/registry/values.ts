/** Own values of foreign JSON by type; anything else is `undefined`. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list, in order. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listOf(value)
    .map(objectOf)
    .filter((one) => one !== undefined);
}

/** The value of an own key: `__proto__` and `constructor` are data like the rest. */
export function at(object: Readonly<Record<string, unknown>> | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** `key: value` when there is a value, else nothing: for optional fields. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** Web address of a repository out of what people write: `git+https://…`, `github:owner/name`, `git@host:owner/name.git`. */
export function repositoryOf(value: unknown): string | undefined {
  const text = textOf(typeof value === 'object' ? at(objectOf(value), 'url') : value);
  if (text === undefined || text.length > 500) return undefined;
  return text
    .replace(/^git\+/, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://')
    .replace(/^git@([^:/]+):/, 'https://$1/')
    .replace(/\.git$/, '');
}
