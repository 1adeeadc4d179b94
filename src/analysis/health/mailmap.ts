import type { CommitAuthor } from '../../model/adoption.ts';

/** Gives the person that a `.mailmap` makes of a commit's author. https://git-scm.com/docs/gitmailmap */
export type Mailmap = (author: CommitAuthor) => CommitAuthor;

/**
 * Reads a `.mailmap`. Four forms: `Name <mail>`, `<mail> <seen>`, `Name <mail> <seen>`, `Name <mail> Seen Name <seen>`; the
 * last names both what was seen. Mail and names are compared without case, as git does. Lines of another form do nothing.
 */
export function readMailmap(text: string): Mailmap {
  const byMail = new Map<string, Partial<CommitAuthor>>();
  const byBoth = new Map<string, Partial<CommitAuthor>>();
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.length > 1000) continue;
    const match = /^([^<>]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?/.exec(trimmed);
    if (match === null) continue;
    const [, first = '', mail = '', second = '', seen] = match;
    const name = first.trim();
    const proper: Partial<CommitAuthor> = {
      ...(name === '' ? {} : { name }),
      ...(seen === undefined ? {} : { email: mail.trim() }),
    };
    const key = (seen ?? mail).trim().toLowerCase();
    const seenName = second.trim().toLowerCase();
    if (seenName === '') byMail.set(key, { ...byMail.get(key), ...proper });
    else byBoth.set(`${seenName}\0${key}`, proper);
  }
  if (byMail.size === 0 && byBoth.size === 0) return (author) => author;
  return (author) => {
    const email = author.email.toLowerCase();
    const proper = byBoth.get(`${author.name.toLowerCase()}\0${email}`) ?? byMail.get(email);
    return proper === undefined ? author : { ...author, ...proper };
  };
}
