/** What the gateway says in place of an answer of a function. */
export interface GatewayAnswer {
  /** Left out, the gateway's own stays. */
  status?: number;
  code: string;
  error: string;
  /** Further members of the body. */
  details?: Record<string, string | number>;
  headers?: Record<string, string>;
}

/** Headers that tell a client when to come back. */
export function retryAfter(seconds: number): Record<string, string> {
  return { "Retry-After": String(seconds), "Access-Control-Expose-Headers": "Retry-After" };
}
