import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    clean: {
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    },
    alsoClean: [
      { ingress: undefined },
      {
        ingress: [
          {
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlocks: ["10.0.0.0/8"],
            ipv6CidrBlocks: ["fd00::/8"],
          },
        ],
      },
      { ingress: [{ protocol: "icmp", fromPort: 8, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
      { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, securityGroups: ["sg-1"] }] },
      { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] },
      { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
    ],
    wrong: [
      [
        { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
        "lets the whole internet reach port 22 (SSH)",
      ],
      [
        { ingress: [{ protocol: "tcp", fromPort: 3389, toPort: 3389, ipv6CidrBlocks: ["::/0"] }] },
        "lets the whole internet reach port 3389 (RDP)",
      ],
      [
        {
          ingress: [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
            {
              protocol: "tcp",
              fromPort: 5000,
              toPort: 6000,
              cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
            },
          ],
        },
        "lets the whole internet reach port 5432 (PostgreSQL), 5439 (Redshift), 5500 (VNC), 5900 (VNC), 5601 (OpenSearch Dashboards), 5984 (CouchDB), 5985 (WinRM), 5986 (WinRM)",
      ],
      [
        { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
        "lets the whole internet reach every port",
      ],
      [
        { ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }] },
        "lets the whole internet reach every port",
      ],
    ],
    asks: { ingress: "ingress.cidrBlocks, ingress.ipv6CidrBlocks", egress: null },
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    clean: { ingress: [] },
    wrong: [
      [
        { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
        "lets the whole internet reach every port",
      ],
    ],
    asks: { ingress: "ingress.cidrBlocks, ingress.ipv6CidrBlocks" },
  },
  {
    type: "aws:lightsail/instancePublicPorts:InstancePublicPorts",
    clean: {
      portInfos: [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrs: ["0.0.0.0/0"] },
        { protocol: "tcp", fromPort: 22, toPort: 22, cidrListAliases: ["lightsail-connect"] },
      ],
    },
    alsoClean: [
      { portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["203.0.113.0/24"] }] },
    ],
    wrong: [
      [
        { portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["0.0.0.0/0"] }] },
        "lets the whole internet reach port 22 (SSH)",
      ],
      [
        { portInfos: [{ protocol: "all", fromPort: 0, toPort: 65535, ipv6Cidrs: ["::/0"] }] },
        "lets the whole internet reach every port",
      ],
    ],
    asks: { portInfos: "portInfos.cidrs, portInfos.ipv6Cidrs" },
  },
  {
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    clean: {
      type: "ingress",
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["203.0.113.0/24"],
    },
    alsoClean: [{ type: "egress", cidrBlocks: ["0.0.0.0/0"] }],
    wrong: [
      [{ cidrBlocks: ["0.0.0.0/0"] }, "lets the whole internet reach port 22 (SSH)"],
      [{ ipv6CidrBlocks: ["::/0"] }, "lets the whole internet reach port 22 (SSH)"],
      [
        { protocol: "Tcp", cidrBlocks: ["0.0.0.0/0"] },
        "lets the whole internet reach port 22 (SSH)",
      ],
      [{ protocol: "6", cidrBlocks: ["0.0.0.0/0"] }, "lets the whole internet reach port 22 (SSH)"],
      [
        { protocol: "ALL", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
        "lets the whole internet reach every port",
      ],
    ],
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    clean: { ipProtocol: "tcp", fromPort: 3306, toPort: 3306, cidrIpv4: "203.0.113.0/24" },
    alsoClean: [{ fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" }],
    wrong: [
      [{ cidrIpv4: "0.0.0.0/0" }, "lets the whole internet reach port 3306 (MySQL)"],
      [
        { cidrIpv4: undefined, cidrIpv6: "::/0" },
        "lets the whole internet reach port 3306 (MySQL)",
      ],
      [
        { ipProtocol: "-1", fromPort: undefined, toPort: undefined, cidrIpv4: "0.0.0.0/0" },
        "lets the whole internet reach every port",
      ],
    ],
  },
);
