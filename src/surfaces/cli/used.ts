/**
 * What this run made use of: commands, formats, extractors. Runs that used the same called the same functions, more or less:
 * their compiled code is kept by it.
 */
export const used: Set<string> = new Set();
