/** A property that gives variables to programs. */
export interface Environment {
  type: string;
  path: readonly string[];
}

/**
 * Where types hold variables in clear: maps, lists of names and values, or documents that have such
 * at any depth. Functions of Lambda have a rule of their own.
 */
export const environments: readonly Environment[] = [
  { type: "aws:amplify/app:App", path: ["environmentVariables"] },
  { type: "aws:amplify/branch:Branch", path: ["environmentVariables"] },
  { type: "aws:apprunner/service:Service", path: ["sourceConfiguration"] },
  { type: "aws:batch/jobDefinition:JobDefinition", path: ["containerProperties"] },
  { type: "aws:batch/jobDefinition:JobDefinition", path: ["ecsProperties"] },
  { type: "aws:batch/jobDefinition:JobDefinition", path: ["eksProperties"] },
  { type: "aws:batch/jobDefinition:JobDefinition", path: ["nodeProperties"] },
  { type: "aws:codebuild/project:Project", path: ["environment"] },
  { type: "aws:ecs/taskDefinition:TaskDefinition", path: ["containerDefinitions"] },
  { type: "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate", path: ["settings"] },
  { type: "aws:elasticbeanstalk/environment:Environment", path: ["settings"] },
  { type: "aws:glue/job:Job", path: ["defaultArguments"] },
  {
    type: "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
    path: ["containers"],
  },
  { type: "aws:sagemaker/model:Model", path: ["containers"] },
  { type: "aws:sagemaker/model:Model", path: ["primaryContainer"] },
  { type: "aws:synthetics/canary:Canary", path: ["runConfig", "environmentVariables"] },
];

/** Properties whose entries are variables, in documents that hold other things as well. */
export const variableProperties: ReadonlySet<string> = new Set([
  "defaultArguments",
  "env",
  "envs",
  "environment",
  "environmentVariables",
  "runtimeEnvironmentVariables",
  "settings",
]);

/** Scripts that instances run at their start, which whoever may describe them reads; some in base64. */
export const startScripts: readonly Environment[] = [
  { type: "aws:ec2/instance:Instance", path: ["userData"] },
  { type: "aws:ec2/instance:Instance", path: ["userDataBase64"] },
  { type: "aws:ec2/launchConfiguration:LaunchConfiguration", path: ["userData"] },
  { type: "aws:ec2/launchTemplate:LaunchTemplate", path: ["userData"] },
  { type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest", path: ["userData"] },
];
