import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:elb/loadBalancer:LoadBalancer",
  clean: {
    listeners: [{ lbProtocol: "https", lbPort: 443, instanceProtocol: "http", instancePort: 80 }],
  },
  alsoClean: [
    {
      listeners: [
        { lbProtocol: "ssl", lbPort: 993, instanceProtocol: "http", instancePort: 80 },
        { lbProtocol: "tcp", lbPort: 443, instanceProtocol: "http", instancePort: 80 },
      ],
    },
  ],
  wrong: [
    [
      {
        listeners: [
          { lbProtocol: "http", lbPort: 80, instanceProtocol: "http", instancePort: 80 },
          { lbProtocol: "https", lbPort: 443, instanceProtocol: "http", instancePort: 80 },
        ],
      },
      "listens without TLS on port 80",
    ],
    [
      {
        listeners: [{ lbProtocol: "tcp", lbPort: 80, instanceProtocol: "http", instancePort: 80 }],
      },
      "listens without TLS on port 80",
    ],
    [
      {
        listeners: [
          { lbProtocol: "HTTP", lbPort: 8080, instanceProtocol: "http", instancePort: 80 },
        ],
      },
      "listens without TLS on port 8080",
    ],
  ],
  asks: { listeners: "listeners.lbProtocol" },
});
