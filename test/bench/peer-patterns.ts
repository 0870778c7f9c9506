/**
 * Regular expressions of the kind that Troubleshoot applies by default to each line, one after the other: names in env of JSON, ADO strings, URLs with a
 * password, Go's DSNs. Written after its documentation, so that its way of working can be measured beside ours; not a copy of its list.
 */
export const peerPatterns: readonly RegExp[] = [
  ...["password", "pwd", "user(?:name|id)?", "database", "token", "access_?key", "secret_?key", "api_?key"].flatMap((word) => [
    new RegExp(`("name":\\s*"[^"]*${word}[^"]*".*"value":\\s*")[^"]*(")`, "gi"),
    new RegExp(`(\\\\"name\\\\":\\s*\\\\"[^"]*${word}[^"]*\\\\".*\\\\"value\\\\":\\s*\\\\")[^"]*(\\\\")`, "gi"),
  ]),
  /((?:Data Source|location|Server) *= *)[^;]+(;)/gi,
  /((?:User ID|UID) *= *)[^;]+(;)/gi,
  /((?:Password|Pwd) *= *)[^;]+(;)/gi,
  /((?:Initial Catalog|Database) *= *)[^;]+(;)/gi,
  /(\b[A-Za-z]+:\/\/)[^:"/]+:[^@"/]+(@[^:/\s"]+[:/])/gi,
  /(\b[^:"/]*:)[^@"/]*(@tcp\([^:"]*:\d*\)\/)/gi,
];
