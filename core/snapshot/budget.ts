/** How much may still be read; what one part does not take is there for the others. */
export type Budget = {
  /** Takes bytes if all of them are there. */
  take(bytes: number): boolean;
  readonly left: () => number;
};

/** A budget of so many bytes, and within another one if it is given. */
export function createBudget(bytes: number, within?: Budget): Budget {
  let left = bytes;
  return {
    take: (wanted) => {
      if (wanted > left || within?.take(wanted) === false) return false;
      left -= wanted;
      return true;
    },
    left: () => Math.min(left, within?.left() ?? left),
  };
}
