const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._/:=-]*$/;

/** One word of a POSIX shell: as it is where nothing in it is special, else in single quotes. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line of words. */
export function shellLine(words: readonly string[]): string {
  return words.map((word) => (isFlag(word) ? word : shellWord(word))).join(' ');
}

function isFlag(word: string): boolean {
  return /^(?:-[a-z]|--[a-z-]+(?:=[A-Za-z0-9._-]+)?)$/.test(word);
}
