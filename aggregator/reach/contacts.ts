import type { Way } from "../../core/contract/run-status.ts";
import type { ExpectedResult } from "../state/expected-results.ts";

/** When each worker was last heard, over the pod network and over what the aggregator has brought it; milliseconds of a clock that only goes forward. */
export type Contacts = {
  /** A worker's request has come; call what is returned once it is answered. */
  begin(result: ExpectedResult, way: Way): () => void;
  /** Whether a request of it is being answered that came so. */
  isHeard(result: ExpectedResult, by: "network" | "exec"): boolean;
  /** When it was last heard so: now while it is heard, 0 where it has never been. */
  last(result: ExpectedResult, by: "network" | "exec"): number;
};

export function createContacts(now: () => number = () => performance.now()): Contacts {
  type Contact = { open: number; at: number };
  const heard = { network: new Map<ExpectedResult, Contact>(), exec: new Map<ExpectedResult, Contact>() };
  const isHeard: Contacts["isHeard"] = (result, by) => (heard[by].get(result)?.open ?? 0) > 0;
  return {
    begin(result, way) {
      const contacts = heard[way === "exec" ? "exec" : "network"];
      const contact = contacts.get(result) ?? { open: 0, at: 0 };
      contacts.set(result, contact);
      contact.open++;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        contact.open--;
        contact.at = now();
      };
    },
    isHeard,
    last: (result, by) => (isHeard(result, by) ? now() : (heard[by].get(result)?.at ?? 0)),
  };
}
