import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
  clean: {
    type: "network",
    policy:
      '[{"Rules": [{"ResourceType": "collection", "Resource": ["collection/orders"]}], "AllowFromPublic": false, "SourceVPCEs": ["vpce-1"]}]',
  },
  alsoClean: [{ type: "encryption", policy: '{"Rules":[],"AWSOwnedKey":true}' }],
  wrong: [
    [
      {
        type: "network",
        policy:
          '[{"Rules": [{"ResourceType": "collection", "Resource": ["collection/orders"]}], "AllowFromPublic": true}]',
      },
      "lets the whole internet reach collections",
    ],
  ],
});
