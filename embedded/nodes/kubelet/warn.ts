/** Shows a bug of one pod's work without ending everything else. */
export const warn = (error: unknown): void => process.emitWarning(error instanceof Error ? error : new Error(String(error)));
