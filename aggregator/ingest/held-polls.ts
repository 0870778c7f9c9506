/** How many polls are held open at once, each for a worker that is told at once when there is something to say; the others ask again after a pause. */
export type HeldPolls = {
  /** Resolves to true once the wait is over; to false at once where there is no room for one more. */
  hold(wait: () => Promise<void>): Promise<boolean>;
};

/** A connection that is held costs the aggregator 80 KB. */
const mostHeld = 500;

export function createHeldPolls(most: number = mostHeld): HeldPolls {
  let held = 0;
  return {
    async hold(wait) {
      if (held >= most) return false;
      held++;
      try {
        await wait();
        return true;
      } finally {
        held--;
      }
    },
  };
}
