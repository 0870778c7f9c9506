/** The specifiers that a TypeScript file imports or re-exports, of types too, and those it imports later by a literal name. */
export function readImports(text: string): readonly string[] {
  return [...text.matchAll(statement), ...text.matchAll(call)].flatMap(({ groups }) => groups?.["specifier"] ?? []);
}

const statement = /^(?:import|export)\s(?:[\w\s{},*$]+?\sfrom\s+)?"(?<specifier>[^"\n]+)"/gm;
const call = /\bimport\(\s*"(?<specifier>[^"\n]+)"/g;
