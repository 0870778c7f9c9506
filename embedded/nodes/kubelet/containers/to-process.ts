/** Does something to a process that may have ended a moment ago, which is no failure then. */
export function toProcess(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
