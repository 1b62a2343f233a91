CREATE SEQUENCE "public"."batch_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."export_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."lot_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."transaction_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "accounts" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"owner_id" uuid,
	"currency" text NOT NULL,
	"balance" bigint NOT NULL,
	"overdraft" bigint,
	CONSTRAINT "accounts_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "accounts_kinds" CHECK ("accounts"."kind" in ('outside','top-up','credit','rebate','customer','own')),
	CONSTRAINT "accounts_balance" CHECK ("accounts"."overdraft" is null or "accounts"."balance" >= -"accounts"."overdraft"),
	CONSTRAINT "accounts_overdraft" CHECK ("accounts"."overdraft" >= 0)
);
--> statement-breakpoint
CREATE TABLE "adjustments" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "adjustments_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"batch_number" text,
	"customer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance_before" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"operator_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "adjustments_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "adjustments_number" UNIQUE("partner_id","number"),
	CONSTRAINT "adjustments_kind" CHECK ("adjustments"."kind" in ('allocate','reclaim','reclaim_disassociation','reclaim_switch')),
	CONSTRAINT "adjustments_sum" CHECK ("adjustments"."amount" > 0 and "adjustments"."balance_after" >= 0 and "adjustments"."balance_before" >= 0)
);
--> statement-breakpoint
CREATE TABLE "customer_grams" (
	"partner_id" uuid NOT NULL,
	"gram" text NOT NULL,
	"customer_id" uuid NOT NULL,
	CONSTRAINT "customer_grams_partner_id_gram_customer_id_pk" PRIMARY KEY("partner_id","gram","customer_id")
);
--> statement-breakpoint
CREATE TABLE "customer_totals" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"total" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"account_name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED NOT NULL,
	"account_key" text GENERATED ALWAYS AS (lower(normalize(account_name, NFKC))) STORED NOT NULL,
	"mobile" text,
	"mobile_last4" text GENERATED ALWAYS AS (right(mobile, 4)) STORED,
	"email" text,
	"email_last4" text GENERATED ALWAYS AS (right(email, 4)) STORED,
	"language" text NOT NULL,
	"association_type" text NOT NULL,
	"associated_at" timestamp with time zone NOT NULL,
	"manager_id" uuid,
	"tag" text NOT NULL,
	"state" text NOT NULL,
	"freeze_cause" text,
	"frozen_at" timestamp with time zone,
	"month_expenditure" bigint NOT NULL,
	"held" bigint NOT NULL,
	"unsettled" bigint NOT NULL,
	"arrears" bigint NOT NULL,
	"budget_type" text,
	"budget_amount" bigint,
	"budget_used" bigint NOT NULL,
	"budget_when_used_up" text,
	"budget_percent" integer GENERATED ALWAYS AS (case when budget_amount > 0 then least(budget_used * 100 / budget_amount, 100000)::int end) STORED,
	"next_expiry" timestamp with time zone,
	"account_id" uuid NOT NULL,
	"own_account_id" uuid NOT NULL,
	CONSTRAINT "customers_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "customers_number" UNIQUE("partner_id","number"),
	CONSTRAINT "customers_type" CHECK ("customers"."association_type" in ('RESALE','REFERRAL')),
	CONSTRAINT "customers_account_state" CHECK ("customers"."state" in ('NORMAL','ACCOUNT_FROZEN','RESOURCES_FROZEN')),
	CONSTRAINT "customers_cause" CHECK (("customers"."state" = 'NORMAL') = ("customers"."freeze_cause" is null)),
	CONSTRAINT "customers_facts" CHECK ("customers"."held" >= 0 and "customers"."unsettled" >= 0 and "customers"."arrears" >= 0 and "customers"."budget_used" >= 0),
	CONSTRAINT "customers_tag_length" CHECK (char_length("customers"."tag") <= 64)
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"partner_id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "entries_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transfer_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "entries_partner_id_seq_pk" PRIMARY KEY("partner_id","seq"),
	CONSTRAINT "entries_amount" CHECK ("entries"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "expenditures" (
	"partner_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"month" date NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "expenditures_partner_id_customer_id_month_pk" PRIMARY KEY("partner_id","customer_id","month")
);
--> statement-breakpoint
CREATE TABLE "export_chunks" (
	"partner_id" uuid NOT NULL,
	"export_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "export_chunks_partner_id_export_id_part_pk" PRIMARY KEY("partner_id","export_id","part")
);
--> statement-breakpoint
CREATE TABLE "export_tasks" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"member_id" uuid NOT NULL,
	"content" text NOT NULL,
	"sealed_request" "bytea" NOT NULL,
	"filter_text" text NOT NULL,
	"language" text NOT NULL,
	"state" text NOT NULL,
	"rows" integer,
	"reason" text,
	"file_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "export_tasks_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "export_tasks_number" UNIQUE("partner_id","number"),
	CONSTRAINT "export_tasks_state" CHECK ("export_tasks"."state" in ('QUEUED','RUNNING','COMPLETED','FAILED','EXPIRED'))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"name" text NOT NULL,
	"subject" text NOT NULL,
	"taken" timestamp with time zone[] NOT NULL,
	CONSTRAINT "limits_name_subject_pk" PRIMARY KEY("name","subject")
);
--> statement-breakpoint
CREATE TABLE "log_entries" (
	"partner_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"operator_id" uuid,
	"operator_name" text,
	"operation" text NOT NULL,
	"object_kind" text,
	"object_number" text,
	"customer_id" uuid,
	"amount" bigint,
	"result" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"source" text NOT NULL,
	"request_id" text NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	"details" jsonb NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_entries_partner_id_seq_pk" PRIMARY KEY("partner_id","seq")
);
--> statement-breakpoint
CREATE TABLE "log_heads" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"account" text NOT NULL,
	"login" text NOT NULL,
	"password_hash" text NOT NULL,
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "logins_account_login_pk" PRIMARY KEY("account","login")
);
--> statement-breakpoint
CREATE TABLE "lot_moves" (
	"partner_id" uuid NOT NULL,
	"adjustment_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "lot_moves_partner_id_adjustment_id_lot_id_pk" PRIMARY KEY("partner_id","adjustment_id","lot_id")
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "lots_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"source_account_id" uuid NOT NULL,
	"source" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"operator_id" uuid,
	"granted" bigint NOT NULL,
	"spent" bigint NOT NULL,
	"reclaimed" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "lots_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "lots_number" UNIQUE("partner_id","number"),
	CONSTRAINT "lots_sum" CHECK ("lots"."granted" > 0 and "lots"."spent" >= 0 and "lots"."reclaimed" >= 0 and "lots"."remaining" >= 0 and "lots"."granted" = "lots"."spent" + "lots"."reclaimed" + "lots"."remaining"),
	CONSTRAINT "lots_source" CHECK ("lots"."source" in ('top-up','credit'))
);
--> statement-breakpoint
CREATE TABLE "members" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"mobile" text,
	"email" text,
	"mobile_verified" boolean NOT NULL,
	"email_verified" boolean NOT NULL,
	"role" text NOT NULL,
	"extra_permissions" text[] NOT NULL,
	"removed_permissions" text[] NOT NULL,
	"director_id" uuid,
	"language" text NOT NULL,
	"last_channel" text,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "members_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "members_login" UNIQUE("partner_id","login"),
	CONSTRAINT "members_role" CHECK ("members"."role" in ('administrator','director','manager','operator')),
	CONSTRAINT "members_state" CHECK ("members"."state" in ('ACTIVE','DISABLED'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"to_masked" text NOT NULL,
	"sealed" "bytea",
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"reason" text,
	"at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "messages_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('queued','sent','failed','dropped'))
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"verification_on" boolean NOT NULL,
	"time_zone" text NOT NULL,
	"ecosystem_name" text,
	"ecosystem_mobile" text,
	"ecosystem_email" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "partners_account_unique" UNIQUE("account"),
	CONSTRAINT "partners_type" CHECK ("partners"."type" in ('CSP','DISTRIBUTOR','RESELLER','SUBSIDY','GOVCLOUD','MARKETPLACE')),
	CONSTRAINT "partners_state" CHECK ("partners"."state" in ('ACTIVE','RESTRICTED','FROZEN','LEFT'))
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"list" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "preferences_partner_id_member_id_list_pk" PRIMARY KEY("partner_id","member_id","list")
);
--> statement-breakpoint
CREATE TABLE "proofs" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"needs" text NOT NULL,
	"state" text NOT NULL,
	"summary" jsonb NOT NULL,
	"input_digest" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"guesses" integer NOT NULL,
	"sends" integer NOT NULL,
	"code_mac" text,
	"code_channel" text,
	"code_reference" text,
	"code_sent_to" text,
	"code_sent_at" timestamp with time zone,
	"code_expires_at" timestamp with time zone,
	"passed_until" timestamp with time zone,
	"used_at" timestamp with time zone,
	CONSTRAINT "proofs_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "proofs_states" CHECK ("proofs"."state" in ('open','passed','used','locked','void')),
	CONSTRAINT "proofs_needs" CHECK ("proofs"."needs" in ('code','click')),
	CONSTRAINT "proofs_counts" CHECK ("proofs"."guesses" between 0 and 5 and "proofs"."sends" between 0 and 4)
);
--> statement-breakpoint
CREATE TABLE "request_keys" (
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"key" text NOT NULL,
	"input_digest" text NOT NULL,
	"status" integer,
	"body" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "request_keys_partner_id_member_id_endpoint_key_pk" PRIMARY KEY("partner_id","member_id","endpoint","key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"is_batch" boolean NOT NULL,
	"actor_id" uuid,
	"proof_id" uuid,
	"key_hash" text,
	"request_id" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfers_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "transfers_number" UNIQUE("partner_id","number")
);
--> statement-breakpoint
CREATE TABLE "verification_guards" (
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"guesses" timestamp with time zone[] NOT NULL,
	"hour_from" timestamp with time zone NOT NULL,
	"day_from" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "verification_guards_partner_id_member_id_pk" PRIMARY KEY("partner_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "views" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "views_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_partner_id_transfer_id_transfers_partner_id_id_fk" FOREIGN KEY ("partner_id","transfer_id") REFERENCES "public"."transfers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_partner_id_manager_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","manager_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_partner_id_transfer_id_transfers_partner_id_id_fk" FOREIGN KEY ("partner_id","transfer_id") REFERENCES "public"."transfers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_partner_id_account_id_accounts_partner_id_id_fk" FOREIGN KEY ("partner_id","account_id") REFERENCES "public"."accounts"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_chunks" ADD CONSTRAINT "export_chunks_partner_id_export_id_export_tasks_partner_id_id_fk" FOREIGN KEY ("partner_id","export_id") REFERENCES "public"."export_tasks"("partner_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_moves" ADD CONSTRAINT "lot_moves_partner_id_adjustment_id_adjustments_partner_id_id_fk" FOREIGN KEY ("partner_id","adjustment_id") REFERENCES "public"."adjustments"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_moves" ADD CONSTRAINT "lot_moves_partner_id_lot_id_lots_partner_id_id_fk" FOREIGN KEY ("partner_id","lot_id") REFERENCES "public"."lots"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_partner_id_account_id_accounts_partner_id_id_fk" FOREIGN KEY ("partner_id","account_id") REFERENCES "public"."accounts"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_partner_id_transfer_id_transfers_partner_id_id_fk" FOREIGN KEY ("partner_id","transfer_id") REFERENCES "public"."transfers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_kind" ON "accounts" USING btree ("partner_id","kind","balance","owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_partner_kind" ON "accounts" USING btree ("partner_id","kind") WHERE owner_id is null;--> statement-breakpoint
CREATE INDEX "adjustments_seq" ON "adjustments" USING btree ("partner_id","seq");--> statement-breakpoint
CREATE INDEX "adjustments_customer" ON "adjustments" USING btree ("partner_id","customer_id","seq");--> statement-breakpoint
CREATE INDEX "adjustments_transfer" ON "adjustments" USING btree ("partner_id","transfer_id");--> statement-breakpoint
CREATE INDEX "adjustments_batch" ON "adjustments" USING btree ("partner_id","batch_number");--> statement-breakpoint
CREATE INDEX "adjustments_amount" ON "adjustments" USING btree ("partner_id","amount","seq");--> statement-breakpoint
CREATE INDEX "customers_associated" ON "customers" USING btree ("partner_id","associated_at","id");--> statement-breakpoint
CREATE INDEX "customers_manager" ON "customers" USING btree ("partner_id","manager_id","associated_at");--> statement-breakpoint
CREATE INDEX "customers_mobile" ON "customers" USING btree ("partner_id","mobile");--> statement-breakpoint
CREATE INDEX "customers_last4" ON "customers" USING btree ("partner_id","mobile_last4");--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("partner_id","email");--> statement-breakpoint
CREATE INDEX "customers_email4" ON "customers" USING btree ("partner_id","email_last4");--> statement-breakpoint
CREATE INDEX "customers_account_name" ON "customers" USING btree ("partner_id","account_key");--> statement-breakpoint
CREATE INDEX "customers_tag" ON "customers" USING btree ("partner_id","tag");--> statement-breakpoint
CREATE INDEX "customers_expenditure" ON "customers" USING btree ("partner_id","month_expenditure","id");--> statement-breakpoint
CREATE INDEX "customers_budget" ON "customers" USING btree ("partner_id","budget_percent","id");--> statement-breakpoint
CREATE INDEX "customers_expiry" ON "customers" USING btree ("partner_id","next_expiry","id");--> statement-breakpoint
CREATE INDEX "customers_state" ON "customers" USING btree ("partner_id","state","associated_at");--> statement-breakpoint
CREATE INDEX "entries_account" ON "entries" USING btree ("partner_id","account_id","seq");--> statement-breakpoint
CREATE INDEX "entries_transfer" ON "entries" USING btree ("partner_id","transfer_id");--> statement-breakpoint
CREATE INDEX "export_tasks_created" ON "export_tasks" USING btree ("partner_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "log_entries_id" ON "log_entries" USING btree ("partner_id","id");--> statement-breakpoint
CREATE INDEX "log_entries_operation" ON "log_entries" USING btree ("partner_id","operation","seq");--> statement-breakpoint
CREATE INDEX "log_entries_operator" ON "log_entries" USING btree ("partner_id","operator_id","seq");--> statement-breakpoint
CREATE INDEX "log_entries_customer" ON "log_entries" USING btree ("partner_id","customer_id","seq");--> statement-breakpoint
CREATE INDEX "log_entries_at" ON "log_entries" USING btree ("partner_id","at");--> statement-breakpoint
CREATE INDEX "log_entries_request" ON "log_entries" USING btree ("partner_id","request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "logins_member" ON "logins" USING btree ("partner_id","member_id");--> statement-breakpoint
CREATE INDEX "lots_account" ON "lots" USING btree ("partner_id","account_id","seq");--> statement-breakpoint
CREATE INDEX "lots_open" ON "lots" USING btree ("partner_id","account_id","seq") WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX "messages_queued" ON "messages" USING btree ("partner_id","due_at") WHERE state = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "proofs_open" ON "proofs" USING btree ("partner_id","member_id","session_id","digest") WHERE state in ('open','passed');--> statement-breakpoint
CREATE INDEX "proofs_member" ON "proofs" USING btree ("partner_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("partner_id","member_id","started_at");