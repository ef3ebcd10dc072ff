import { sagemakerNotebookForbidDirectInternet as policy } from "../../policy-pack/policies/sagemaker-notebook-forbid-direct-internet";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:sagemaker/notebookInstance:NotebookInstance",
  clean: { directInternetAccess: "Disabled", subnetId: "subnet-1" },
  wrong: [
    [{ directInternetAccess: "Enabled" }, "has direct access to the internet"],
    [{ directInternetAccess: undefined }, "has direct access to the internet"],
  ],
});
