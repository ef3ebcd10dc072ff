/** A property that gives variables to programs. */
export interface Environment {
  type: string;
  path: readonly string[];
}

/** A property that holds what is run, or says how. */
export interface Script extends Environment {
  /** As messages call it. */
  title: string;
}

/**
 * Where types hold variables in clear: maps, lists of names and values, or documents that have such
 * at any depth. Functions of Lambda have a rule of their own.
 */
export const environments: readonly Environment[] = [
  ...at("aws:amplify/app:App", "autoBranchCreationConfig", "environmentVariables"),
  ...at("aws:amplify/branch:Branch", "environmentVariables"),
  ...at("aws:apprunner/service:Service", "sourceConfiguration"),
  ...at(
    "aws:batch/jobDefinition:JobDefinition",
    "containerProperties",
    "ecsProperties",
    "eksProperties",
    "nodeProperties",
  ),
  ...at("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "environmentVariables"),
  ...at("aws:bedrock/agentcoreHarness:AgentcoreHarness", "environmentVariables"),
  ...at("aws:cloudwatch/eventTarget:EventTarget", "input", "inputTransformer"),
  ...at("aws:codebuild/project:Project", "environment", "secondarySources", "source"),
  ...at("aws:codepipeline/pipeline:Pipeline", "stages", "variables"),
  ...at("aws:ecs/daemonTaskDefinition:DaemonTaskDefinition", "containerDefinitions"),
  ...at("aws:ecs/expressGatewayService:ExpressGatewayService", "primaryContainer"),
  ...at("aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions"),
  ...at("aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate", "settings"),
  ...at("aws:elasticbeanstalk/environment:Environment", "settings"),
  ...at("aws:emr/cluster:Cluster", "configurations", "configurationsJson"),
  ...at("aws:emrcontainers/jobTemplate:JobTemplate", "jobTemplateData"),
  ...at("aws:glue/connection:Connection", "connectionProperties"),
  ...at("aws:glue/devEndpoint:DevEndpoint", "arguments"),
  ...at("aws:glue/job:Job", "defaultArguments", "nonOverridableArguments"),
  ...at("aws:glue/trigger:Trigger", "actions"),
  ...at("aws:glue/workflow:Workflow", "defaultRunProperties"),
  ...at("aws:kinesisanalyticsv2/application:Application", "applicationConfiguration"),
  ...at("aws:lambda/microvmsImage:MicrovmsImage", "environmentVariables"),
  ...at("aws:lambdamicrovms/image:Image", "environmentVariables"),
  ...at(
    "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
    "containers",
  ),
  ...at("aws:mskconnect/connector:Connector", "connectorConfiguration"),
  ...at("aws:mwaa/environment:Environment", "airflowConfigurationOptions"),
  ...at("aws:pipes/pipe:Pipe", "targetParameters"),
  ...at("aws:sagemaker/algorithm:Algorithm", "inferenceSpecification", "validationSpecification"),
  ...at(
    "aws:sagemaker/appImageConfig:AppImageConfig",
    "codeEditorAppImageConfig",
    "jupyterLabImageConfig",
  ),
  ...at(
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    "dataQualityAppSpecification",
  ),
  ...at(
    "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
    "trainingJobDefinition",
    "trainingJobDefinitions",
  ),
  ...at("aws:sagemaker/model:Model", "containers", "primaryContainer"),
  ...at("aws:sagemaker/monitoringSchedule:MonitoringSchedule", "monitoringScheduleConfig"),
  ...at("aws:sagemaker/trainingJob:TrainingJob", "environment"),
  ...at("aws:scheduler/schedule:Schedule", "target"),
  ...at("aws:sfn/stateMachine:StateMachine", "definition"),
  {
    type: "aws:synthetics/canary:Canary",
    path: ["runConfig", "environmentVariables"],
  },
];

/** Properties whose entries are variables, in documents that hold other things as well. */
export const variableProperties: ReadonlySet<string> = new Set([
  "Properties",
  "airflowConfigurationOptions",
  "arguments",
  // Of actions of CodePipeline.
  "configuration",
  "connectionProperties",
  "connectorConfiguration",
  "containerEnvironmentVariables",
  "defaultArguments",
  "defaultRunProperties",
  "env",
  "envs",
  "environment",
  "environmentVariables",
  "nonOverridableArguments",
  "properties",
  "propertyMap",
  "runtimeEnvironmentVariables",
  "settings",
  // Of buildspecs.
  "variables",
]);

/** Scripts and documents, which whoever may describe their resources reads; some in base64. */
export const scripts: readonly Script[] = [
  ...titled("build specification", [
    ...at("aws:amplify/app:App", "autoBranchCreationConfig", "buildSpec"),
    ...at("aws:codebuild/project:Project", "secondarySources", "source"),
  ]),
  ...titled("stages", at("aws:codepipeline/pipeline:Pipeline", "stages")),
  ...titled("user data", [
    ...at("aws:ec2/instance:Instance", "userData", "userDataBase64"),
    ...at("aws:ec2/launchConfiguration:LaunchConfiguration", "userData", "userDataBase64"),
    ...at("aws:ec2/launchTemplate:LaunchTemplate", "userData"),
    ...at("aws:ec2/spotFleetRequest:SpotFleetRequest", "launchSpecifications"),
    ...at("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "userData", "userDataBase64"),
    ...at("aws:imagebuilder/imageRecipe:ImageRecipe", "userDataBase64"),
    ...at("aws:lightsail/instance:Instance", "userData"),
  ]),
  ...titled("document", [
    ...at("aws:imagebuilder/component:Component", "data"),
    ...at("aws:ssm/document:Document", "content"),
  ]),
  ...titled("commands", [
    ...at("aws:ssm/association:Association", "parameters"),
    ...at("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", "taskInvocationParameters"),
  ]),
  ...titled("script", [
    ...at(
      "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
      "onCreate",
      "onStart",
    ),
    ...at(
      "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
      "studioLifecycleConfigContent",
    ),
  ]),
  ...titled("definition", at("aws:sfn/stateMachine:StateMachine", "definition")),
];

function at(type: string, ...properties: string[]): Environment[] {
  return properties.map((property) => ({ type, path: [property] }));
}

function titled(title: string, of: readonly Environment[]): Script[] {
  return of.map((one) => ({ ...one, title }));
}
