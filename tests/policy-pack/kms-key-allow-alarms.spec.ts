import { kmsKeyAllowAlarms as policy } from "../../policy-pack/policies/kms-key-allow-alarms";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("kms-key-allow-alarms", () => {
  const grant = {
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
  };
  const key = keyWith({ Version: "2012-10-17", Statement: [grant] });
  const topic = resource("aws:sns/topic:Topic", "alerts", { kmsMasterKeyId: outputOf(key) });
  const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors", {
    alarmActions: [outputOf(topic)],
  });
  const problem =
    'aws.kms.Key "alerts-key" encrypts aws.sns.Topic "alerts" for alarms, but does not let CloudWatch use it';

  function keyWith(policyDocument: unknown) {
    return resource("aws:kms/key:Key", "alerts-key", { policy: policyDocument });
  }

  it("accepts a key that CloudWatch may use, its document given as an object or as JSON", async () => {
    await assertAccepted(policy, [key, topic, alarm]);
    await assertAccepted(policy, [
      keyWith(JSON.stringify({ Statement: { ...grant, Action: "kms:*" } })),
      topic,
      alarm,
    ]);
  });

  it("refuses a key for a topic that a composite alarm alone publishes to, and CloudWatch may not use", async () => {
    const composite = resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "all", {
      alarmName: "all",
      alarmRule: 'ALARM("errors")',
      alarmActions: [outputOf(topic)],
    });
    const silent = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors", {});
    await assertAccepted(policy, [key, topic, silent, composite]);
    const other = { ...grant, Principal: { Service: "events.amazonaws.com" } };
    const closed = keyWith({ Statement: [other] });
    const ofClosed = resource("aws:sns/topic:Topic", "alerts", {
      kmsMasterKeyId: outputOf(closed),
    });
    await assertAccepted(policy, [closed, ofClosed, silent]);
    await assertRefused(
      policy,
      [
        closed,
        ofClosed,
        resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "all", {
          alarmActions: [outputOf(ofClosed)],
        }),
      ],
      problem,
    );
  });

  for (const document of [
    outputOf(),
    { Statement: [outputOf()] },
    { Statement: [{ ...grant, Effect: outputOf() }] },
    { Statement: [{ ...grant, Principal: outputOf() }] },
    { Statement: [{ ...grant, Principal: { Service: outputOf() } }] },
    { Statement: [{ ...grant, Action: ["kms:Decrypt", outputOf()] }] },
  ]) {
    it(`cannot judge ${JSON.stringify(document)}, which is not known yet`, async () => {
      await assertUnjudged(
        policy,
        [keyWith(document), topic, alarm],
        'aws.kms.Key "alerts-key" (policy)',
      );
    });
  }

  it("judges by what is known: a grant beside unknown ones, and another service's", async () => {
    await assertUnjudged(policy, [keyWith({ Statement: [outputOf(), grant] }), topic, alarm], []);
    const other = { ...grant, Principal: { Service: "s3.amazonaws.com" }, Action: outputOf() };
    await assertRefused(policy, [keyWith({ Statement: [other] }), topic, alarm], problem);
  });

  it("accepts a policy that is a resource of its own", async () => {
    const separate = resource("aws:kms/keyPolicy:KeyPolicy", "alerts-key", {
      keyId: outputOf(key),
      policy: { Statement: [grant] },
    });
    await assertAccepted(policy, [keyWith({ Statement: [] }), separate, topic, alarm]);
  });

  it("accepts any key of a topic that no alarm publishes to", async () => {
    await assertAccepted(policy, [keyWith({ Statement: [] }), topic]);
  });

  it("refuses the default policy", async () => {
    const plain = spoiled(key, { policy: undefined });
    await assertRefused(policy, [plain, topic, alarm], problem);
  });

  it("refuses a policy that lets CloudWatch do too little", async () => {
    const tooLittle = keyWith({ Statement: [{ ...grant, Action: "kms:Decrypt" }] });
    await assertRefused(policy, [tooLittle, topic, alarm], problem);
  });

  it("refuses a policy that lets another service use the key", async () => {
    const Principal = { Service: "s3.amazonaws.com" };
    const other = keyWith({ Statement: [{ ...grant, Principal }] });
    await assertRefused(policy, [other, topic, alarm], problem);
  });

  it("finds the key behind an alias", async () => {
    const plain = keyWith({ Statement: [] });
    const alias = resource("aws:kms/alias:Alias", "alias/alerts", { targetKeyId: outputOf(key) });
    const aliased = spoiled(topic, { kmsMasterKeyId: outputOf(alias) });
    await assertRefused(policy, [plain, alias, aliased, alarm], problem);
  });
});
