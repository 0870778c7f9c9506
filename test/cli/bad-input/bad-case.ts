import type { ExitCode } from "../../../core/contract/known-error.ts";

/** A call that can't be right, in the folder and on the cluster of the table. */
export type BadCase = {
  /** What is typed behind `asdic`, with spaces between and FOLDER and PORT for the folder and the port of the cluster; as a list where a word has spaces of its own. */
  readonly call: string | readonly string[];
  /** 2 unless it is said. */
  readonly code?: ExitCode;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** A word of the message that says where it is wrong, where that is nothing that was typed. */
  readonly place?: string;
  /** Lines that the message may have; twelve where nothing is said. */
  readonly lines?: number;
};

/** Cases about one thing, with the files that they name; their messages are one golden. */
export type Area = {
  readonly name: string;
  /** Undefined makes a folder. */
  readonly files?: Readonly<Record<string, string | Buffer | undefined>>;
  readonly cases: readonly BadCase[];
};

/** The words of a call. */
export const wordsOf = ({ call }: Pick<BadCase, "call">): readonly string[] => (typeof call === "string" ? call.split(" ") : call);
