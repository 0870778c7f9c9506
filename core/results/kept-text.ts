/** How many characters of text a file's items may hold in all. */
export type TextBudget = { left: number };

/** A text that grows and is kept only up to a limit: its beginning and its end, with a line between them that says how much was left out. */
export type KeptText = {
  readonly add: (text: string) => void;
  readonly render: () => string;
  /** Gives its characters back to the budget; it is not to be used any more. */
  readonly discard: () => void;
};

/** Characters of one text, and of all texts of one file, that are kept; the file itself stays whole in the tarball. */
const textCharacters = 1024 ** 2;
const fileCharacters = 64 * 1024 ** 2;

export const createTextBudget = (): TextBudget => ({ left: fileCharacters });

export function keepText(budget: TextBudget, limit: number = textCharacters): KeptText {
  const half = Math.floor(limit / 2);
  const tail: string[] = [];
  let head = "";
  let isHeadFull = false;
  let tailLength = 0;
  let omitted = 0;

  const dropOldest = (count: number): void => {
    for (let left = count; left > 0;) {
      const [first = ""] = tail;
      const dropped = Math.min(left, first.length);
      if (dropped === first.length) tail.shift();
      else tail[0] = first.slice(dropped);
      tailLength -= dropped;
      budget.left += dropped;
      omitted += dropped;
      left -= dropped;
    }
  };

  return {
    add: (text) => {
      const taken = isHeadFull ? "" : text.slice(0, Math.max(0, Math.min(half - head.length, budget.left)));
      head += taken;
      budget.left -= taken.length;
      const rest = text.slice(taken.length);
      if (rest === "") return;
      isHeadFull = true;
      const kept = rest.slice(-half);
      omitted += rest.length - kept.length;
      tail.push(kept);
      tailLength += kept.length;
      budget.left -= kept.length;
      dropOldest(Math.max(tailLength - half, Math.min(tailLength, -budget.left)));
    },
    render: () => copyText(omitted === 0 ? head + tail.join("") : `${head}\n… ${omitted} characters are left out here …\n${tail.join("")}`),
    discard: () => {
      budget.left += head.length + tailLength;
      head = "";
      tail.length = 0;
      tailLength = 0;
    },
  };
}

/** A name or other short text, cut to `limit` characters with a mark. */
export const cutText = (text: string, limit: number): string => copyText(text.length > limit ? `${text.slice(0, limit)}…` : text);

/** A well-formed string of its own: a slice would keep the whole chunk that it was cut from in memory. What is put together first is copied when it is cut. */
const copyText = (text: string): string => ` ${text}`.slice(1).toWellFormed();
