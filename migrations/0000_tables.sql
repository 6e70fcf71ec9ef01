CREATE TABLE "api_key" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"client_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_key_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_key_lookup" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"issuer_id" text NOT NULL,
	"client_id" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "client_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "assertion" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"external_id" text,
	"class_id" text NOT NULL,
	"lineage_id" text NOT NULL,
	"recipient_id" text NOT NULL,
	"period" text NOT NULL,
	"state" text NOT NULL,
	"formats" text[] NOT NULL,
	"inputs" json NOT NULL,
	"issuer_version" integer NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"digest" "bytea" NOT NULL,
	"proof_key_id" text NOT NULL,
	"jwt_key_id" text,
	"status_list" integer NOT NULL,
	"status_index" integer NOT NULL,
	"suspension_list" integer,
	"suspension_index" integer,
	"supersedes" text,
	"superseded_by" text,
	"status_reason" text,
	"status_changed_at" timestamp (3) with time zone,
	"client_id" text NOT NULL,
	"actor" text,
	"request_id" text NOT NULL,
	"idempotency_key" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "assertion_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "award_key" (
	"issuer_id" text NOT NULL,
	"lineage_id" text NOT NULL,
	"recipient_id" text NOT NULL,
	"period" text NOT NULL,
	"assertion_id" text NOT NULL,
	CONSTRAINT "award_key_issuer_id_lineage_id_recipient_id_period_pk" PRIMARY KEY("issuer_id","lineage_id","recipient_id","period")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"issuer_id" text NOT NULL,
	"assertion_id" text NOT NULL,
	"format" text NOT NULL,
	"media_type" text NOT NULL,
	"body" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_issuer_id_assertion_id_format_pk" PRIMARY KEY("issuer_id","assertion_id","format")
);
--> statement-breakpoint
CREATE TABLE "sealing_queue" (
	"issuer_id" text NOT NULL,
	"assertion_id" text NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sealing_queue_issuer_id_assertion_id_pk" PRIMARY KEY("issuer_id","assertion_id")
);
--> statement-breakpoint
CREATE TABLE "class_lineage" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"external_id" text,
	CONSTRAINT "class_lineage_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "credential_class" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"lineage_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"body" json NOT NULL,
	"supersedes" text,
	"issuer_version" integer,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	"achievement" text,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "credential_class_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"issuer_id" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "event_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"client_id" text NOT NULL,
	"actor" text,
	"request_id" text,
	"resource_type" text NOT NULL,
	"resource_id" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "event_issuer_id_seq_pk" PRIMARY KEY("issuer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"issuer_id" text NOT NULL,
	"client_id" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"resource_id" text,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"response" text,
	"location" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_issuer_id_client_id_route_key_pk" PRIMARY KEY("issuer_id","client_id","route","key")
);
--> statement-breakpoint
CREATE TABLE "issuer" (
	"issuer_id" text NOT NULL,
	"external_id" text,
	"base_url" text NOT NULL,
	"base_frozen_at" timestamp (3) with time zone,
	"kind" text NOT NULL,
	"may_award_ects" jsonb,
	"test" boolean NOT NULL,
	"jwt_algorithm" text NOT NULL,
	"default_formats" text[] NOT NULL,
	"version" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "issuer_issuer_id_pk" PRIMARY KEY("issuer_id")
);
--> statement-breakpoint
CREATE TABLE "issuer_lookup" (
	"external_id" text PRIMARY KEY NOT NULL,
	"issuer_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issuer_version" (
	"issuer_id" text NOT NULL,
	"version" integer NOT NULL,
	"body" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issuer_version_issuer_id_version_pk" PRIMARY KEY("issuer_id","version")
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"purpose" text NOT NULL,
	"algorithm" text NOT NULL,
	"state" text NOT NULL,
	"kid" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"compromised_at" timestamp (3) with time zone,
	CONSTRAINT "signing_key_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "recipient" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"external_id" text,
	"given_name" text,
	"family_name" text,
	"full_name" text NOT NULL,
	"birth_date" date,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "recipient_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
CREATE TABLE "recipient_identifier" (
	"issuer_id" text NOT NULL,
	"recipient_id" text NOT NULL,
	"type" text NOT NULL,
	"value" text NOT NULL,
	"original" text NOT NULL,
	"resolving" boolean NOT NULL,
	CONSTRAINT "recipient_identifier_issuer_id_recipient_id_type_value_pk" PRIMARY KEY("issuer_id","recipient_id","type","value")
);
--> statement-breakpoint
CREATE TABLE "status_entry" (
	"issuer_id" text NOT NULL,
	"list" integer NOT NULL,
	"index" integer NOT NULL,
	"set" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "status_entry_issuer_id_list_index_pk" PRIMARY KEY("issuer_id","list","index")
);
--> statement-breakpoint
CREATE TABLE "status_list" (
	"issuer_id" text NOT NULL,
	"number" integer NOT NULL,
	"purpose" text NOT NULL,
	"order_key" "bytea" NOT NULL,
	"leased" integer DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"signed_version" bigint DEFAULT 0 NOT NULL,
	"body" text,
	"digest" text,
	"signed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "status_list_issuer_id_number_pk" PRIMARY KEY("issuer_id","number")
);
--> statement-breakpoint
CREATE TABLE "status_queue" (
	"issuer_id" text NOT NULL,
	"list" integer NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "status_queue_issuer_id_list_pk" PRIMARY KEY("issuer_id","list")
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_issuer_id_client_id_client_issuer_id_id_fk" FOREIGN KEY ("issuer_id","client_id") REFERENCES "public"."client"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_issuer_id_class_id_credential_class_issuer_id_id_fk" FOREIGN KEY ("issuer_id","class_id") REFERENCES "public"."credential_class"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_issuer_id_recipient_id_recipient_issuer_id_id_fk" FOREIGN KEY ("issuer_id","recipient_id") REFERENCES "public"."recipient"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_issuer_id_issuer_version_issuer_version_issuer_id_version_fk" FOREIGN KEY ("issuer_id","issuer_version") REFERENCES "public"."issuer_version"("issuer_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_issuer_id_assertion_id_assertion_issuer_id_id_fk" FOREIGN KEY ("issuer_id","assertion_id") REFERENCES "public"."assertion"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_lineage" ADD CONSTRAINT "class_lineage_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_class" ADD CONSTRAINT "credential_class_issuer_id_lineage_id_class_lineage_issuer_id_id_fk" FOREIGN KEY ("issuer_id","lineage_id") REFERENCES "public"."class_lineage"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issuer_version" ADD CONSTRAINT "issuer_version_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipient" ADD CONSTRAINT "recipient_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipient_identifier" ADD CONSTRAINT "recipient_identifier_issuer_id_recipient_id_recipient_issuer_id_id_fk" FOREIGN KEY ("issuer_id","recipient_id") REFERENCES "public"."recipient"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_entry" ADD CONSTRAINT "status_entry_issuer_id_list_status_list_issuer_id_number_fk" FOREIGN KEY ("issuer_id","list") REFERENCES "public"."status_list"("issuer_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_list" ADD CONSTRAINT "status_list_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_key_client" ON "api_key" USING btree ("issuer_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assertion_external_id" ON "assertion" USING btree ("issuer_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assertion_status" ON "assertion" USING btree ("issuer_id","status_list","status_index");--> statement-breakpoint
CREATE UNIQUE INDEX "assertion_suspension" ON "assertion" USING btree ("issuer_id","suspension_list","suspension_index");--> statement-breakpoint
CREATE UNIQUE INDEX "assertion_supersedes" ON "assertion" USING btree ("issuer_id","supersedes") WHERE state <> 'void';--> statement-breakpoint
CREATE INDEX "assertion_class" ON "assertion" USING btree ("issuer_id","class_id");--> statement-breakpoint
CREATE INDEX "assertion_recipient" ON "assertion" USING btree ("issuer_id","recipient_id");--> statement-breakpoint
CREATE INDEX "assertion_created" ON "assertion" USING btree ("issuer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "assertion_tx" ON "assertion" USING btree ("issuer_id","tx","id");--> statement-breakpoint
CREATE INDEX "award_key_assertion" ON "award_key" USING btree ("issuer_id","assertion_id");--> statement-breakpoint
CREATE INDEX "sealing_queue_lease" ON "sealing_queue" USING btree ("lease_until");--> statement-breakpoint
CREATE UNIQUE INDEX "class_lineage_external_id" ON "class_lineage" USING btree ("issuer_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credential_class_version" ON "credential_class" USING btree ("issuer_id","lineage_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "credential_class_draft" ON "credential_class" USING btree ("issuer_id","lineage_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "credential_class_published" ON "credential_class" USING btree ("issuer_id","lineage_id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "credential_class_created" ON "credential_class" USING btree ("issuer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "credential_class_tx" ON "credential_class" USING btree ("issuer_id","tx","id");--> statement-breakpoint
CREATE INDEX "event_tx" ON "event" USING btree ("issuer_id","tx","seq");--> statement-breakpoint
CREATE INDEX "event_resource" ON "event" USING btree ("issuer_id","resource_type","resource_id");--> statement-breakpoint
CREATE INDEX "idempotency_created" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_key_kid" ON "signing_key" USING btree ("issuer_id","kid");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_key_active" ON "signing_key" USING btree ("issuer_id","purpose","algorithm") WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "recipient_external_id" ON "recipient" USING btree ("issuer_id","external_id");--> statement-breakpoint
CREATE INDEX "recipient_created" ON "recipient" USING btree ("issuer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "recipient_tx" ON "recipient" USING btree ("issuer_id","tx","id");--> statement-breakpoint
CREATE UNIQUE INDEX "recipient_identifier_resolving" ON "recipient_identifier" USING btree ("issuer_id","type","value") WHERE resolving;