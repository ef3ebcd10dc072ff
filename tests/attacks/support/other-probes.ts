import * as cloudfront from "@aws-sdk/client-cloudfront";
import { DescribeKeyCommand, GenerateMacCommand, VerifyMacCommand } from "@aws-sdk/client-kms";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PublishCommand } from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { GetParameterCommand, GetParametersCommand } from "@aws-sdk/client-ssm";
import {
  type DistributionName,
  distributionNames,
  distributionOf,
  functionNames,
  resourceNamed,
  type Target,
} from "./target";
import type { Probe } from "./probe";

/** Every operation of KMS, SNS, SQS, SSM, Lambda and CloudFront on every resource. */
export function otherProbes(target: Target): Probe[] {
  return [
    ...keyProbes(target, "alerts-key"),
    topicProbe(target),
    ...queueProbes(target),
    ...["signing-key", "api-key"].flatMap((name) => parameterProbes(target, name)),
    ...functionNames.map((name) => functionProbe(target, name)),
    ...distributionNames.flatMap((name) => distributionProbes(target, name)),
  ];
}

function keyProbes({ run }: Target, name: string): Probe[] {
  const { id: KeyId } = resourceNamed(run, "aws:kms/key:Key", `-${name}`);
  const mac = { KeyId, Message: Buffer.from("evil"), MacAlgorithm: "HMAC_SHA_256" as const };
  const place = name;
  return [
    {
      operation: "GenerateMac",
      action: "kms:GenerateMac",
      place,
      send: (clients) => clients.kms.send(new GenerateMacCommand(mac)),
    },
    {
      operation: "VerifyMac",
      action: "kms:VerifyMac",
      place,
      send: (clients) => clients.kms.send(new VerifyMacCommand({ ...mac, Mac: Buffer.alloc(32) })),
    },
    {
      operation: "DescribeKey",
      action: "kms:DescribeKey",
      place,
      send: (clients) => clients.kms.send(new DescribeKeyCommand({ KeyId })),
    },
  ];
}

function topicProbe({ run }: Target): Probe {
  const TopicArn = run.stack.outputs.alertTopicArn;
  return {
    operation: "Publish",
    action: "SNS:Publish",
    place: "alertTopic",
    send: (clients) => clients.sns.send(new PublishCommand({ TopicArn, Message: "evil" })),
  };
}

/** First segments of the names of parameters. */
const parameterFolders: Record<string, string> = {
  "signing-key": "/url-signing/",
  "api-key": "/api-key/",
};

function parameterProbes({ run }: Target, place: string): Probe[] {
  const parameter = run
    .resourcesOf("aws:ssm/parameter:Parameter")
    .find(({ name }) => name.startsWith(parameterFolders[place] ?? "?"));
  const Name = parameter?.id ?? "";
  const WithDecryption = true;
  return [
    {
      operation: "GetParameter",
      action: "ssm:GetParameter",
      place,
      send: (clients) => clients.ssm.send(new GetParameterCommand({ Name, WithDecryption })),
    },
    {
      operation: "GetParameters",
      action: "ssm:GetParameters",
      place,
      send: (clients) =>
        clients.ssm.send(new GetParametersCommand({ Names: [Name], WithDecryption })),
    },
  ];
}

function queueProbes({ run }: Target): Probe[] {
  const QueueUrl = run.stack.outputs.failuresQueueUrl;
  const { pathname } = new URL(QueueUrl);
  const QueueName = pathname.slice(pathname.lastIndexOf("/") + 1);
  const receipt = { QueueUrl, ReceiptHandle: "evil" };
  const Entries = [{ Id: "1", ReceiptHandle: "evil", MessageBody: "evil" }];
  const operations: [string, string, (client: sqs.SQSClient) => Promise<unknown>][] = [
    [
      "SendMessage",
      "sqs:SendMessage",
      (c) => c.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: "evil" })),
    ],
    [
      "SendMessageBatch",
      "sqs:SendMessage",
      (c) => c.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries })),
    ],
    [
      "ReceiveMessage",
      "sqs:ReceiveMessage",
      (c) => c.send(new sqs.ReceiveMessageCommand({ QueueUrl })),
    ],
    ["DeleteMessage", "sqs:DeleteMessage", (c) => c.send(new sqs.DeleteMessageCommand(receipt))],
    [
      "DeleteMessageBatch",
      "sqs:DeleteMessage",
      (c) => c.send(new sqs.DeleteMessageBatchCommand({ QueueUrl, Entries })),
    ],
    [
      "ChangeMessageVisibility",
      "sqs:ChangeMessageVisibility",
      (c) => c.send(new sqs.ChangeMessageVisibilityCommand({ ...receipt, VisibilityTimeout: 0 })),
    ],
    [
      "GetQueueAttributes",
      "sqs:GetQueueAttributes",
      (c) => c.send(new sqs.GetQueueAttributesCommand({ QueueUrl })),
    ],
    ["GetQueueUrl", "sqs:GetQueueUrl", (c) => c.send(new sqs.GetQueueUrlCommand({ QueueName }))],
    ["PurgeQueue", "sqs:PurgeQueue", (c) => c.send(new sqs.PurgeQueueCommand({ QueueUrl }))],
  ];
  return operations.map(([operation, action, send]) => ({
    operation,
    action,
    place: "failures",
    send: (clients) => send(clients.sqs),
  }));
}

function functionProbe({ victims }: Target, name: (typeof functionNames)[number]): Probe {
  const FunctionName = victims[name].deployedName;
  return {
    operation: "Invoke",
    action: "lambda:InvokeFunction",
    place: name,
    send: (clients) => clients.lambda.send(new InvokeCommand({ FunctionName })),
  };
}

function distributionProbes({ run }: Target, place: DistributionName): Probe[] {
  const { id: DistributionId = "" } = distributionOf(run, place);
  const InvalidationBatch = {
    CallerReference: "evil",
    Paths: { Quantity: 1, Items: ["/none"] },
  };
  return [
    {
      operation: "CreateInvalidation",
      action: "cloudfront:CreateInvalidation",
      place,
      send: (clients) =>
        clients.cloudfront.send(
          new cloudfront.CreateInvalidationCommand({ DistributionId, InvalidationBatch }),
        ),
    },
    {
      operation: "GetInvalidation",
      action: "cloudfront:GetInvalidation",
      place,
      send: (clients) =>
        clients.cloudfront.send(
          new cloudfront.GetInvalidationCommand({ DistributionId, Id: "INONE" }),
        ),
    },
    {
      operation: "ListInvalidations",
      action: "cloudfront:ListInvalidations",
      place,
      send: (clients) =>
        clients.cloudfront.send(new cloudfront.ListInvalidationsCommand({ DistributionId })),
    },
  ];
}
