import { programsOf } from "../support/examples";

const key = "arn:aws:kms:eu-west-1:123456789012:key/1f2e3d4c";
const passwords = { returnConnectionPasswordEncrypted: true, awsKmsKeyId: key };
const catalog = { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: key };

function settings(changes: object) {
  return {
    dataCatalogEncryptionSettings: {
      encryptionAtRest: catalog,
      connectionPasswordEncryption: passwords,
      ...changes,
    },
  };
}

export const programs = programsOf({
  type: "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
  clean: settings({}),
  alsoClean: [
    settings({ encryptionAtRest: { catalogEncryptionMode: "SSE-KMS-WITH-SERVICE-ROLE" } }),
  ],
  wrong: [
    [
      settings({ encryptionAtRest: { catalogEncryptionMode: "DISABLED" } }),
      "does not encrypt the catalog",
    ],
    [
      settings({ connectionPasswordEncryption: { returnConnectionPasswordEncrypted: false } }),
      "hands passwords of connections out in clear",
    ],
  ],
  asks: {
    dataCatalogEncryptionSettings:
      "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode, dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted",
  },
});
