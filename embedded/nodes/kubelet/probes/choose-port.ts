import type { Container } from "../pods/pod.ts";

/** The port that a probe means by number or by the container's name for it; undefined for an unknown name. */
export const choosePort = ({ ports = [] }: Container, port: number | string): number | undefined =>
  typeof port === "number" ? port : (ports.find(({ name }) => name === port)?.containerPort ?? (/^\d+$/.test(port) ? Number(port) : undefined));
