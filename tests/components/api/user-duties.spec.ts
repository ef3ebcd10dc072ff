import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { userDuties } from "../../../components/api/user-duties";
import type { UserSettings } from "../../../components/config/user-config";
import type { Duty } from "../../../components/functions/duty";
import { outputValue, runMocked } from "../../support/pulumi";

const unlimited: UserSettings = {
  issuer: "https://id.example.com",
  audience: ["darkroom"],
  userClaim: "sub",
  allowApiKeys: false,
  maxImages: 0,
  maxBytes: 0,
};

async function told({ environment, statements }: Duty) {
  const granted = await outputValue(statements);
  return {
    environment: await outputValue(environment),
    actions: granted.map(({ Action }) => Action),
  };
}

async function dutiesOf(users: UserSettings | undefined) {
  const { result } = await runMocked(async () => {
    const table = new aws.dynamodb.Table("users", { hashKey: "userId", attributes: [] });
    const { publish, withdraw, check, tell } = userDuties(table, users);
    return {
      publish: await told(publish),
      withdraw: await told(withdraw),
      check: await told(check),
      tell: await told(tell),
    };
  });
  return result;
}

describe("userDuties", () => {
  const nothing = { environment: {}, actions: [] };
  const count = [["dynamodb:UpdateItem"]];
  const read = [["dynamodb:GetItem"]];
  const table = { USERS_TABLE: "users-name" };

  it("are none where users are not known", async () => {
    const expected = { publish: nothing, withdraw: nothing, check: nothing, tell: nothing };
    assert.deepEqual(await dutiesOf(undefined), expected);
  });

  it("count without limits, which then need not be looked at beforehand", async () => {
    const environment = { ...table, MAX_IMAGES_PER_USER: "0", MAX_BYTES_PER_USER: "0" };
    assert.deepEqual(await dutiesOf(unlimited), {
      publish: { environment, actions: count },
      withdraw: { environment: table, actions: count },
      check: nothing,
      tell: { environment, actions: read },
    });
  });

  for (const limit of [{ maxImages: 5 }, { maxBytes: 1000 }]) {
    it(`look beforehand where there is a limit: ${Object.keys(limit).join()}`, async () => {
      const { maxImages, maxBytes } = { ...unlimited, ...limit };
      const environment = {
        ...table,
        MAX_IMAGES_PER_USER: String(maxImages),
        MAX_BYTES_PER_USER: String(maxBytes),
      };
      const { check, publish } = await dutiesOf({ ...unlimited, ...limit });
      assert.deepEqual(check, { environment, actions: read });
      assert.deepEqual(publish, { environment, actions: count });
    });
  }

  it("cannot be without a table", () => {
    assert.throws(() => userDuties(undefined, unlimited), /there has to be a table/);
  });
});
