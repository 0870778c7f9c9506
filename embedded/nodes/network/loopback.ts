/** Whether an address leads nowhere but to the pod itself. */
export const isLoopback = (address: string): boolean => address === "localhost" || address === "::1" || /^(?:::ffff:)?127\./.test(address);

export const isUnspecified = (address: string): boolean => address === "::" || address === "0.0.0.0";
