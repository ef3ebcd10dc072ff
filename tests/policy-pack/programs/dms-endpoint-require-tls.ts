import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:dms/endpoint:Endpoint",
  clean: { engineName: "postgres", endpointType: "source", sslMode: "verify-full" },
  alsoClean: [{ sslMode: "require" }, { engineName: "s3", sslMode: undefined }],
  wrong: [
    [{ sslMode: "none" }, "connects without TLS"],
    [{ sslMode: undefined }, "connects without TLS"],
  ],
});
