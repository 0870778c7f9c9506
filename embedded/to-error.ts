/** Whatever was thrown, as an Error. */
export const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** What an error says of itself. */
export const messageOf = (thrown: unknown): string => toError(thrown).message;

/** Node's code of an error, "ECONNREFUSED"; empty if it has none. */
export const codeOf = (thrown: unknown): string => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");
