import { createYamlWriter, type YamlWriter } from "./yaml-writer.ts";
import { planScalar } from "./plan-scalar.ts";
import { writeScalar } from "./write-scalar.ts";

/** A value of JSON, with bigints among its numbers, as the YAML that kubectl prints of it: its line breaks, quotes and indents, so that `diff` finds what differs. */
export function renderYaml(value: unknown): string {
  const writer = createYamlWriter();
  writeNode(writer, value, { isMember: false });
  return writer.end();
}

function writeNode(writer: YamlWriter, value: unknown, { isMember }: { readonly isMember: boolean }): void {
  if (Array.isArray(value)) return writeSequence(writer, value, isMember);
  if (typeof value === "object" && value !== null) return writeMapping(writer, Object.entries(value));
  writer.deeper(() => writeScalar(writer, planScalar(value, { isKey: false }), { mayBreak: true }));
}

function writeSequence(writer: YamlWriter, items: readonly unknown[], isMember: boolean): void {
  if (items.length === 0) return writer.mark("[]", { isSpaced: true });
  const write = (): void => {
    for (const item of items) {
      writer.indent();
      writer.mark("-", { isSpaced: true, isIndent: true });
      writeNode(writer, item, { isMember: false });
    }
  };
  // A member's list stands as deep as the member.
  if (isMember && !writer.isAtIndent()) write();
  else writer.deeper(write);
}

function writeMapping(writer: YamlWriter, members: readonly (readonly [string, unknown])[]): void {
  if (members.length === 0) return writer.mark("{}", { isSpaced: true });
  writer.deeper(() => {
    for (const [key, value] of members) {
      writer.indent();
      writeKey(writer, key);
      writeNode(writer, value, { isMember: true });
    }
  });
}

const longestKey = 128;

function writeKey(writer: YamlWriter, key: string): void {
  const plan = planScalar(key, { isKey: true });
  if (Buffer.byteLength(key) <= longestKey && !plan.isMultiline) {
    writeScalar(writer, plan, { mayBreak: false });
    return writer.mark(":", {});
  }
  writer.mark("?", { isSpaced: true, isIndent: true });
  writer.deeper(() => writeScalar(writer, planScalar(key, { isKey: false }), { mayBreak: true }));
  writer.indent();
  writer.mark(":", { isSpaced: true, isIndent: true });
}
