const MAX_LENGTH = 160;

/** The first line that says something, short and without anything that looks like a secret; null if there is none. */
export function firstPlainLine(text: string): string | null {
  const line = text
    .split('\n')
    .map((candidate) => candidate.replace(/\p{Cc}\[[0-9;]*m|\p{Cc}/gu, ' ').trim())
    .find((candidate) => candidate !== '');
  if (line === undefined) return null;
  const redacted = line
    .replace(/([?&][^=\s]+=)[^&\s]+/g, '$1…')
    .replace(/:\/\/[^\s/@]+@/g, '://…@')
    .replace(/(bearer|basic)\s+\S+/gi, '$1 …')
    .replace(/((?:token|secret|password|passwd|api[-_]?key|access[-_]?key|assertion)["']?\s*[=:]\s*)\S+/gi, '$1…')
    .replace(/[A-Za-z0-9+/_=.-]{24,}/g, (word) => (looksSecret(word) ? '…' : word));
  return redacted.length > MAX_LENGTH ? `${redacted.slice(0, MAX_LENGTH)}…` : redacted;
}

/** Long words with digits and letters mixed are taken for keys; paths and host names are left alone. */
function looksSecret(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word) && !/^(\/|[a-z0-9-]+(\.[a-z0-9-]+)+$)/.test(word);
}
