import type { ExpectedResult } from "../state/expected-results.ts";

/** When each worker was last heard over the pod network; milliseconds of a clock that only goes forward. */
export type Contacts = {
  /** A worker's request has come; call what is returned once it is answered. */
  begin(result: ExpectedResult): () => void;
  /** When it was last heard: now while it is heard, `since` where it has not been since then. */
  lastHeard(result: ExpectedResult, since: number): number;
};

export function createContacts(now: () => number = () => performance.now()): Contacts {
  const heard = new Map<ExpectedResult, { open: number; at: number }>();
  return {
    begin(result) {
      const contact = heard.get(result) ?? { open: 0, at: 0 };
      heard.set(result, contact);
      contact.open++;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        contact.open--;
        contact.at = now();
      };
    },
    lastHeard(result, since) {
      const contact = heard.get(result);
      if (contact === undefined) return since;
      return contact.open > 0 ? now() : Math.max(contact.at, since);
    },
  };
}
