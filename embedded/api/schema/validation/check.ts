import type { Causes } from "../../causes.ts";

/** What is looked at when an object is made or changed, and what beside it when it is changed. */
export type Check = {
  readonly create: (object: unknown, old: unknown) => Causes;
  readonly update?: (object: unknown, old: unknown) => Causes;
};
