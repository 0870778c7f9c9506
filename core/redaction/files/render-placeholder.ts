/** What stands in the place of a file that was left out, in its own format where that is JSON or YAML. */
export function renderPlaceholder(name: string, why: string): Buffer {
  const sentence = `asdic left this file out, because ${why}.`;
  if (/\.json$/i.test(name)) return Buffer.from(`${JSON.stringify({ redacted: sentence })}\n`);
  return Buffer.from(/\.ya?ml$/i.test(name) ? `redacted: ${JSON.stringify(sentence)}\n` : `${sentence}\n`);
}
