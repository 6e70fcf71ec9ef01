-- The role the service runs as. It owns nothing, cannot bypass row-level security and cannot log in by itself:
-- the service logs in as a member and changes to it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'microcert_app') THEN
    BEGIN
      CREATE ROLE microcert_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      -- Another database of this server is being migrated at the same moment.
      NULL;
    END;
  END IF;
  -- From version 16 on whoever makes a role is a member of it that cannot change to it.
  IF current_setting('server_version_num')::int >= 160000 THEN
    IF NOT pg_has_role(current_user, 'microcert_app', 'SET') THEN
      EXECUTE format('GRANT microcert_app TO %I WITH SET TRUE', current_user);
    END IF;
  ELSIF NOT pg_has_role(current_user, 'microcert_app', 'MEMBER') THEN
    EXECUTE format('GRANT microcert_app TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO microcert_app;
--> statement-breakpoint
-- The tenant of the transaction. Empty where none was named, and then no row is seen.
CREATE FUNCTION current_issuer() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.issuer', true), '') $$;
--> statement-breakpoint
-- Every table with tenant rows: forced row-level security, so that not even its owner sees another tenant's.
DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['issuer', 'issuer_version', 'client', 'api_key', 'signing_key', 'class_lineage',
    'credential_class', 'recipient', 'recipient_identifier', 'assertion', 'award_key', 'document',
    'status_list', 'status_entry', 'event', 'idempotency'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (issuer_id = current_issuer()) WITH CHECK (issuer_id = current_issuer())', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- The platform lists issuers; a setting of its own says that a platform client asks.
CREATE POLICY platform_reads ON issuer FOR SELECT USING (current_setting('app.platform', true) = 'on');
--> statement-breakpoint
CREATE POLICY platform_reads ON issuer_version FOR SELECT USING (current_setting('app.platform', true) = 'on');
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON issuer, client, api_key, signing_key, class_lineage, recipient, assertion,
  status_list, status_entry TO microcert_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON credential_class, recipient_identifier, award_key, idempotency,
  sealing_queue, status_queue, api_key_lookup TO microcert_app;
--> statement-breakpoint
GRANT DELETE ON class_lineage TO microcert_app;
--> statement-breakpoint
-- What was signed, said or done is added to and never changed.
GRANT SELECT, INSERT ON issuer_version, issuer_lookup, document, event TO microcert_app;
--> statement-breakpoint
-- Documents compress little more than their signatures allow; uncompressed they are read without a detour.
ALTER TABLE document ALTER COLUMN body SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE status_list ALTER COLUMN body SET STORAGE EXTERNAL;
