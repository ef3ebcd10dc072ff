import assert from "node:assert/strict";
import {
  GetMalwareProtectionPlanCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  ListMalwareProtectionPlansCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-guardduty";
import { guardDutyApi } from "../../../aws/guardduty/api";
import { GuardDuty } from "../../../aws/guardduty/guardduty";
import type { PlanDefinition } from "../../../aws/guardduty/plan";
import type { ApiAccess } from "../../../aws/api/api-access";
import { ApiLab } from "../api/api-lab";

const roleArn = "arn:aws:iam::123456789012:role/scan";
const arnOf = (id: string) =>
  `arn:aws:guardduty:eu-west-1:123456789012:malware-protection-plan/${id}`;

const planNamed = (id: string, changes: Partial<PlanDefinition> = {}): PlanDefinition => ({
  id,
  roleArn,
  bucket: "photos",
  prefixes: ["uploads/"],
  tagsObjects: true,
  createdAt: new Date("2026-01-31T12:00:00Z"),
  tags: { Team: "one" },
  ...changes,
});

describe("guardDutyApi", () => {
  let lab: ApiLab;
  let client: GuardDutyClient;
  let access: ApiAccess;
  let guardDuty: GuardDuty;

  /** GuardDuty whose roles may do nothing with a bucket. */
  const make = () =>
    new GuardDuty({
      ...access,
      dataDir: lab.dataDir,
      clock: () => new Date(),
      assumeRole: () => ({ accessKeyId: "a", secretAccessKey: "b" }),
      objects: {
        handle: () => Promise.resolve({ status: 403, headers: {}, body: Buffer.from("no") }),
      },
      bus: { emit: () => Promise.resolve() },
      metrics: { put: () => undefined },
    });

  beforeEach(async () => {
    lab = await ApiLab.start((given) => {
      access = given;
      return (request, response) => {
        guardDutyApi(access, guardDuty)(request, response);
      };
    });
    guardDuty = make();
    client = lab.client(GuardDutyClient);
  });

  afterEach(() => lab.stop());

  const get = (id: string, sdk = client) =>
    sdk.send(new GetMalwareProtectionPlanCommand({ MalwareProtectionPlanId: id }));

  it("shows a plan", async () => {
    guardDuty.restorePlan(planNamed("a1"));
    assert.partialDeepStrictEqual(await get("a1"), {
      Arn: arnOf("a1"),
      Role: roleArn,
      ProtectedResource: { S3Bucket: { BucketName: "photos", ObjectPrefixes: ["uploads/"] } },
      Actions: { Tagging: { Status: "ENABLED" } },
      CreatedAt: new Date("2026-01-31T12:00:00Z"),
      Status: "ACTIVE",
      StatusReasons: [],
      Tags: { Team: "one" },
    });
  });

  it("says why a plan has a warning, after a restart, too", async () => {
    await guardDuty.createPlan(planNamed("a1", { tagsObjects: false }));
    guardDuty = make();
    guardDuty.restorePlan(planNamed("a1", { tagsObjects: false }));
    const { Status, StatusReasons, Actions } = await get("a1");
    assert.equal(Status, "WARNING");
    assert.deepEqual(
      StatusReasons?.map(({ Code, Message }) => [Code, Message?.slice(0, 14)]),
      [
        ["EVENTBRIDGE_MANAGED_EVENTS_DELIVERY_DISABLED", "no"],
        [undefined, "the role lacks"],
        ["INSUFFICIENT_TEST_OBJECT_PERMISSIONS", "no"],
      ],
    );
    assert.equal(Actions?.Tagging?.Status, "DISABLED");
  });

  it("lists plans by pages", async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `a${index}`);
    ids.forEach((id) => {
      guardDuty.restorePlan(planNamed(id));
    });
    const list = async (NextToken?: string) => {
      const command = new ListMalwareProtectionPlansCommand({ NextToken });
      const { MalwareProtectionPlans = [], NextToken: next } = await client.send(command);
      return { ids: MalwareProtectionPlans.map((each) => each.MalwareProtectionPlanId), next };
    };
    const first = await list();
    assert.deepEqual(first.ids, ids.slice(0, 50));
    assert.deepEqual(await list(first.next), { ids: ids.slice(50), next: undefined });
    await assert.rejects(list("wrong"), { name: "BadRequestException" });
  });

  it("shows tags", async () => {
    guardDuty.restorePlan(planNamed("a1"));
    const tags = (ResourceArn: string) =>
      client.send(new ListTagsForResourceCommand({ ResourceArn }));
    assert.deepEqual((await tags(arnOf("a1"))).Tags, { Team: "one" });
    await assert.rejects(tags(arnOf("b2")), { name: "ResourceNotFoundException" });
  });

  it("says what is not there", async () => {
    await assert.rejects(get("b2"), { name: "ResourceNotFoundException" });
    guardDuty.restorePlan(planNamed("b2"));
    guardDuty.deletePlan("b2");
    await assert.rejects(get("b2"), { name: "ResourceNotFoundException" });
  });

  it("refuses who may not, and what is not emulated", async () => {
    guardDuty.restorePlan(planNamed("a1"));
    const credentials = lab.roleThatMay(["guardduty:GetMalwareProtectionPlan"], [arnOf("a1")]);
    const reader = lab.client(GuardDutyClient, { credentials });
    await get("a1", reader);
    const refused = { name: "AccessDeniedException" };
    await assert.rejects(get("b2", reader), refused);
    await assert.rejects(reader.send(new ListMalwareProtectionPlansCommand()), refused);
    const detectors = client.send(new ListDetectorsCommand());
    await assert.rejects(detectors, { name: "NotImplemented" });
  });
});
