const mostNames = 5;

/** The first five of some names, and how many more there are. */
export const nameSome = (names: readonly string[]): string =>
  names.slice(0, mostNames).join(", ") + (names.length > mostNames ? ` and ${names.length - mostNames} more` : "");
