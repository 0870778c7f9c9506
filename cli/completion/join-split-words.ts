/** bash cuts words at `=`, `:` and `@`: the words as they were typed, and how much of the last one bash leaves as it is. */
export function joinSplitWords(pieces: readonly string[]): { readonly words: readonly string[]; readonly cut: number } {
  const words: string[] = [];
  let isJoining = false;
  for (const piece of pieces) {
    const isBreak = /^[=:@]+$/.test(piece);
    if ((isBreak || isJoining) && words.length > 0) words.push(`${words.pop() ?? ""}${piece}`);
    else words.push(piece);
    isJoining = isBreak;
  }
  const last = pieces.at(-1) ?? "";
  const kept = isJoining ? "" : last;
  return { words, cut: (words.at(-1) ?? "").length - kept.length };
}
