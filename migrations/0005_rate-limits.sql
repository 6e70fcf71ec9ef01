CREATE TABLE "rate_window" (
	"minute" bigint NOT NULL,
	"bucket" "bytea" NOT NULL,
	"taken" bigint NOT NULL,
	CONSTRAINT "rate_window_minute_bucket_pk" PRIMARY KEY("minute","bucket")
);
--> statement-breakpoint
ALTER TABLE "sealing_queue" ADD COLUMN "since" timestamp (3) with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
-- Counts of requests: written often, missed by nobody after a crash.
ALTER TABLE rate_window SET UNLOGGED;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_window TO microcert_app;
