const mostNames = 5;

/** The first five of some names, and how many more there are; `total` where not all of them are known by name. */
export const nameSome = (names: readonly string[], total: number = names.length): string =>
  names.slice(0, mostNames).join(", ") + (total > mostNames ? ` and ${total - mostNames} more` : "");
