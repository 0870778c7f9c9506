/** Whose names become tokens; `off`: only secrets are hidden. */
export const privacyLevels = ["off", "standard", "high"] as const;
export type Privacy = (typeof privacyLevels)[number];
