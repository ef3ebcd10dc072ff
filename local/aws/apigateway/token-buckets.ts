/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
export interface ThrottleLimit {
  /** Tokens added each second. */
  rateLimit: number;
  /** Tokens that the bucket holds, and starts with. */
  burstLimit: number;
}

/** Token buckets by name. They live in memory, as a restart in AWS would not be noticed either. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { tokens: number; updatedAt: number }>();

  /** Takes a token from the bucket, or returns false when it is empty. */
  take(name: string, limit: ThrottleLimit, now: Date): boolean {
    const known = this.#buckets.get(name);
    const bucket = known ?? { tokens: limit.burstLimit, updatedAt: now.getTime() };
    // A clock that is set back must not make the same time count twice.
    const time = Math.max(now.getTime(), bucket.updatedAt);
    const elapsedSeconds = (time - bucket.updatedAt) / 1000;
    const tokens = Math.min(limit.burstLimit, bucket.tokens + elapsedSeconds * limit.rateLimit);
    const taken = tokens >= 1;
    this.#buckets.set(name, { tokens: taken ? tokens - 1 : tokens, updatedAt: time });
    return taken;
  }
}
