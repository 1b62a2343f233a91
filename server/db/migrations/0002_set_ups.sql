CREATE TABLE "set_ups" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
create index set_ups_member on set_ups (partner_id, member_id);
--> statement-breakpoint
grant select, insert, delete on set_ups to app;
