import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:sagemaker/notebookInstance:NotebookInstance",
  clean: { directInternetAccess: "Disabled", subnetId: "subnet-1" },
  wrong: [
    [{ directInternetAccess: "Enabled" }, "has direct access to the internet"],
    [{ directInternetAccess: undefined }, "has direct access to the internet"],
  ],
});
