import { AwsError } from "../aws-error";
import type { Message } from "./message";

/** What a receipt handle stands for. */
export interface Receipt {
  messageId: string;
  /** {@link Message.receipt} at that time. */
  receipt: string;
}

/** The handle by which the receiver of a message names it. */
export function receiptHandle(queueArn: string, { id, receipt }: Message): string {
  return Buffer.from([queueArn, id, receipt].join(" ")).toString("base64");
}

/** @throws AwsError `ReceiptHandleIsInvalid` for what is no handle of this queue. */
export function readReceiptHandle(queueArn: string, handle: string): Receipt {
  const [arn, messageId, receipt] = Buffer.from(handle, "base64").toString().split(" ");
  if (arn !== queueArn || messageId === undefined || receipt === undefined) {
    throw new AwsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      404,
    );
  }
  return { messageId, receipt };
}
