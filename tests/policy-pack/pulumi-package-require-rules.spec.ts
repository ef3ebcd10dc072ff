import { pulumiPackageRequireRules as policy } from "../../policy-pack/policies/pulumi-package-require-rules";
import { assertAccepted, assertRefused } from "./support/harness";
import { component, resource } from "./support/program";

describe("pulumi-package-require-rules", () => {
  const group = component("group");
  const bucket = { ...resource("aws:s3/bucket:Bucket", "images"), parent: group };
  const native = ["a", "b"].map((name) => resource("aws-native:glue:Job", name));

  it("says nothing of what is judged, of components, and of what makes nothing in a cloud", async () => {
    await assertAccepted(policy, [
      group,
      bucket,
      resource("random:index/randomPassword:RandomPassword", "password"),
      resource("tls:index/privateKey:PrivateKey", "key"),
    ]);
  });

  it("names each other package once, with how many resources of it were not judged", async () => {
    await assertRefused(
      policy,
      [bucket, ...native, resource("cloudflare:index/record:Record", "www")],
      ["2 resources of aws-native were not checked", "1 resource of cloudflare was not checked"],
    );
  });

  it("leaves out what a team leaves out", async () => {
    await assertAccepted(policy, native, { settings: { ignored: ["aws-native"] } });
  });
});
