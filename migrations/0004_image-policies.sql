ALTER TABLE image ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE image FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON image USING (issuer_id = current_issuer()) WITH CHECK (issuer_id = current_issuer());
--> statement-breakpoint
-- A picture stands in signed documents by what it is: it is added and never changed or taken away.
GRANT SELECT, INSERT ON image TO microcert_app;
--> statement-breakpoint
-- PNG and JPEG are compressed already.
ALTER TABLE image ALTER COLUMN body SET STORAGE EXTERNAL;
