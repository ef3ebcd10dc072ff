import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";

/** Name of the parameter that `usePlanKey` answers for. */
export const planKeyParameter = "/plan/key";

export const planKey = "plan-key-value-000000";

/** Stands in for SSM, which has the plan's key, while a suite runs. */
export function usePlanKey(): () => AwsClientStub<SSMClient> {
  let ssm: AwsClientStub<SSMClient>;
  beforeEach(() => {
    ssm = mockClient(SSMClient);
    ssm
      .on(GetParameterCommand, { Name: planKeyParameter, WithDecryption: true })
      .resolves({ Parameter: { Value: planKey } });
  });
  afterEach(() => {
    ssm.restore();
  });
  return () => ssm;
}
