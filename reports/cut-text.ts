/** The first `limit` characters of a text, saying how many more there were. */
export const cutHead = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit).toWellFormed()}\n… ${text.length - limit} more characters are in the tarball`;

/** The last `limit` characters of a text, saying how many there were before; the end of an output is where it went wrong. */
export const cutTail = (text: string, limit: number): string =>
  text.length <= limit ? text : `… ${text.length - limit} more characters are in the tarball\n${text.slice(-limit).toWellFormed()}`;
