import { characters } from './characters.ts';
import type { Member } from './zip.ts';

const MARK = '!<arch>\n';
const HEADER = 60;
const NOTHING = new Uint8Array(0);

/** Members of an archive of `ar` (a Debian package, a static library): 60 bytes of header each, then the data to an even place. https://man.freebsd.org/cgi/man.cgi?query=ar&sektion=5 */
export function* arMembers(bytes: Uint8Array, room: () => number): Generator<Member, void, undefined> {
  for (let at = MARK.length; at + HEADER <= bytes.length;) {
    const header = characters(bytes, at, at + HEADER);
    const size = /^(\d{1,10}) *$/.exec(header.slice(48, 58))?.[1];
    if (size === undefined || !header.endsWith('`\n'))
      return yield { name: '', bytes: NOTHING, fault: 'it is damaged' };
    const start = at + HEADER;
    const stated = Number(size);
    const data = bytes.subarray(start, Math.min(bytes.length, start + stated));
    const most = room();
    const fault =
      data.length > most ? 'it is too large' : data.length < stated ? 'it is truncated' : undefined;
    const name = header.slice(0, 16).replace(/\/? *$/, '');
    if (data.length > 0)
      yield { name, bytes: data.subarray(0, most), ...(fault === undefined ? {} : { fault }) };
    at = start + stated + (stated & 1);
  }
}
