/** The one state machine of an expected result (design D10); the last five are its ends. */
export const resultStates = ["waiting", "scheduled", "pulling", "running", "uploading", "done", "skipped", "failed", "lost", "timed-out"] as const;
