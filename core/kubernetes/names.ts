const subdomain = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const labelValue = `(${qualified})?`;

const isWhole = (pattern: string, value: string): boolean => new RegExp(`^(?:${pattern})$`).test(value);
const alphanumeric = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const qualifiedProblem = `${alphanumeric} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualified}')`;

/** What is wrong with an object's name where Kubernetes asks for a subdomain, in its own words. Source: k8s.io/apimachinery, pkg/util/validation. */
export function findSubdomainProblems(value: string): readonly string[] {
  const problem = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
  return [...(value.length > 253 ? ["must be no more than 253 characters"] : []), ...(isWhole(subdomain, value) ? [] : [problem])];
}

/** What is wrong with a name where Kubernetes asks for a DNS label, as for namespaces and services. */
export function findDnsLabelProblems(value: string): readonly string[] {
  const problem = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
  return [...(value.length > 63 ? ["must be no more than 63 characters"] : []), ...(isWhole(label, value) ? [] : [problem])];
}

/** What is wrong with a name that only has to fit into a path, as RBAC's do. */
export function findPathSegmentProblems(value: string): readonly string[] {
  if (value === "." || value === "..") return [`may not be '${value}'`];
  return ["/", "%"].filter((character) => value.includes(character)).map((character) => `may not contain '${character}'`);
}

/** What is wrong with the key of a label or annotation, or with a taint's key. */
export function findQualifiedNameProblems(value: string): readonly string[] {
  const parts = value.split("/");
  if (parts.length > 2) return [`a valid label key ${qualifiedProblem} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const [prefix, name = ""] = parts.length === 2 ? parts : [undefined, value];
  const prefixProblems = prefix === undefined ? [] : prefix === "" ? ["must be non-empty"] : findSubdomainProblems(prefix);
  return [
    ...prefixProblems.map((problem) => `prefix part ${problem}`),
    ...(name === "" ? ["name part must be non-empty"] : []),
    ...(Buffer.byteLength(name) > 63 ? ["name part must be no more than 63 bytes"] : []),
    ...(isWhole(qualified, name) ? [] : [`name part ${qualifiedProblem}`]),
  ];
}

/** What is wrong with a label's value. */
export function findLabelValueProblems(value: string): readonly string[] {
  const problem = `a valid label must be an empty string or consist of ${alphanumeric.replace("must consist of ", "")} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`;
  return [...(Buffer.byteLength(value) > 63 ? ["must be no more than 63 bytes"] : []), ...(isWhole(labelValue, value) ? [] : [problem])];
}
