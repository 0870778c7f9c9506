/** Text that grows by libyaml's rules of where a line begins and what a blank stands before. */
export type YamlWriter = {
  /** A line of its own at the indent of this depth, unless nothing but indents stands in this one. */
  indent(): void;
  /** Punctuation; `isSpaced`: with a blank before it if there is none, `isIndent`: what follows may stand in the same line as the first of its depth. */
  mark(text: string, look: { readonly isSpaced?: boolean; readonly isIndent?: boolean }): void;
  /** Text of a scalar. */
  put(text: string): void;
  /** Ends the line, by a character of YAML's own where that is asked for. */
  break(character?: string): void;
  /** Runs `write` two blanks deeper; the first depth begins at none. */
  deeper(write: () => void): void;
  isAtIndent(): boolean;
  readonly column: () => number;
  end(): string;
};

/** Nothing is written yet. */
export function createYamlWriter(): YamlWriter {
  const pieces: string[] = [];
  let [column, depth] = [0, -2];
  let [isBlank, isAtIndent] = [true, true];
  const add = (text: string): void => {
    pieces.push(text);
    column += Array.from(text).length;
  };
  const lineBreak = (character = "\n"): void => {
    pieces.push(character);
    [column, isAtIndent, isBlank] = [0, true, true];
  };
  return {
    indent: () => {
      const wanted = Math.max(depth, 0);
      if (!isAtIndent || column > wanted || (column === wanted && !isBlank)) lineBreak();
      add(" ".repeat(wanted - column));
      [isBlank, isAtIndent] = [true, true];
    },
    mark: (text, { isSpaced = false, isIndent = false }) => {
      add(isSpaced && !isBlank ? ` ${text}` : text);
      isBlank = false;
      isAtIndent &&= isIndent;
    },
    put: (text) => {
      add(text);
      [isBlank, isAtIndent] = [false, false];
    },
    break: lineBreak,
    deeper: (write) => {
      depth += 2;
      write();
      depth -= 2;
    },
    isAtIndent: () => isAtIndent,
    column: () => column,
    end: () => `${pieces.join("")}${column === 0 ? "" : "\n"}`,
  };
}
