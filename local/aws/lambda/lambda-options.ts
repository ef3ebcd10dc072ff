import type { Authenticator } from "../iam/types";
import type { MetricSink } from "../types";
import type { DeployOptions } from "./deploy";
import type { DestinationQueues } from "./destinations";
import type { Backoff } from "./event-queue";
import type { StreamSource } from "./event-sources/stream-source";

/** What Lambda is made with. */
export interface LambdaOptions extends DeployOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  metrics: MetricSink;
  /** Where records of events go. */
  queues: DestinationQueues;
  /** What event source mappings read. */
  streams: StreamSource;
  /**
   * Most processes at a time, of some 20 to 50 MB each, and more while native code works. Default 4: as
   * many functions are called in turns without a cold start, and with the rest it is 300 MB after a burst.
   */
  maxEnvironments?: number;
  /**
   * How long a process starts, about, in milliseconds: requests wait for so long for those of their
   * function before another one is started, and one that was used more recently is not ended for another
   * function that has some already. Default 250.
   */
  coldStartMs?: number;
  /** A process that was idle for so long is ended, in milliseconds. Default 60,000. */
  idleMs?: number;
  /**
   * Of the processes of a function, all but the one that was used last are ended once none of them had
   * anything to do for so long, in milliseconds. Default 5,000: one is enough for who asks now and then.
   */
  surplusIdleMs?: number;
  /**
   * A process is not used for longer, in milliseconds. Default 10 hours: of the 12 that its
   * credentials last, enough is left for the URLs that it signs.
   */
  maxAgeMs?: number;
  /** An invocation waits so long for a process, in milliseconds. Default API Gateway's 29,000. */
  patienceMs?: number;
  /** From 0 to below 1: decides to which version a weighted alias leads. Default `Math.random`. */
  random?: () => number;
  /** Waits before an event, or a batch of a stream, is retried. Default as Lambda does. */
  backoff?: Backoff;
}
