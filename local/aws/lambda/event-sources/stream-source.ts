import type { Principal } from "../../iam/types";

/** A record of a stream, as far as Lambda looks into it. */
export interface SourceRecord {
  dynamodb: { ApproximateCreationDateTime: number; SequenceNumber: string };
  userIdentity?: { PrincipalId: string; Type: string };
}

/** A stream for who may read it. */
export interface StreamReader {
  shardId: string;
  /** Where those begin that are read from the first record on. */
  readonly begin: string;
  /** Where those begin that read what comes from now on. */
  end(): string;
  /**
   * @param from a sequence number.
   * @throws AwsError `AccessDeniedException`, `ResourceNotFoundException`.
   */
  read(from: string, limit: number): Promise<SourceRecord[]>;
  /**
   * Calls back after records were written, and keeps what was not read.
   *
   * @returns ends it.
   */
  follow(unread: () => string, onRecords: () => void): () => void;
}

/** What Lambda needs of DynamoDB. */
export interface StreamSource {
  /**
   * @param occasion why a stream is read, for the report of a refusal.
   * @throws AwsError `AccessDeniedException`, `ResourceNotFoundException`.
   */
  open(streamArn: string, principal: Principal, occasion: string): StreamReader;
}
