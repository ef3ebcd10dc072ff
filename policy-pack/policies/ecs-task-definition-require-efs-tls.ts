import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { mayBe, textOf } from "../lib/values";

export const ecsTaskDefinitionRequireEfsTls = resourceRule({
  name: "ecs-task-definition-require-efs-tls",
  description: "Tasks reach file systems of EFS with TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("ECS.18")],
  remediationSteps: "Set efsVolumeConfiguration.transitEncryption to ENABLED.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
  types: ["aws:ecs/taskDefinition:TaskDefinition"],
  check(task, report) {
    const plain = task
      .blocks("volumes")
      .filter(
        (volume) =>
          volume.declared("efsVolumeConfiguration") !== undefined &&
          !mayBe(volume.known("efsVolumeConfiguration", "transitEncryption"), "ENABLED"),
      )
      .map((volume) => textOf(volume.declared("name")));
    if (plain.length > 0) {
      report(`mounts ${plain.join(", ")} without TLS`);
    }
  },
});
