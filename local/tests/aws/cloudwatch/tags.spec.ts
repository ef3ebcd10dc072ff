import assert from "node:assert/strict";
import { CloudWatchClient, ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch";
import { cloudWatchApi } from "../../../aws/cloudwatch/api";
import { CloudWatch } from "../../../aws/cloudwatch/cloudwatch";
import { cloudwatchResources } from "../../../provider/cloudwatch";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { ApiLab } from "../api/api-lab";

const tags = { Environment: "Production", Team: "a & b" };
const shown = [
  { Key: "Environment", Value: "Production" },
  { Key: "Team", Value: "a & b" },
];
const alarm = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  metricName: "Errors",
  namespace: "AWS/Lambda",
  period: 60,
  statistic: "Sum",
  threshold: 0,
};

describe("tags of CloudWatch", () => {
  let lab: ApiLab;
  let cloudWatch: CloudWatch;

  beforeEach(async () => {
    lab = await ApiLab.start((access) => {
      const publish = () => assert.fail("nothing to publish");
      cloudWatch = new CloudWatch({ ...access, dataDir: "", clock: () => new Date(), publish });
      return cloudWatchApi(access, cloudWatch);
    });
  });

  afterEach(async () => {
    await lab.stop();
  });

  const create = async (kind: string, inputs: object, name: string) => {
    const type = `aws:cloudwatch/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
    const request = plannedRequest(type, { ...inputs }, name);
    const { outputs } = await createPlanned(cloudwatchResources(cloudWatch, lab.account), request);
    return String(outputs.arn);
  };
  const tagsOf = async (ResourceARN: string, client = lab.client(CloudWatchClient)) =>
    (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;

  it("are those that alarms of either kind were declared with", async () => {
    assert.deepEqual(await tagsOf(await create("MetricAlarm", { ...alarm, tags }, "one")), shown);
    assert.deepEqual(await tagsOf(await create("MetricAlarm", alarm, "two")), []);
    const composite = { alarmName: "both", alarmRule: 'ALARM("one-1a2b3c4")', tags };
    assert.deepEqual(await tagsOf(await create("CompositeAlarm", composite, "both")), shown);
  });

  it("are refused of what there is not, and of what is no alarm", async () => {
    const arn = await create("MetricAlarm", { ...alarm, tags }, "one");
    await assert.rejects(tagsOf(`${arn}s`), { name: "ResourceNotFoundException" });
    await assert.rejects(tagsOf("arn:aws:s3:::images"), { name: /^InvalidParameterValue/ });
  });

  it("are shown to those alone who may see them", async () => {
    const arn = await create("MetricAlarm", { ...alarm, tags }, "one");
    const credentials = lab.roleThatMay(["cloudwatch:ListTagsForResource"], [arn]);
    const client = lab.client(CloudWatchClient, { credentials });
    assert.deepEqual(await tagsOf(arn, client), shown);
    await assert.rejects(tagsOf(`${arn}s`, client), { name: /^AccessDenied/ });
  });
});
