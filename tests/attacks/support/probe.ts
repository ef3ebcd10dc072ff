import type { Clients } from "./target";

/** One call that an attacker tries. */
export interface Probe {
  /** Operation of the API, such as `HeadObject`. */
  operation: string;
  /** The permission that it takes, such as `s3:GetObject`. */
  action: string;
  /** What it is tried on, such as `imagesBucket/images`. */
  place: string;
  send: (clients: Clients) => Promise<unknown>;
}
