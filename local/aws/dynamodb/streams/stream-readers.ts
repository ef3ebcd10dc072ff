import { callerOf, type Denial } from "../../api/caller";
import type { Authorizer, Principal } from "../../iam/types";
import { shardIdOf, type StreamRecord } from "./stream";
import type { StreamLog } from "./stream-log";

/** A stream for a service that reads it in the name of a role. */
export interface StreamReader {
  shardId: string;
  /** Of the first record that there may be. */
  readonly begin: string;
  /** Of the first record that is written from now on. */
  end(): string;
  /** @throws AwsError `AccessDeniedException`, `ResourceNotFoundException`. */
  read(from: string, limit: number): Promise<StreamRecord[]>;
  /** As {@link StreamLog.follow}. */
  follow(unread: () => string, onRecords: () => void): () => void;
}

/** How it is said of streams that somebody may not read them. */
export const denial: Denial = { code: "AccessDeniedException", statusCode: 400 };

/** Lets services within the process read streams as roles may over the API. */
export class StreamReaders {
  readonly #log: () => StreamLog;
  readonly #authorizer: Authorizer;

  constructor(log: () => StreamLog, authorizer: Authorizer) {
    this.#log = log;
    this.#authorizer = authorizer;
  }

  /**
   * @param occasion why it is read, for the report of a refusal.
   * @throws AwsError `AccessDeniedException`, `ResourceNotFoundException`.
   */
  open(arn: string, principal: Principal, occasion: string): StreamReader {
    const caller = callerOf(principal, this.#authorizer, denial);
    const allow = (action: string, resource = arn) => {
      caller.require(`dynamodb:${action}`, resource, { occasion });
    };
    allow("ListStreams", "*");
    allow("DescribeStream");
    allow("GetShardIterator");
    allow("GetRecords");
    const log = this.#log();
    const stream = log.find(arn);
    return {
      shardId: shardIdOf(stream),
      begin: log.begin,
      end: () => log.end(stream),
      read: async (from, limit) => {
        allow("GetRecords");
        return log.read(log.find(arn), from, limit);
      },
      follow: (unread, onRecords) => log.follow(arn, unread, onRecords),
    };
  }
}
