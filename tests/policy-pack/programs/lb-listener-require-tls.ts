import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: ["aws:lb/listener:Listener", "aws:alb/listener:Listener"],
    clean: {
      port: 443,
      protocol: "HTTPS",
      defaultActions: [
        {
          type: "forward",
          targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1",
        },
      ],
    },
    alsoClean: [
      {
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          {
            type: "redirect",
            redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
          },
        ],
      },
      { port: 5432, protocol: "TCP" },
      { port: 443, protocol: "TLS" },
      { port: 443, protocol: "https" },
      { port: undefined, protocol: undefined },
    ],
    wrong: [
      [{ port: 80, protocol: "HTTP" }, "listens without TLS"],
      [{ port: 80, protocol: "http" }, "listens without TLS"],
      [{ port: 80, protocol: undefined }, "listens without TLS"],
      [
        {
          port: 80,
          protocol: "HTTP",
          defaultActions: [
            { type: "redirect", redirect: { host: "example.com", statusCode: "HTTP_301" } },
          ],
        },
        "listens without TLS",
      ],
    ],
  },
  {
    type: "aws:vpclattice/listener:Listener",
    clean: { protocol: "HTTPS", defaultAction: { fixedResponse: { statusCode: 404 } } },
    alsoClean: [{ protocol: "TLS_PASSTHROUGH" }],
    wrong: [
      [{ protocol: "HTTP" }, "listens without TLS"],
      [{ protocol: "HTTP", port: 8080 }, "listens without TLS"],
    ],
  },
);
