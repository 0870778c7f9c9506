/** What a caught value says, for the run's log. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
