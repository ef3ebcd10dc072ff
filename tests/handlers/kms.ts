import { createHmac } from "node:crypto";
import {
  GenerateMacCommand,
  KMSClient,
  KMSInvalidMacException,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";

/** Stands in for KMS while a suite runs: HMACs with one key. */
export function useKms(): void {
  let kms: AwsClientStub<KMSClient>;
  beforeEach(() => {
    kms = mockClient(KMSClient);
    kms.on(GenerateMacCommand).callsFake(({ KeyId, Message }: MacInput) => ({
      Mac: new Uint8Array(mac(KeyId, Message)),
    }));
    kms.on(VerifyMacCommand).callsFake(({ KeyId, Message, Mac }: MacInput) => {
      if (!Mac || !mac(KeyId, Message).equals(Mac)) {
        throw new KMSInvalidMacException({ message: "", $metadata: {} });
      }
      return { MacValid: true };
    });
  });
  afterEach(() => {
    kms.restore();
  });
}

interface MacInput {
  KeyId: string;
  Message: Uint8Array;
  Mac?: Uint8Array;
}

function mac(keyId: string, message: Uint8Array): Buffer {
  return createHmac("sha256", keyId).update(message).digest();
}
