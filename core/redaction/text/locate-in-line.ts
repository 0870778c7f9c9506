import type { Span } from "../rules/rule.ts";

/** The password in a line of a file whose lines hold names and passwords without saying so: those of mail servers and connection pools, of Kafka's logins, of tokens for the API server. */
export function locateInLine(text: string, literalAt: number): Span | undefined {
  if (text.startsWith("user_", literalAt)) {
    const isLogin = text.slice(Math.max(0, literalAt - farthest), literalAt).includes("LoginModule");
    return isLogin ? spanOf(jaasUser, text.slice(literalAt, literalAt + farthest), literalAt) : undefined;
  }
  const before = text.slice(Math.max(0, literalAt - farthest), literalAt);
  const from = literalAt - before.length + before.lastIndexOf("\n") + 1;
  const [behind = ""] = text.slice(literalAt, literalAt + farthest).split("\n", 1);
  return spanOf(line, text.slice(from, literalAt + behind.length), from);
}

const farthest = 400;

const jaasUser = /^user_[\w.-]{1,60}=\\{0,3}"(?<secret>[^"\\\n]{1,200})/d;

const line =
  /^(?:[^\n]{0,60}\]:(?:587|465|25)\s{1,20}[\w.@+-]{1,80}:(?<mail>\S{1,200})|\s{0,8}"[A-Za-z][\w.@-]{0,60}" "(?<pool>[^"\s]{4,200})"\s{0,4}$|createUser [\w.-]{1,60} \S{2,9} "[^"]{1,100}" (?:AES|DES)\S{0,5} "(?<priv>[^"]{1,100})"|(?:[^\n]{0,200}["'=: ])?(?<token>[^\s,"']{12,200}),[\w.:@-]{1,60},[\w.-]{1,60},\\{0,3}"system:)/d;

function spanOf(pattern: RegExp, part: string, offset: number): Span | undefined {
  const found = Object.values(pattern.exec(part)?.indices?.groups ?? {}).find((group) => group !== undefined);
  return found === undefined ? undefined : { start: offset + found[0], end: offset + found[1] };
}
