import assert from "node:assert/strict";
import { edgeShape, readEdge } from "../../../components/config/edge-config";
import { countries } from "../../../components/edge/countries";

const off: Readonly<Record<string, string>> = {
  domainName: "",
  hostedZone: "",
  cdnCertificateArn: "",
  apiCertificateArn: "",
  firewall: "false",
  firewallRateLimit: "10000",
  allowedCountries: "[]",
  deniedCountries: "[]",
  hsts: "host",
  cdnAccessLogs: "false",
  cdnAccessLogDays: "90",
};

const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f`;

const certificates = {
  cdnCertificateArn: certificate("us-east-1"),
  apiCertificateArn: certificate("eu-central-1"),
};

function settings(config: Readonly<Record<string, string>>) {
  const { settings: read, problems } = readEdge({ ...off, ...config });
  assert.deepEqual(problems, []);
  return read;
}

/** What is wrong with values that go with each other, as `<key> <problem>`. */
function problems(config: Readonly<Record<string, string>>): string[] {
  const { settings: read, problems: found } = readEdge({ ...off, ...config });
  assert.equal(read, undefined);
  return found.map(({ field, problem }) => `${field} ${problem}`);
}

/** Whether a value is well formed by itself. */
function accepts(key: keyof typeof edgeShape, value: string): boolean {
  return edgeShape[key].safeParse(value).success;
}

describe("readEdge", () => {
  it("changes nothing with the defaults", () => {
    assert.deepEqual(settings({}), { hsts: "host" });
  });

  it("says all that is asked for", () => {
    const config = {
      domainName: "img.example.com",
      hostedZone: "example.com",
      firewall: "true",
      firewallRateLimit: "500",
      allowedCountries: '["DE","AT"]',
      hsts: "preload",
      cdnAccessLogs: "true",
      cdnAccessLogDays: "30",
    };
    assert.deepEqual(settings(config), {
      domain: { domainName: "img.example.com", hostedZone: "example.com" },
      firewall: { rateLimit: 500 },
      geoRestriction: { restrictionType: "whitelist", locations: ["DE", "AT"] },
      hsts: "preload",
      accessLogDays: 30,
    });
  });

  it("tells countries that are let in from those that are not", () => {
    assert.deepEqual(settings({ deniedCountries: '["KP"]' })?.geoRestriction, {
      restrictionType: "blacklist",
      locations: ["KP"],
    });
    assert.deepEqual(problems({ allowedCountries: '["DE"]', deniedCountries: '["KP"]' }), [
      'deniedCountries is "[\\"KP\\"]" beside allowedCountries',
    ]);
  });

  it("takes a domain whose DNS is elsewhere, with certificates", () => {
    assert.deepEqual(settings({ domainName: "img.example.com", ...certificates })?.domain, {
      domainName: "img.example.com",
      ...certificates,
    });
  });

  it("asks for certificates where none can be issued", () => {
    const { cdnCertificateArn } = certificates;
    const empty = "is empty beside a domainName without a hostedZone";
    assert.deepEqual(problems({ domainName: "img.example.com" }), [
      `cdnCertificateArn ${empty}`,
      `apiCertificateArn ${empty}`,
    ]);
    assert.deepEqual(problems({ domainName: "img.example.com", cdnCertificateArn }), [
      `apiCertificateArn ${empty}`,
    ]);
  });

  it("takes certificates that are there along with a zone for the records", () => {
    const config = { domainName: "img.example.com", hostedZone: "Z0123456789ABCDEFGHIJ" };
    assert.deepEqual(settings({ ...config, ...certificates })?.domain, {
      ...config,
      ...certificates,
    });
  });

  it("refuses what nothing would come of without a domain", () => {
    assert.deepEqual(problems({ hostedZone: "example.com", hsts: "subdomains", ...certificates }), [
      'hostedZone is "example.com" without a domainName',
      `cdnCertificateArn is "${certificates.cdnCertificateArn}" without a domainName`,
      `apiCertificateArn is "${certificates.apiCertificateArn}" without a domainName`,
      'hsts is "subdomains" without a domainName',
    ]);
  });

  for (const hostedZone of ["example.com", "img.example.com"]) {
    it(`finds img.example.com in the zone ${hostedZone}`, () => {
      const { domain } = settings({ domainName: "img.example.com", hostedZone }) ?? {};
      assert.equal(domain?.hostedZone, hostedZone);
    });
  }

  for (const hostedZone of ["example.org", "ample.com", "a.img.example.com"]) {
    it(`does not find img.example.com in the zone ${hostedZone}`, () => {
      assert.deepEqual(problems({ domainName: "img.example.com", hostedZone }), [
        `hostedZone is "${hostedZone}", in which the domainName img.example.com is not`,
      ]);
    });
  }

  it("leaves it to the checks of each value where one is not well formed", () => {
    assert.deepEqual(readEdge({ ...off, hsts: "never", hostedZone: "example.com" }), {
      problems: [],
    });
  });
});

describe("The config of the edge", () => {
  const values: [keyof typeof edgeShape, { accepted: string[]; refused: string[] }][] = [
    [
      "domainName",
      {
        accepted: ["", "example.com", "img.example.co.uk", "xn--bcher-kva.example", "a-1.b2"],
        refused: [
          ...["example", "Example.com", "example.com.", ".example.com", "a..b", "-a.example"],
          ...["a-.example", "a_b.example", "https://example.com", "example.com/", "*.example.com"],
          ...["127.0.0.1", "example.com:443", " example.com", "bücher.example"],
          ...[`${"a".repeat(64)}.example`, `${"a".repeat(49)}.example`],
        ],
      },
    ],
    [
      "hostedZone",
      {
        accepted: ["", "Z1", "Z0123456789ABCDEFGHIJ", "example.com"],
        refused: ["Z", "z123", "Z-1", "/hostedzone/Z123", `Z${"A".repeat(32)}`, "example.com."],
      },
    ],
    [
      "cdnCertificateArn",
      {
        accepted: ["", certificate("us-east-1"), certificate("us-east-1").replace("aws", "aws-cn")],
        refused: [
          certificate("eu-central-1"),
          "arn:aws:iam::123456789012:server-certificate/a",
          "x",
        ],
      },
    ],
    [
      "apiCertificateArn",
      {
        accepted: ["", certificate("us-east-1"), certificate("eu-central-1")],
        refused: [certificate("EU"), `${certificate("us-east-1")}/x`, "certificate/1"],
      },
    ],
    ["firewall", { accepted: ["true", "false"], refused: ["yes", ""] }],
    [
      "firewallRateLimit",
      { accepted: ["10", "2000000000"], refused: ["9", "2000000001", "1e3", ""] },
    ],
    [
      "allowedCountries",
      {
        accepted: ["[]", '["DE"]', '["DE","AT","CH"]', JSON.stringify([...countries])],
        refused: [
          "",
          "DE",
          '["de"]',
          '["DE","DE"]',
          '["EU"]',
          '["UK"]',
          '["XK"]',
          '["DEU"]',
          "[1]",
        ],
      },
    ],
    ["deniedCountries", { accepted: ["[]", '["KP"]'], refused: ['["ZZ"]', '["AA"]', "{}"] }],
    ["hsts", { accepted: ["host", "subdomains", "preload"], refused: ["", "Host", "true"] }],
    ["cdnAccessLogs", { accepted: ["true", "false"], refused: ["1"] }],
    ["cdnAccessLogDays", { accepted: ["1", "36500"], refused: ["0", "36501", "1.5"] }],
  ];
  for (const [key, { accepted, refused }] of values) {
    for (const value of accepted) {
      it(`takes ${JSON.stringify(value).slice(0, 60)} as ${key}`, () => {
        assert.equal(accepts(key, value), true);
      });
    }
    for (const value of refused) {
      it(`refuses ${JSON.stringify(value).slice(0, 60)} as ${key}`, () => {
        assert.equal(accepts(key, value), false);
      });
    }
  }

  it("knows all 249 countries and territories of ISO 3166-1", () => {
    assert.equal(countries.size, 249);
    assert.ok([...countries].every((code) => /^[A-Z]{2}$/.test(code)));
  });
});
