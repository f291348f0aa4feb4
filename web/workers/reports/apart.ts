/** Whether a name that a reporting person wrote may mean a member. When in doubt yes: a colleague reads it then. */

/** Shorter pieces of a name would mean half the office. */
const LEAST = 3;

export function meansSame(asked: string, name: string): boolean {
  const [one, other] = [plain(asked), plain(name)];
  if (one === "" || other === "") return false;
  if (one === other || ` ${one} `.includes(` ${other} `)) return true;
  return one.length >= LEAST && ` ${other} `.includes(` ${one} `);
}

function plain(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
