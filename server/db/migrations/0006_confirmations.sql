CREATE TABLE "authenticators" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sealed_secret" "bytea",
	"last_step" bigint,
	"credential_id" text,
	"public_key" "bytea",
	"counter" bigint,
	"transports" text[],
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "authenticators_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "authenticators_kind" CHECK ("authenticators"."kind" = 'totp' and "authenticators"."sealed_secret" is not null and "authenticators"."last_step" is not null or "authenticators"."kind" = 'passkey' and "authenticators"."credential_id" is not null and "authenticators"."public_key" is not null and "authenticators"."counter" is not null)
);
--> statement-breakpoint
CREATE TABLE "challenges" (
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "challenges_partner_id_member_id_session_id_purpose_pk" PRIMARY KEY("partner_id","member_id","session_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "custom_roles" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"permissions" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_id" uuid NOT NULL,
	CONSTRAINT "custom_roles_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "identities_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "case_materials" (
	"partner_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "case_materials_partner_id_case_id_file_id_pk" PRIMARY KEY("partner_id","case_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	CONSTRAINT "cases_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "cases_kind" CHECK ("cases"."kind" in ('role','capability')),
	CONSTRAINT "cases_state" CHECK ("cases"."state" in ('UNDER_REVIEW','APPROVED','REJECTED'))
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"credit_code" text NOT NULL,
	"contracting_entity" text NOT NULL,
	"address" text NOT NULL,
	"representative" text NOT NULL,
	"industry" text NOT NULL,
	"phone" text NOT NULL,
	"website" text NOT NULL,
	"licence_id" uuid,
	CONSTRAINT "companies_code" CHECK ("companies"."credit_code" ~ '^[0-9A-Z]{18}$')
);
--> statement-breakpoint
CREATE TABLE "company_changes" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"licence_id" uuid,
	"state" text NOT NULL,
	"reason" text,
	"by_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "company_changes_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "company_changes_state" CHECK ("company_changes"."state" in ('UNDER_REVIEW','APPROVED','REJECTED','WITHDRAWN') and ("company_changes"."state" = 'UNDER_REVIEW') = ("company_changes"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "customer_bills" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"are_shown" boolean NOT NULL,
	"amounts" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "customer_bills_amounts" CHECK ("customer_bills"."amounts" in ('list','none'))
);
--> statement-breakpoint
CREATE TABLE "customer_contacts" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"items" jsonb NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_notices" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"is_taken_over" boolean NOT NULL,
	"template" jsonb NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	"facts" jsonb NOT NULL,
	"by_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"is_kept" boolean NOT NULL,
	CONSTRAINT "files_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "files_kind" CHECK ("files"."kind" in ('licence','case','agreement')),
	CONSTRAINT "files_type" CHECK ("files"."type" in ('image/png','image/jpeg','application/pdf')),
	CONSTRAINT "files_bytes" CHECK ("files"."bytes" between 1 and 5242880)
);
--> statement-breakpoint
CREATE TABLE "notice_choices" (
	"partner_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"template" jsonb NOT NULL,
	CONSTRAINT "notice_choices_partner_id_customer_id_pk" PRIMARY KEY("partner_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "partner_agreements" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"signed_by" text NOT NULL,
	"valid_to" date,
	"file_id" uuid NOT NULL,
	CONSTRAINT "partner_agreements_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
ALTER TABLE "members" DROP CONSTRAINT "members_role";--> statement-breakpoint
ALTER TABLE "members" DROP CONSTRAINT "members_state";--> statement-breakpoint
ALTER TABLE "openings" DROP CONSTRAINT "openings_change";--> statement-breakpoint
ALTER TABLE "logins" ADD COLUMN "password_set_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "roles" text[];--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "custom_role_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "role_since" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "department" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "required_operations" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "passed_by" text;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "needs_authenticator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_partner_id_member_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","member_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_materials" ADD CONSTRAINT "case_materials_partner_id_case_id_cases_partner_id_id_fk" FOREIGN KEY ("partner_id","case_id") REFERENCES "public"."cases"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_materials" ADD CONSTRAINT "case_materials_partner_id_file_id_files_partner_id_id_fk" FOREIGN KEY ("partner_id","file_id") REFERENCES "public"."files"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_agreements" ADD CONSTRAINT "partner_agreements_partner_id_file_id_files_partner_id_id_fk" FOREIGN KEY ("partner_id","file_id") REFERENCES "public"."files"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "authenticators_member" ON "authenticators" USING btree ("partner_id","member_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "authenticators_credential" ON "authenticators" USING btree ("partner_id","credential_id");--> statement-breakpoint
CREATE INDEX "challenges_lapse" ON "challenges" USING btree ("partner_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "custom_roles_name" ON "custom_roles" USING btree ("partner_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "identities_member" ON "identities" USING btree ("partner_id","member_id");--> statement-breakpoint
CREATE INDEX "cases_at" ON "cases" USING btree ("partner_id","submitted_at","id");--> statement-breakpoint
CREATE INDEX "company_changes_at" ON "company_changes" USING btree ("partner_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "company_changes_pending" ON "company_changes" USING btree ("partner_id") WHERE state = 'UNDER_REVIEW';--> statement-breakpoint
CREATE INDEX "files_loose" ON "files" USING btree ("partner_id","created_at") WHERE not is_kept;--> statement-breakpoint
-- What follows reads and writes every partner's rows, and the owner of the tables is fenced like everybody.
select set_config('app.partner_ids', coalesce((select array_agg(id)::text from partners), '{}'), true);
--> statement-breakpoint
update members set roles = array[role], role_since = jsonb_build_object(role, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
--> statement-breakpoint
ALTER TABLE "members" ALTER COLUMN "roles" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "members" DROP COLUMN "role";--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_roles" CHECK ("members"."state" = 'DELETED' and cardinality("members"."roles") + cardinality("members"."custom_role_ids") = 0 or "members"."roles" <@ array['administrator','director','manager','operator'] and cardinality("members"."roles") + cardinality("members"."custom_role_ids") between 1 and 3
    and not ("members"."roles" @> array['administrator'] and cardinality("members"."roles") + cardinality("members"."custom_role_ids") > 1) and not "members"."roles" @> array['director','manager']);--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_state" CHECK ("members"."state" in ('ACTIVE','DISABLED','DELETED'));--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_change" CHECK ("openings"."change" in ('mobile','email','password','authenticator'));
--> statement-breakpoint
update logins l set password_set_at = m.created_at from members m where m.partner_id = l.partner_id and m.id = l.member_id and not m.awaits_password;
--> statement-breakpoint
grant select on authenticators, challenges, identities, custom_roles, companies, company_changes, files, customer_contacts, cases, case_materials, partner_agreements, customer_notices, notice_choices, customer_bills to app;
--> statement-breakpoint
grant insert, update, delete on authenticators, challenges, custom_roles, files to app;
--> statement-breakpoint
grant insert, update on companies, company_changes, customer_contacts, cases, case_materials, partner_agreements, customer_notices, notice_choices, customer_bills to app;
--> statement-breakpoint
grant insert, delete on identities to app;
--> statement-breakpoint
grant delete on logins to app;
--> statement-breakpoint
-- The custom roles of a member with what they hold, by name.
create function member_custom_roles(partner uuid, ids uuid[]) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'permissions', to_jsonb(r.permissions)) order by lower(r.name)), '[]'::jsonb)
    from custom_roles r where cardinality(ids) > 0 and r.partner_id = partner and r.id = any(ids)
$$;
--> statement-breakpoint
-- As before, with all roles of the member and what the custom ones hold, still in one round trip.
drop function open_session(text);
--> statement-breakpoint
create function open_session(hash text) returns table (
  id uuid, member_id uuid, started_at timestamptz, seen_at timestamptz, partner_id uuid, account text, partner_name text, type text, partner_state text, verification_on boolean, required_operations text[], time_zone text,
  login text, name text, roles text[], custom_roles jsonb, language text, extra_permissions text[], removed_permissions text[], state text
) language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('app.partner_ids', '{' || s.partner_id || '}', true) from sessions s where s.token_hash = hash;
  return query select s.id, s.member_id, s.started_at, s.seen_at, p.id, p.account, p.name, p.type, p.state, p.verification_on, p.required_operations, p.time_zone,
      m.login, m.name, m.roles, member_custom_roles(m.partner_id, m.custom_role_ids), m.language, m.extra_permissions, m.removed_permissions, m.state
    from sessions s join partners p on p.id = s.partner_id join members m on m.partner_id = s.partner_id and m.id = s.member_id where s.token_hash = hash;
end $$;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['authenticators','challenges','custom_roles','companies','company_changes','files','customer_contacts','cases','case_materials','partner_agreements','customer_notices','notice_choices','customer_bills']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
