import type * as z from "zod";
import { nearestName } from "./nearest-name.ts";
import type { DocumentProblem } from "./plugin-definition.ts";

/** zod's issues as problems of a document: each unknown field one at its own place, with the field of `shape` (or of an object in it) that was most likely meant. */
export function readIssues(issues: readonly z.core.$ZodIssue[], shape: z.core.$ZodShape): readonly DocumentProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    const known = fieldsAt(shape, path);
    return issue.keys.map((key) => ({ path: [...path, key], message: `is no field of asdic/v1${advise(nearestName(key, known))}` }));
  });
}

const advise = (nearest: string | undefined): string => (nearest === undefined ? "" : `; did you mean ${nearest}?`);

function fieldsAt(shape: z.core.$ZodShape, path: DocumentProblem["path"]): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(shape);
  const next = shapeOf(shape[step]);
  return next === undefined
    ? []
    : fieldsAt(
        next,
        rest.filter((each) => typeof each !== "number"),
      );
}

/** The fields of an object, or of the objects of a list, however it is wrapped. */
function shapeOf(schema: unknown): z.core.$ZodShape | undefined {
  const wrapping = parseWrapping(schema);
  return (
    wrapping.shape ??
    [wrapping.innerType, wrapping.element, wrapping.in, wrapping.out]
      .filter((inner) => inner !== undefined)
      .map(shapeOf)
      .find(Boolean)
  );
}

type Wrapping = { readonly shape?: z.core.$ZodShape; readonly innerType?: unknown; readonly element?: unknown; readonly in?: unknown; readonly out?: unknown };

/** zod says what a schema is made of in its definition. */
const parseWrapping = (schema: unknown): Wrapping => (schema as { readonly def?: Wrapping } | undefined)?.def ?? {};
