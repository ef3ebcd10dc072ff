import type { PoliciesAnswer, PolicyFinding, PolicyResult } from "../../api/types";
import { Badge, Empty, ErrorNote, formatCount, hrefTo, Loading, useApi, type Tone } from "../kit";
import { SourceText } from "./resource-details";
import { shortType } from "./short-type";

/** What the policy pack found, rule by rule: what is wrong first. */
export function Policies() {
  const { data, error, reload } = useApi<PoliciesAnswer>("/api/policies", { on: ["stack"] });
  if (!data) {
    return error ? <ErrorNote error={error} onRetry={reload} /> : <Loading />;
  }
  if (!data.pack) {
    return (
      <Empty title="No policy pack was asked">
        <p>
          The run was started with <code>--no-policy</code>, or the project has no folder{" "}
          <code>policy-pack</code>.
        </p>
      </Empty>
    );
  }
  const { name, version, rules } = data.pack;
  const violated = rules.filter(({ violations }) => violations.length > 0);
  const undecided = rules.filter((rule) => rule.undecided.length > 0 && !violated.includes(rule));
  const rest = rules.filter((rule) => !violated.includes(rule) && !undecided.includes(rule));
  return (
    <>
      <p class="lead">
        {name} {version}: {formatCount(rules.length, "rule")},{" "}
        {violated.length === 0 ? "none violated" : `${violated.length} violated`}
      </p>
      <Rules title="Violated" rules={violated} />
      <Rules title="Not to be judged before AWS computes a value" rules={undecided} />
      <Rules title="Kept" rules={rest} />
    </>
  );
}

function Rules({ title, rules }: { title: string; rules: readonly PolicyResult[] }) {
  return rules.length === 0 ? null : (
    <section class="section">
      <h2>
        {title} <span class="count">{rules.length}</span>
      </h2>
      <ul class="rules card">
        {rules.map((rule) => (
          <li key={rule.name}>
            <Rule rule={rule} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const toneOfLevel: Readonly<Record<string, Tone>> = { mandatory: "bad", advisory: "warning" };

function Rule({ rule }: { rule: PolicyResult }) {
  const { name, description, level, severity, violations, undecided, remediated } = rule;
  const isViolated = violations.length > 0;
  return (
    <details open={isViolated}>
      <summary>
        <span class="rule-name">{name}</span>{" "}
        <Badge tone={isViolated ? toneOfLevel[level] : "neutral"}>{level}</Badge>{" "}
        {severity !== undefined && <Badge>{severity}</Badge>}{" "}
        {isViolated && <Badge tone="bad">{formatCount(violations.length, "resource")}</Badge>}{" "}
        {remediated > 0 && <Badge tone="good">{remediated} put right</Badge>}
      </summary>
      <div class="rule">
        <p>{description}</p>
        <FindingList findings={[...violations, ...undecided]} />
        {rule.remediationSteps !== undefined && <p class="muted">{rule.remediationSteps}</p>}
        {rule.url !== undefined && (
          <p>
            <a href={rule.url} target="_blank" rel="noreferrer">
              Read more
              <span class="read-out"> on {name}</span>
            </a>
          </p>
        )}
      </div>
    </details>
  );
}

function FindingList({ findings }: { findings: readonly PolicyFinding[] }) {
  return findings.length === 0 ? null : (
    <ul class="findings">
      {findings.map(({ urn, type, name, message, source }) => (
        <li key={urn}>
          <p>
            <a href={hrefTo("stack", ["resources", urn])}>{name}</a>{" "}
            <span class="muted">{shortType(type)}</span> {source && <SourceText source={source} />}
          </p>
          <p class="message">{message}</p>
        </li>
      ))}
    </ul>
  );
}
