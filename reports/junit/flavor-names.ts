/** Readers of JUnit that want it otherwise than the rest. */
export const junitFlavors = ["generic", "jenkins", "gitlab", "azure", "github"] as const;
export type JunitFlavor = (typeof junitFlavors)[number];
