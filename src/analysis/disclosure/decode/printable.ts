/** Tab, line ends and what is shown in ASCII. */
const SHOWN = new Uint8Array(256);
SHOWN.fill(1, 32, 127);
for (const unit of [9, 10, 13]) SHOWN[unit] = 1;

/** Whether bytes are text: what is above ASCII only as UTF-8, and of the rest nearly all shown. */
export function isText(bytes: Uint8Array): boolean {
  let odd = 0;
  const most = bytes.length / 20;
  for (let i = 0; i < bytes.length; i++) {
    const unit = bytes[i]!;
    if (SHOWN[unit] === 1) continue;
    const more = unit < 0xc2 ? 0 : unit < 0xe0 ? 1 : unit < 0xf0 ? 2 : unit < 0xf5 ? 3 : 0;
    let next = 0;
    while (next < more && ((bytes[i + next + 1] ?? 0) & 0xc0) === 0x80) next++;
    if (more > 0 && next === more) i += more;
    else if (++odd > most) return false;
  }
  return bytes.length > 0;
}
