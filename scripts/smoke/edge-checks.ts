import { randomUUID } from "node:crypto";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { ask } from "./ask";
import { type Check, CheckFailed, expect, expectCode, NotChecked } from "./check";
import type { Target } from "./target";

/** What CDNs, buckets and alarms say to whoever only looks. */
export const edgeChecks: readonly Check[] = [
  {
    name: "Results: a URL without a result is 404, with security headers",
    run: async ({ outputs, ca }, signal) => {
      const answer = await ask(`${outputs.cdnUrl}/results/${randomUUID()}.json`, { ca, signal });
      const seen = expectCode(answer, 404, "ResultNotFound");
      for (const name of ["strict-transport-security", "x-content-type-options"]) {
        expect(answer.headers[name] !== undefined, `the header ${name}`, answer);
      }
      return seen;
    },
  },
  {
    name: "Images: a URL without a signature is 403",
    run: async ({ outputs, ca }, signal) => {
      const url = `${outputs.imagesCdnUrl}/i/${randomUUID()}/width=100`;
      const answer = await ask(url, { ca, signal });
      return expectCode(answer, 403, "InvalidSignature");
    },
  },
  {
    name: "CDNs: plain HTTP is refused",
    run: async ({ outputs, isLocal }, signal) => {
      if (isLocal) {
        throw new NotChecked("plain HTTP has a port of its own in a local run");
      }
      for (const url of [outputs.cdnUrl, outputs.imagesCdnUrl]) {
        const answer = await ask(url.replace(/^https:/, "http:"), { signal });
        expect(answer.status === 403, `403 at ${new URL(url).host}`, answer);
      }
      return "403";
    },
  },
  {
    name: "Buckets: closed to the public",
    run: async ({ outputs, bucketUrl, ca }, signal) => {
      const { imagesBucket, renditionsBucket, resultsBucket } = outputs;
      for (const name of [imagesBucket, renditionsBucket, resultsBucket]) {
        const answer = await ask(bucketUrl(name), { ca, signal });
        expect(answer.status === 403, `403 at ${name}`, answer);
      }
      return "403 at each";
    },
  },
  {
    name: "Alarms: none is on",
    run: async ({ outputs, cloudWatch }, abortSignal) => {
      const states = await alarmStates(cloudWatch, outputs.alertTopicArn, abortSignal);
      const on = states.filter(({ state }) => state === "ALARM").map(({ name }) => name);
      if (states.length === 0) {
        throw new CheckFailed(`no alarm mails to ${outputs.alertTopicArn}`);
      }
      if (on.length > 0) {
        throw new CheckFailed(`on: ${on.join(", ")}`);
      }
      return `${states.length} that mail, none on`;
    },
  },
];

/** The alarms that reach the topic: composite ones among them, which are on while one of theirs is. */
async function alarmStates(
  cloudWatch: Target["cloudWatch"],
  topicArn: string,
  abortSignal: AbortSignal,
): Promise<{ name: string; state: string }[]> {
  const command = new DescribeAlarmsCommand({
    ActionPrefix: topicArn,
    AlarmTypes: ["CompositeAlarm", "MetricAlarm"],
    MaxRecords: 100,
  });
  try {
    const { CompositeAlarms = [], MetricAlarms = [] } = await cloudWatch.send(command, {
      abortSignal,
    });
    return [...CompositeAlarms, ...MetricAlarms].map(({ AlarmName = "", StateValue = "" }) => ({
      name: AlarmName,
      state: StateValue,
    }));
  } catch (error) {
    if (error instanceof Error && error.name === "CredentialsProviderError") {
      throw new NotChecked("there are no credentials for AWS");
    }
    throw error;
  }
}
