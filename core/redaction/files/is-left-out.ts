import type { Redactor } from "../redactor.ts";

/** Whether a rule of the user's leaves a file out whole, so that nobody needs to read it. */
export const isLeftOut = (redactor: Redactor, path: string): boolean =>
  redactor.userRules?.files.some(({ matches }) => matches.test(path)) === true && !isAllowed(redactor, path);

/** Whether a rule of the user's lets a file stay as it is. */
export const isAllowed = ({ userRules }: Pick<Redactor, "userRules">, path: string): boolean =>
  userRules?.allowedFiles.some((pattern) => pattern.test(path)) === true;
