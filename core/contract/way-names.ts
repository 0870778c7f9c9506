import type { Way } from "./run-status.ts";

/** The ways of results in words that go on after "came". */
export const wayNames: { readonly [Name in Way]: string } = {
  service: "over the aggregator's Service",
  "pod-ip": "over the address of the aggregator's pod",
  exec: "through the API server",
};
