/**
 * A value that is made when it is first asked for, and kept. For tables that many runs never look at: what a module makes when it is
 * loaded, every run pays for.
 */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
