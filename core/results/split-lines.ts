/**
 * Gives each line of a text that comes in pieces to `onLine`, without its end; lines over 8 Mi characters are passed over. `end` gives the last one,
 * and says how many were passed over.
 */
export function splitLines(onLine: (line: string) => void): { readonly write: (piece: string) => void; readonly end: () => number } {
  let held = "";
  let isTooLong = false;
  let passedOver = 0;
  const hold = (text: string): void => {
    isTooLong ||= held.length + text.length > maxLine;
    held = isTooLong ? "" : held + text;
  };
  const finishLine = (): void => {
    if (isTooLong) passedOver++;
    else onLine(held);
    held = "";
    isTooLong = false;
  };
  return {
    write: (piece) => {
      const [first = "", ...others] = piece.split("\n");
      hold(first);
      for (const text of others) {
        finishLine();
        hold(text);
      }
    },
    end: () => {
      finishLine();
      return passedOver;
    },
  };
}

const maxLine = 8 * 1024 ** 2;
