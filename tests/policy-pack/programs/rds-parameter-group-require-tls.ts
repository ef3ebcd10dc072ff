import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:rds/parameterGroup:ParameterGroup",
    clean: {
      family: "postgres14",
      parameters: [
        { name: "max_connections", value: "100" },
        { name: "rds.force_ssl", value: "1" },
      ],
    },
    alsoClean: [
      { family: "postgres16", parameters: [] },
      { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: "ON" }] },
      { family: "mysql8.0", parameters: [{ name: "require_secure_transport", value: "1" }] },
      { family: "mariadb11.8", parameters: [] },
      { family: "oracle-se2-19", parameters: [] },
      { family: "aurora-postgresql15", parameters: [] },
    ],
    wrong: [
      [
        {
          parameters: [
            { name: "max_connections", value: "100" },
            { name: "rds.force_ssl", value: "0" },
          ],
        },
        "sets rds.force_ssl to 0, so that connections without TLS are accepted",
      ],
      [
        { parameters: undefined },
        "does not set rds.force_ssl, so that connections without TLS are accepted",
      ],
      [
        { family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "0" }] },
        "sets rds.force_ssl to 0, so that connections without TLS are accepted",
      ],
      [
        { family: "mysql8.0", parameters: [{ name: "require_secure_transport", value: "OFF" }] },
        "sets require_secure_transport to OFF, so that connections without TLS are accepted",
      ],
      [
        { family: "mariadb10.11", parameters: [] },
        "does not set require_secure_transport, so that connections without TLS are accepted",
      ],
      [
        { family: "sqlserver-se-16.0", parameters: [] },
        "does not set rds.force_ssl, so that connections without TLS are accepted",
      ],
    ],
  },
  {
    type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    clean: {
      family: "aurora-postgresql15",
      parameters: [
        { name: "max_connections", value: "100" },
        { name: "rds.force_ssl", value: "1" },
      ],
    },
    alsoClean: [{ family: "aurora-postgresql17", parameters: [] }],
    wrong: [
      [
        { parameters: [] },
        "does not set rds.force_ssl, so that connections without TLS are accepted",
      ],
      [
        {
          family: "aurora-mysql8.0",
          parameters: [{ name: "require_secure_transport", value: "OFF" }],
        },
        "sets require_secure_transport to OFF, so that connections without TLS are accepted",
      ],
    ],
  },
);
