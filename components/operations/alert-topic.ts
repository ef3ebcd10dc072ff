import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { locationOf } from "../location";
import { alertKeyPolicy, alertTopicPolicy } from "../policies/alert-policy";
import { recordedArgs } from "../recorded-args";

/** Arguments of `AlertTopic`. */
export interface AlertTopicArgs {
  /** Address that gets every message, once its owner has confirmed the subscription by e-mail. */
  email: string;
}

/** An SNS topic for CloudWatch alarms, encrypted with a key of its own, that sends e-mail. */
export class AlertTopic extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;

  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:alerts:AlertTopic", name, recordedArgs(args), opts);
    const { email } = args;
    this.topic = new aws.sns.Topic(
      name,
      { kmsMasterKeyId: createKey(name, this).arn },
      { parent: this },
    );
    letAlarmsPublish(name, this.topic, this);
    new aws.sns.TopicSubscription(
      `${name}-email`,
      { topic: this.topic.arn, protocol: "email", endpoint: email },
      { parent: this },
    );
    this.registerOutputs({ topic: this.topic });
  }
}

function createKey(name: string, parent: pulumi.Resource) {
  const key = new aws.kms.Key(
    `${name}-key`,
    {
      description: "Encrypts alerts",
      enableKeyRotation: true,
      policy: pulumi.jsonStringify(locationOf(parent).apply(alertKeyPolicy)),
    },
    { parent },
  );
  new aws.kms.Alias(`alias/${name}-key`, { targetKeyId: key.keyId }, { parent });
  return key;
}

function letAlarmsPublish(name: string, topic: aws.sns.Topic, parent: pulumi.Resource) {
  const document = pulumi
    .all([topic.arn, locationOf(parent)])
    .apply(([arn, location]) => alertTopicPolicy(arn, location));
  return new aws.sns.TopicPolicy(
    `${name}-policy`,
    { arn: topic.arn, policy: pulumi.jsonStringify(document) },
    { parent },
  );
}
