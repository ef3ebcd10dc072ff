import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:redshift/parameterGroup:ParameterGroup",
    clean: {
      family: "redshift-1.0",
      parameters: [
        { name: "max_connections", value: "100" },
        { name: "require_ssl", value: "true" },
      ],
    },
    alsoClean: [{ family: "redshift-2.0", parameters: [] }],
    wrong: [
      [
        {
          parameters: [
            { name: "max_connections", value: "100" },
            { name: "require_ssl", value: "false" },
          ],
        },
        "sets require_ssl to false, so that connections without TLS are accepted",
      ],
      [
        { parameters: undefined },
        "does not set require_ssl, so that connections without TLS are accepted",
      ],
    ],
  },
  {
    type: "aws:redshiftserverless/workgroup:Workgroup",
    clean: { configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }] },
    alsoClean: [{ configParameters: undefined }],
    wrong: [
      [
        { configParameters: [{ parameterKey: "require_ssl", parameterValue: "false" }] },
        "sets require_ssl to false, so that connections without TLS are accepted",
      ],
    ],
    asks: { configParameters: "configParameters.parameterKey" },
  },
);
