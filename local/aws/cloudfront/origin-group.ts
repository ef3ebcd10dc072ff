import { OriginFailure } from "./origin-failure";
import type { OriginCall, OriginClient, WholeResponse } from "./types";

/**
 * Two origins as one: the second is asked where the first cannot be reached, takes too long or
 * answers by one of the statuses that count as failed. Every request starts with the first.
 *
 * Only GET, HEAD and OPTIONS go on to the second, and others are not forwarded here at all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export class OriginGroupClient implements OriginClient {
  readonly #primary: OriginClient;
  readonly #secondary: OriginClient;
  readonly #failed: ReadonlySet<number>;

  constructor(primary: OriginClient, secondary: OriginClient, failed: readonly number[]) {
    this.#primary = primary;
    this.#secondary = secondary;
    this.#failed = new Set(failed);
  }

  async ask(call: OriginCall): Promise<WholeResponse> {
    const response = await this.#askPrimary(call);
    return response ?? (await this.#secondary.ask(call));
  }

  async #askPrimary(call: OriginCall): Promise<WholeResponse | undefined> {
    try {
      const response = await this.#primary.ask(call);
      return this.#failed.has(response.status) ? undefined : response;
    } catch (error) {
      if (error instanceof OriginFailure) {
        return undefined;
      }
      throw error;
    }
  }
}
