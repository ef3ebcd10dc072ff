import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const sagemakerNotebookForbidDirectInternet = resourceRule({
  name: "sagemaker-notebook-forbid-direct-internet",
  description: "SageMaker notebook instances reach the internet through a VPC only.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("SageMaker.1")],
  remediationSteps:
    "Set directInternetAccess to Disabled, with subnetId and securityGroups; the instance has to be replaced.",
  url: "https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html",
  ...requiring({
    type: "aws:sagemaker/notebookInstance:NotebookInstance",
    path: ["directInternetAccess"],
    accepts: ["Disabled"],
    problem: "has direct access to the internet",
  }),
});
