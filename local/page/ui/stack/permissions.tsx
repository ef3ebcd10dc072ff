import type { GrantsAnswer, RoleGrants } from "../../api/types";
import {
  Badge,
  Empty,
  ErrorNote,
  Field,
  formatCount,
  hrefTo,
  Loading,
  navigate,
  Section,
  Table,
  useApi,
} from "../kit";

/** What each role is granted, which of it has been used, and what was refused. */
export function Permissions({ query }: { query: URLSearchParams }) {
  const { data, error, reload } = useApi<GrantsAnswer>("/api/grants", {
    on: ["request", "stack"],
  });
  if (!data) {
    return error ? <ErrorNote error={error} onRetry={reload} /> : <Loading />;
  }
  const filter = query.get("role") ?? "";
  const roles = data.roles.filter(({ role }) => role.toLowerCase().includes(filter.toLowerCase()));
  return (
    <>
      <p class="lead">
        Since the start of this run. What stays unused after all that the stack does was tried may
        be more than it needs.
      </p>
      <Field label="Find a role">
        <input
          type="search"
          value={filter}
          onInput={({ currentTarget }) => {
            const href = hrefTo("stack", ["permissions"], { role: currentTarget.value });
            navigate(href, { replace: true });
          }}
        />
      </Field>
      {roles.length === 0 && (
        <Empty title={filter ? `No role is called “${filter}”` : "There are no roles"} />
      )}
      {roles.map((role) => (
        <Role key={role.role} {...role} />
      ))}
    </>
  );
}

function Role({ role, grants, refused }: RoleGrants) {
  const unused = grants.filter((grant) => !isUsed(grant)).length;
  return (
    <Section
      title={role}
      actions={
        <>
          <Badge>{formatCount(grants.length, "grant")}</Badge>
          {unused > 0 && <Badge tone="warning">{unused} unused</Badge>}
          {refused.length > 0 && <Badge tone="bad">{refused.length} refused</Badge>}
        </>
      }
    >
      {refused.length > 0 && (
        <Table
          label={`What ${role} was refused`}
          keyOf={({ action, resource }) => `${action} ${resource}`}
          rows={refused}
          columns={[
            { title: "Refused", cell: ({ action }) => <code class="refused">{action}</code> },
            { title: "Resource", cell: ({ resource }) => <code>{resource}</code> },
            { title: "Why", cell: ({ explanation }) => explanation },
            { title: "Times", numeric: true, cell: ({ count }) => count },
          ]}
        />
      )}
      <Table
        label={`What ${role} is granted`}
        keyOf={({ policy, statement, action, resource }) =>
          [policy, statement, action, resource].join(" ")
        }
        rows={grants}
        columns={[
          { title: "Action", cell: ({ action }) => <code>{action}</code> },
          { title: "Resource", cell: ({ resource }) => <code>{resource}</code> },
          { title: "Statement", wide: true, cell: ({ statement }) => statement },
          { title: "Used", numeric: true, cell: (grant) => <Used {...grant} /> },
        ]}
      />
    </Section>
  );
}

function isUsed({ used }: RoleGrants["grants"][number]): boolean {
  return Object.keys(used).length > 0;
}

/** How often; by action where the grant has a wildcard. */
function Used({ action, used }: RoleGrants["grants"][number]) {
  const counts = Object.entries(used);
  if (counts.length === 0) {
    return <Badge tone="warning">unused</Badge>;
  }
  return (
    <>
      {counts
        .map(([name, count]) => (/[*?]/.test(action) ? `${name} ${count}` : String(count)))
        .join(", ")}
    </>
  );
}
