import type { OpenAPIV3 } from "openapi-types";

/** Where the API may be: the stack's output `apiUrl` says which. */
export const servers: OpenAPIV3.ServerObject[] = [
  {
    url: "https://{restApiId}.execute-api.{region}.amazonaws.com/v1",
    description: "A stack on AWS: its output apiUrl",
    variables: {
      restApiId: { default: "a1b2c3d4e5", description: "The id of the stack's REST API" },
      region: { default: "us-east-1", description: "The stack's region" },
    },
  },
  {
    url: "http://127.0.0.1:{port}/v1",
    description: "A local run: npm start",
    variables: { port: { default: "4000", description: "What --port says" } },
  },
];
