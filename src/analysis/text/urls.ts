/**
 * The URL without a user name, password or token in it: lockfiles hold such things, and we neither keep nor print them.
 * `git@` stays, since it is the address of every ssh remote and no secret. Anything else is returned as it is.
 */
export function withoutCredentials(url: string): string {
  const start = url.indexOf('://');
  if (start === -1) return url;
  const host = start + 3;
  let end = host;
  while (end < url.length && !'/?#'.includes(url[end]!)) end++;
  const at = url.lastIndexOf('@', end - 1);
  if (at < host || url.slice(host, at) === 'git') return url;
  return url.slice(0, host) + url.slice(at + 1);
}
