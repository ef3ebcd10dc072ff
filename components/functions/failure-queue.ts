import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queuePolicy } from "../policies/queue-policy";

/** The longest that SQS keeps a message, in seconds: 14 days. */
const retentionSeconds = 14 * 24 * 60 * 60;

/**
 * The most that SQS takes, in bytes: 1 MiB. Lambda drops a record that does not fit, and by default
 * a queue takes no more than a quarter.
 */
const maxMessageBytes = 1024 * 1024;

/**
 * A queue for the events that asynchronously invoked functions could not process: encrypted, over TLS
 * only. Who may send is for the functions' own policies to say.
 */
export class FailureQueue extends pulumi.ComponentResource {
  readonly queue: aws.sqs.Queue;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:ingest:FailureQueue", name, {}, opts);
    this.queue = new aws.sqs.Queue(
      name,
      {
        sqsManagedSseEnabled: true,
        maxMessageSize: maxMessageBytes,
        messageRetentionSeconds: retentionSeconds,
      },
      { parent: this },
    );
    new aws.sqs.QueuePolicy(
      `${name}-policy`,
      {
        queueUrl: this.queue.url,
        policy: pulumi.jsonStringify(this.queue.arn.apply(queuePolicy)),
      },
      { parent: this },
    );
    this.registerOutputs({ queue: this.queue });
  }
}
