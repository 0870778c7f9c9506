/** The words of a name in lower case, whether it is camelCase, SNAKE_CASE, kebab-case or dotted: "dbAPIKey" is db, api, key. */
export const camelWords = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9\u0080-\uffff]+/)
    .filter((word) => word !== "");
