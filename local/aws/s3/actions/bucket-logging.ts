import type { Action } from "../action";
import { xmlReply } from "../reply";
import { renderXml } from "../xml";

/**
 * A bucket without logging has an empty document, not none.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html
 */
export const getBucketLogging: Action = {
  permissions: () => ["s3:GetBucketLogging"],
  run: ({ bucket }) => {
    const { logging } = bucket.configuration;
    const { folders } = logging ?? {};
    const format =
      folders === "none"
        ? { SimplePrefix: {} }
        : folders && { PartitionedPrefix: { PartitionDateSource: folders } };
    const enabled = logging && {
      TargetBucket: logging.targetBucket,
      TargetPrefix: logging.targetPrefix,
      TargetObjectKeyFormat: format,
    };
    return xmlReply(renderXml("BucketLoggingStatus", { LoggingEnabled: enabled }));
  },
};
