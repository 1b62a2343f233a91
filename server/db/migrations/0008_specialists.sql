CREATE TABLE "specialist_accounts" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"specialist_id" uuid NOT NULL,
	"is_active" boolean NOT NULL,
	"qualifications" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"changed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "specialist_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"specialist_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "specialists" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"way" text NOT NULL,
	"destination" text NOT NULL,
	"language" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"inviter_id" uuid NOT NULL,
	"message_id" uuid,
	"invited_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"account_id" uuid,
	"accepted_at" timestamp with time zone,
	"bound_at" timestamp with time zone,
	CONSTRAINT "specialists_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "specialists_way" CHECK ("specialists"."way" in ('MOBILE','EMAIL','ACCOUNT')),
	CONSTRAINT "specialists_state" CHECK ("specialists"."state" in ('INVITED','UNDER_REVIEW','BOUND','REJECTED','UNBOUND','CANCELLED')),
	CONSTRAINT "specialists_account" CHECK (("specialists"."account_id" is null) = ("specialists"."accepted_at" is null) and ("specialists"."account_id" is not null or "specialists"."state" in ('INVITED','CANCELLED')))
);
--> statement-breakpoint
ALTER TABLE "cloud_accounts" ADD COLUMN "is_personal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "specialist_accounts" ADD CONSTRAINT "specialist_accounts_account_id_cloud_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."cloud_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialists" ADD CONSTRAINT "specialists_account_id_cloud_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."cloud_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialists" ADD CONSTRAINT "specialists_partner_id_inviter_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","inviter_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "specialists_invited" ON "specialists" USING btree ("partner_id","invited_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "specialists_open" ON "specialists" USING btree ("partner_id","way",lower("destination")) WHERE state in ('INVITED','UNDER_REVIEW','BOUND');
--> statement-breakpoint
grant select, insert, update on specialists, specialist_accounts to app;
--> statement-breakpoint
grant select, insert, delete on specialist_tokens to app;
--> statement-breakpoint
alter table specialists enable row level security;
--> statement-breakpoint
alter table specialists force row level security;
--> statement-breakpoint
create policy tenant on specialists
  using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
  with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]));
