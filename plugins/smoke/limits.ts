/** How long each step may take, in seconds. A start includes pulling the image, which the other pods of a run need too. */
export const limits = { start: 90, probe: 30, logs: 15, exec: 15, evidence: 5, cleanUp: 10 } as const;

export const smokePorts = { server: 8080, service: 80 } as const;
