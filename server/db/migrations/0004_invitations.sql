CREATE SEQUENCE "public"."invitation_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"association_type" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "activities_type" CHECK ("activities"."association_type" in ('RESALE','REFERRAL')),
	CONSTRAINT "activities_range" CHECK ("activities"."starts_at" < "activities"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"partner_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"document" text NOT NULL,
	"version" text NOT NULL,
	"language" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"address" text NOT NULL,
	CONSTRAINT "agreements_partner_id_customer_id_document_accepted_at_pk" PRIMARY KEY("partner_id","customer_id","document","accepted_at"),
	CONSTRAINT "agreements_document" CHECK ("agreements"."document" in ('agreement','privacy','notice'))
);
--> statement-breakpoint
CREATE TABLE "cloud_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED NOT NULL,
	"mobile" text,
	"email" text,
	"language" text NOT NULL,
	"password_hash" text,
	"registered_at" timestamp with time zone NOT NULL,
	"facts" text[] DEFAULT '{}' NOT NULL,
	"partner_id" uuid,
	CONSTRAINT "cloud_accounts_facts" CHECK ("cloud_accounts"."facts" <@ array['CASH_SPEND','UNPAID_BILLS','CREDIT_ACCOUNT','ENTERPRISE_MEMBERS','RESERVED_INSTANCES','SERVICE_CONTRACT','SPECIAL_CONTRACT','IS_PARTNER','VENDOR_INTERNAL','CONSUMER_CLOUD','REPORTED_BY_VENDOR','REWARD_PROGRAM','OTHER_SITE','VENDOR_CONTRACT','ENTERPRISE_MEMBER','FOLLOWED_BY_SALES','OWNED_BY_VENDOR_SALES','OTHER_COUNTRY'])
);
--> statement-breakpoint
CREATE TABLE "customer_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	CONSTRAINT "customer_sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"association_type" text NOT NULL,
	"prospect_id" uuid,
	"link_id" uuid,
	"message_id" uuid,
	"name" text,
	"name_key" text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED,
	"mobile" text,
	"mobile_last4" text GENERATED ALWAYS AS (right(mobile, 4)) STORED,
	"email" text,
	"email_last4" text GENERATED ALWAYS AS (right(email, 4)) STORED,
	"account_id" uuid,
	"account_name" text,
	"inviter_id" uuid NOT NULL,
	"manager_id" uuid,
	"label" text,
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"state" text NOT NULL,
	"cause" text,
	"opened_at" timestamp with time zone,
	"registered_at" timestamp with time zone,
	"associated_at" timestamp with time zone,
	"customer_id" uuid,
	CONSTRAINT "invitations_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "invitations_number" UNIQUE("partner_id","number"),
	CONSTRAINT "invitations_kind" CHECK ("invitations"."kind" in ('MAIL','GENERAL','CUSTOM','ACTIVITY')),
	CONSTRAINT "invitations_type" CHECK ("invitations"."association_type" in ('RESALE','REFERRAL')),
	CONSTRAINT "invitations_state" CHECK ("invitations"."state" in ('SENT','OPENED','FAILED','ASSOCIATED','REVOKED','REPLACED'))
);
--> statement-breakpoint
CREATE TABLE "invite_links" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"association_type" text NOT NULL,
	"label" text NOT NULL,
	"activity_id" uuid,
	"creator_id" uuid NOT NULL,
	"manager_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"opened" integer DEFAULT 0 NOT NULL,
	"registered" integer DEFAULT 0 NOT NULL,
	"associated" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "invite_links_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "invite_links_kind" CHECK ("invite_links"."kind" in ('GENERAL','CUSTOM','ACTIVITY')),
	CONSTRAINT "invite_links_type" CHECK ("invite_links"."association_type" in ('RESALE','REFERRAL')),
	CONSTRAINT "invite_links_label" CHECK (char_length("invite_links"."label") <= 64)
);
--> statement-breakpoint
CREATE TABLE "invite_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"invitation_id" uuid,
	"link_id" uuid,
	CONSTRAINT "invite_tokens_one" CHECK (("invite_tokens"."invitation_id" is null) <> ("invite_tokens"."link_id" is null))
);
--> statement-breakpoint
CREATE TABLE "prospects" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED NOT NULL,
	"mobile" text NOT NULL,
	"mobile_last4" text GENERATED ALWAYS AS (right(mobile, 4)) STORED,
	"email" text,
	"email_last4" text GENERATED ALWAYS AS (right(email, 4)) STORED,
	"state" text NOT NULL,
	"cause" text,
	"review_reason" text,
	"review_cause" text,
	"reject_reason" text,
	"manager_id" uuid,
	"reporter_id" uuid NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"last_invitation_id" uuid,
	"customer_id" uuid,
	CONSTRAINT "prospects_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "prospects_state" CHECK ("prospects"."state" in ('UNDER_REVIEW','REPORTED','REJECTED','ASSOCIATION_FAILED','ASSOCIATED','EXPIRED'))
);
--> statement-breakpoint
CREATE TABLE "public_codes" (
	"purpose" text NOT NULL,
	"subject" text NOT NULL,
	"destination_hash" text NOT NULL,
	"code_mac" text NOT NULL,
	"reference" text NOT NULL,
	"guesses" integer NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "public_codes_purpose_subject_destination_hash_pk" PRIMARY KEY("purpose","subject","destination_hash"),
	CONSTRAINT "public_codes_guesses" CHECK ("public_codes"."guesses" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"mobile_hash" text PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"prospect_id" uuid NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "may_develop" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "may_resell" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "distributor_left" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_sessions" ADD CONSTRAINT "customer_sessions_account_id_cloud_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."cloud_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_id_cloud_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."cloud_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_partner_id_prospect_id_prospects_partner_id_id_fk" FOREIGN KEY ("partner_id","prospect_id") REFERENCES "public"."prospects"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_partner_id_link_id_invite_links_partner_id_id_fk" FOREIGN KEY ("partner_id","link_id") REFERENCES "public"."invite_links"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_partner_id_inviter_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","inviter_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_links" ADD CONSTRAINT "invite_links_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_links" ADD CONSTRAINT "invite_links_partner_id_creator_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","creator_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_partner_id_manager_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","manager_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_partner_id_reporter_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","reporter_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cloud_accounts_name" ON "cloud_accounts" USING btree ("name_key") WHERE password_hash is not null;--> statement-breakpoint
CREATE INDEX "cloud_accounts_name_key" ON "cloud_accounts" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "cloud_accounts_mobile" ON "cloud_accounts" USING btree ("mobile");--> statement-breakpoint
CREATE INDEX "customer_sessions_account" ON "customer_sessions" USING btree ("account_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_link_account" ON "invitations" USING btree ("partner_id","link_id","account_id") WHERE link_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_pending" ON "invitations" USING btree ("partner_id","prospect_id") WHERE kind = 'MAIL' and state in ('SENT','OPENED','FAILED');--> statement-breakpoint
CREATE INDEX "invitations_sent" ON "invitations" USING btree ("partner_id","sent_at","id");--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("partner_id","expires_at","id");--> statement-breakpoint
CREATE INDEX "invitations_prospect" ON "invitations" USING btree ("partner_id","prospect_id","sent_at");--> statement-breakpoint
CREATE INDEX "invitations_name" ON "invitations" USING btree ("partner_id","name_key","sent_at","expires_at","id");--> statement-breakpoint
CREATE INDEX "invitations_state" ON "invitations" USING btree ("partner_id","state","sent_at");--> statement-breakpoint
CREATE INDEX "invitations_failed" ON "invitations" USING btree ("partner_id","cause") WHERE state = 'FAILED';--> statement-breakpoint
CREATE INDEX "invitations_mobile" ON "invitations" USING btree ("partner_id","mobile");--> statement-breakpoint
CREATE INDEX "invitations_message" ON "invitations" USING btree ("partner_id","message_id");--> statement-breakpoint
CREATE INDEX "invitations_customer" ON "invitations" USING btree ("partner_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invite_links_general" ON "invite_links" USING btree ("partner_id","creator_id","association_type") WHERE kind = 'GENERAL' and revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "invite_links_activity" ON "invite_links" USING btree ("partner_id","creator_id","activity_id") WHERE kind = 'ACTIVITY' and revoked_at is null;--> statement-breakpoint
CREATE INDEX "invite_links_created" ON "invite_links" USING btree ("partner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invite_links_associated" ON "invite_links" USING btree ("partner_id","associated","id");--> statement-breakpoint
CREATE INDEX "prospects_reported" ON "prospects" USING btree ("partner_id","reported_at","id");--> statement-breakpoint
CREATE INDEX "prospects_expiry" ON "prospects" USING btree ("partner_id","expires_at","id");--> statement-breakpoint
CREATE INDEX "prospects_mobile" ON "prospects" USING btree ("partner_id","mobile");--> statement-breakpoint
CREATE INDEX "prospects_open" ON "prospects" USING btree ("partner_id") WHERE state in ('UNDER_REVIEW','REPORTED','ASSOCIATION_FAILED');
--> statement-breakpoint
grant select on cloud_accounts, customer_sessions, invite_tokens, public_codes, reservations, activities, prospects, invite_links, invitations, agreements to app;
--> statement-breakpoint
grant insert, update on cloud_accounts, activities, prospects, invite_links, invitations to app;
--> statement-breakpoint
grant insert, update, delete on customer_sessions, public_codes, reservations, invite_tokens to app;
--> statement-breakpoint
grant insert on agreements to app;
--> statement-breakpoint
grant usage, select on sequence invitation_numbers to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['prospects','invite_links','invitations','agreements']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint

-- Every customer has an account at the vendor with the same id. One that was associated by other ways than an invitation gets its account here; one that
-- came by an invitation brings it along.
create function open_cloud_accounts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into cloud_accounts (id, name, mobile, email, language, registered_at, partner_id)
  select id, account_name, mobile, email, language, associated_at, partner_id from after_rows on conflict (id) do nothing;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_accounts after insert on customers referencing new table as after_rows for each statement execute function open_cloud_accounts();
--> statement-breakpoint
create function follow_cloud_account() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update cloud_accounts set name = new.account_name, mobile = new.mobile, email = new.email where id = new.id and partner_id = new.partner_id;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_account_changed after update of account_name, mobile, email on customers for each row
  when (old.account_name is distinct from new.account_name or old.mobile is distinct from new.mobile or old.email is distinct from new.email) execute function follow_cloud_account();
--> statement-breakpoint
insert into cloud_accounts (id, name, mobile, email, language, registered_at, partner_id)
select id, account_name, mobile, email, language, associated_at, partner_id from customers on conflict (id) do nothing;
