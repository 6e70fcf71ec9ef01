-- Which server this is, and which making of this table: a dump that is restored, on the same server too, makes it
-- anew. A managed server may keep its identifier to itself; then a copy of all files cannot be told.
CREATE FUNCTION live_cluster() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE v_server text := 'unknown';
BEGIN
  BEGIN
    SELECT system_identifier::text INTO v_server FROM pg_control_system();
  EXCEPTION WHEN insufficient_privilege OR undefined_function OR feature_not_supported THEN
    v_server := 'unknown';
  END;
  RETURN v_server || '.' || 'database_history'::regclass::oid;
END $$;
--> statement-breakpoint
-- From the name of the log file being written: the control file says it only after the next checkpoint.
CREATE FUNCTION live_timeline() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN left(pg_walfile_name(pg_current_wal_lsn()), 8);
EXCEPTION WHEN insufficient_privilege OR undefined_function OR feature_not_supported
  OR object_not_in_prerequisite_state THEN
  RETURN 'unknown';
END $$;
--> statement-breakpoint
CREATE TABLE "database_history" (
	"number" integer PRIMARY KEY NOT NULL,
	"id" text DEFAULT gen_random_uuid() NOT NULL,
	"cluster" text DEFAULT live_cluster() NOT NULL,
	"timeline" text DEFAULT live_timeline() NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
INSERT INTO "database_history" ("number") VALUES (1);
--> statement-breakpoint
GRANT SELECT ON "database_history" TO microcert_app;
--> statement-breakpoint
-- The life this database lives now. Changes by itself when the server or its timeline does, and with every row
-- that a restore adds.
CREATE FUNCTION current_history() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT left(encode(sha256(convert_to(concat_ws('/', h.id, live_cluster(), live_timeline()), 'UTF8')), 'hex'), 16)
  FROM database_history h ORDER BY h.number DESC LIMIT 1
$$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION live_cluster(), live_timeline(), current_history() TO microcert_app;
--> statement-breakpoint
-- Not volatile, so that lists which are there get the value without being written again.
ALTER TABLE "status_list" ADD COLUMN "history" text DEFAULT current_history() NOT NULL;
