import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import { forbidden, invalidValue, none, oneOf, required, when } from "../../causes.ts";
import { nonNegative, portNumber, portNumberOrName } from "./value-rules.ts";

/** A container's hooks. */
export function validateLifecycle(path: string, lifecycle: unknown): Causes {
  return ["postStart", "preStop"].flatMap((hook) => {
    const handler = field(lifecycle, hook);
    return when(handler !== undefined, () => validateHandler(`${path}.${hook}`, handler, ["exec", "httpGet", "tcpSocket", "sleep"]));
  });
}

/** A container's probe; `kind` is its field: "livenessProbe". */
export function validateProbe(path: string, probe: unknown): Causes {
  if (probe === undefined) return none;
  const isReadiness = path.endsWith(".readinessProbe");
  const threshold = field(probe, "successThreshold");
  return [
    ...validateHandler(path, probe, ["exec", "httpGet", "tcpSocket", "grpc"]),
    ...["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"].flatMap((name) =>
      nonNegative(`${path}.${name}`, field(probe, name)),
    ),
    ...when(!isReadiness && threshold !== undefined && threshold !== 1, () => invalidValue(`${path}.successThreshold`, threshold, "must be 1")),
  ];
}

function validateHandler(path: string, handler: unknown, kinds: readonly string[]): Causes {
  const given = kinds.filter((kind) => field(handler, kind) !== undefined);
  const [first, ...others] = given;
  if (first === undefined) return required(path, "must specify a handler type");
  return [
    ...validateAction(`${path}.${first}`, first, field(handler, first)),
    ...others.flatMap((other) => forbidden(`${path}.${other}`, "may not specify more than 1 handler type")),
  ];
}

function validateAction(path: string, kind: string, action: unknown): Causes {
  const port = field(action, "port");
  switch (kind) {
    case "exec":
      return when(list(field(action, "command")).length === 0, () => required(`${path}.command`));
    case "httpGet":
      return [
        ...portNumberOrName(`${path}.port`, port ?? ""),
        ...oneOf(`${path}.scheme`, field(action, "scheme"), ["HTTP", "HTTPS"]),
        ...list(field(action, "httpHeaders")).flatMap((header) => validateHeader(`${path}.httpHeaders`, text(field(header, "name")))),
      ];
    case "tcpSocket":
      return portNumberOrName(`${path}.port`, port ?? "");
    case "grpc":
      return portNumber(`${path}.port`, port ?? 0);
    default:
      return none;
  }
}

const validateHeader = (path: string, name: string): Causes =>
  /^[-A-Za-z0-9]+$/.test(name)
    ? none
    : invalidValue(
        path,
        name,
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
      );
