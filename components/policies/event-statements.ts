import type * as aws from "@pulumi/aws";
import { allow, type Arns, keepFailures } from "./grants";

/**
 * What Lambda reads changes of tables by, in the function's name, and what tells of them on the bus. Streams
 * are listed all or none: the action knows no resources.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export function publishEventsStatements(
  streams: readonly string[],
  { bus, failures }: Arns<"bus" | "failures">,
): aws.iam.PolicyStatement[] {
  return [
    allow("ListStreams", ["dynamodb:ListStreams"], ["*"]),
    allow(
      "ReadStreams",
      ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"],
      [...streams],
    ),
    allow("PublishEvents", ["events:PutEvents"], [bus]),
    keepFailures(failures),
  ];
}
