CREATE TABLE "image" (
	"issuer_id" text NOT NULL,
	"digest" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"size" integer NOT NULL,
	"drawn" boolean NOT NULL,
	"body" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "image_issuer_id_digest_pk" PRIMARY KEY("issuer_id","digest")
);
--> statement-breakpoint
ALTER TABLE "credential_class" ADD COLUMN "image_digest" text;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_issuer_id_issuer_issuer_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."issuer"("issuer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "image_created" ON "image" USING btree ("issuer_id","created_at","digest");--> statement-breakpoint
CREATE INDEX "image_tx" ON "image" USING btree ("issuer_id","tx","digest");--> statement-breakpoint
ALTER TABLE "credential_class" ADD CONSTRAINT "credential_class_image" FOREIGN KEY ("issuer_id","image_digest") REFERENCES "public"."image"("issuer_id","digest") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
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
