CREATE TABLE "share_link" (
	"issuer_id" text NOT NULL,
	"id" text NOT NULL,
	"assertion_id" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"label" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "share_link_issuer_id_id_pk" PRIMARY KEY("issuer_id","id")
);
--> statement-breakpoint
ALTER TABLE "assertion" ADD COLUMN "visibility" text;--> statement-breakpoint
ALTER TABLE "issuer" ADD COLUMN "visibility" text DEFAULT 'public' NOT NULL;--> statement-breakpoint
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_issuer_id_assertion_id_assertion_issuer_id_id_fk" FOREIGN KEY ("issuer_id","assertion_id") REFERENCES "public"."assertion"("issuer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "share_link_token" ON "share_link" USING btree ("issuer_id","token_hash");--> statement-breakpoint
CREATE INDEX "share_link_assertion" ON "share_link" USING btree ("issuer_id","assertion_id","created_at");
--> statement-breakpoint
ALTER TABLE "share_link" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "share_link" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON share_link USING (issuer_id = current_issuer()) WITH CHECK (issuer_id = current_issuer());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON share_link TO microcert_app;
--> statement-breakpoint
-- The step "record" as before, with what the award says of who is shown its credential.
CREATE OR REPLACE FUNCTION record_assertion(p jsonb, p_inputs json)
RETURNS TABLE (outcome text, assertion_id text, recipient_id text, status integer, response text, location text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_issuer text := p->>'issuerId';
  v_id text := p->>'id';
  v_lease interval := make_interval(secs => (p->>'leaseSeconds')::int);
  v_claim idempotency%ROWTYPE;
  v_recipient text;
  v_current text;
BEGIN
  PERFORM set_config('app.issuer', v_issuer, true);

  IF p->>'idempotencyKey' IS NOT NULL THEN
    INSERT INTO idempotency (issuer_id, client_id, route, key, fingerprint, resource_id, lease_until)
    VALUES (v_issuer, p->>'clientId', p->>'route', p->>'idempotencyKey', decode(p->>'fingerprint', 'hex'), v_id,
      now() + v_lease)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      SELECT * INTO v_claim FROM idempotency i
      WHERE i.issuer_id = v_issuer AND i.client_id = p->>'clientId' AND i.route = p->>'route'
        AND i.key = p->>'idempotencyKey' FOR UPDATE;
      IF v_claim.fingerprint <> decode(p->>'fingerprint', 'hex') THEN
        RETURN QUERY SELECT 'key-reused', NULL::text, NULL::text, NULL::int, NULL::text, NULL::text; RETURN;
      END IF;
      IF v_claim.status IS NOT NULL THEN
        RETURN QUERY SELECT 'replayed', v_claim.resource_id, NULL::text, v_claim.status, v_claim.response,
          v_claim.location; RETURN;
      END IF;
      IF v_claim.lease_until > now() THEN
        RETURN QUERY SELECT 'in-flight', v_claim.resource_id, NULL::text, NULL::int, NULL::text, NULL::text; RETURN;
      END IF;
      -- The request that claimed the key is gone: this one finishes its award.
      UPDATE idempotency i SET lease_until = now() + v_lease
      WHERE i.issuer_id = v_issuer AND i.client_id = p->>'clientId' AND i.route = p->>'route'
        AND i.key = p->>'idempotencyKey';
      UPDATE sealing_queue q SET lease_until = now() + v_lease
      WHERE q.issuer_id = v_issuer AND q.assertion_id = v_claim.resource_id;
      RETURN QUERY SELECT 'resume', v_claim.resource_id, NULL::text, NULL::int, NULL::text, NULL::text; RETURN;
    END IF;
  END IF;

  -- The issuer may have changed since it was read: a document says what is true of it now.
  PERFORM FROM issuer i WHERE i.issuer_id = v_issuer AND i.version = (p->>'issuerVersion')::int
    AND i.base_url = p->>'baseUrl' AND i.test = (p->>'test')::boolean;
  IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'MC006', MESSAGE = 'issuer-changed'; END IF;

  -- The class may have been retired since it was read.
  PERFORM FROM credential_class c
  WHERE c.issuer_id = v_issuer AND c.id = p->>'classId'
    AND (c.state = 'published' OR (p->>'supersedes' IS NOT NULL AND c.state = 'retired')) FOR SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'MC001', MESSAGE = 'class-not-published'; END IF;

  -- A key may have been rotated or marked compromised since it was read.
  IF (SELECT count(*) FROM signing_key k WHERE k.issuer_id = v_issuer AND k.state = 'active'
      AND k.id IN (p->>'proofKeyId', p->>'jwtKeyId')) < num_nonnulls(p->>'proofKeyId', p->>'jwtKeyId') THEN
    RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'key-not-active';
  END IF;

  -- A list may be gone since its places were leased: a standby that took over had not heard of it. What stood there
  -- could never be read, nor revoked.
  IF (SELECT count(*) FROM status_list l WHERE l.issuer_id = v_issuer
      AND l.number IN ((p->>'statusList')::int, (p->>'suspensionList')::int))
    < num_nonnulls(p->>'statusList', p->>'suspensionList') THEN
    RAISE EXCEPTION USING ERRCODE = 'MC007', MESSAGE = 'status-list-gone';
  END IF;

  IF p->>'recipientId' IS NOT NULL THEN
    v_recipient := p->>'recipientId';
  ELSE
    v_recipient := resolve_recipient(v_issuer, p->>'newRecipientId', p->'names', p->'identifiers', p);
    IF v_recipient IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'MC002', MESSAGE = 'recipient-ambiguous'; END IF;
  END IF;

  IF p->>'supersedes' IS NOT NULL THEN
    PERFORM FROM assertion a WHERE a.issuer_id = v_issuer AND a.id = p->>'supersedes'
      AND a.state = 'issued' AND a.superseded_by IS NULL FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'MC005', MESSAGE = 'assertion-not-correctable'; END IF;
  ELSE
    INSERT INTO award_key (issuer_id, lineage_id, recipient_id, period, assertion_id)
    VALUES (v_issuer, p->>'lineageId', v_recipient, p->>'period', v_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      SELECT k.assertion_id INTO v_current FROM award_key k
      WHERE k.issuer_id = v_issuer AND k.lineage_id = p->>'lineageId' AND k.recipient_id = v_recipient
        AND k.period = p->>'period';
      RAISE EXCEPTION USING ERRCODE = 'MC003', MESSAGE = 'award-exists', DETAIL = coalesce(v_current, '');
    END IF;
  END IF;

  INSERT INTO assertion (issuer_id, id, external_id, class_id, lineage_id, recipient_id, period, state, formats,
    inputs, visibility, issuer_version, issued_at, digest, proof_key_id, jwt_key_id, status_list,
    status_index, suspension_list, suspension_index, supersedes, client_id, actor, request_id, idempotency_key)
  VALUES (v_issuer, v_id, p->>'externalId', p->>'classId', p->>'lineageId', v_recipient, p->>'period', 'prepared',
    ARRAY(SELECT jsonb_array_elements_text(p->'formats')), p_inputs, p->>'visibility', (p->>'issuerVersion')::int,
    (p->>'issuedAt')::timestamptz, decode(p->>'digest', 'hex'), p->>'proofKeyId', p->>'jwtKeyId',
    (p->>'statusList')::int, (p->>'statusIndex')::int, (p->>'suspensionList')::int, (p->>'suspensionIndex')::int,
    p->>'supersedes', p->>'clientId', p->>'actor', p->>'requestId', p->>'idempotencyKey');
  INSERT INTO sealing_queue (issuer_id, assertion_id, lease_until) VALUES (v_issuer, v_id, now() + v_lease);
  RETURN QUERY SELECT 'recorded', v_id, v_recipient, NULL::int, NULL::text, NULL::text;
END $$;
--> statement-breakpoint
-- One signed form of an award, as `published_document(text, text, text)`, for those who may be shown it: where the
-- award, or else its issuer, asks for a link token, only with the SHA-256 of a live one. The function without a
-- token stays for processes of the release before, to which what asks for one is absent; nothing of this one calls it.
CREATE FUNCTION published_document(p_issuer text, p_assertion text, p_format text, p_token_hash bytea)
RETURNS TABLE (media_type text, body text, digest text, state text, superseded_by text, visibility text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.issuer', p_issuer, true);
  RETURN QUERY
    SELECT d.media_type, d.body, d.digest, a.state, a.superseded_by, coalesce(a.visibility, i.visibility)
    FROM document d
    JOIN assertion a ON a.issuer_id = d.issuer_id AND a.id = d.assertion_id
    JOIN issuer i ON i.issuer_id = d.issuer_id
    WHERE d.issuer_id = p_issuer AND d.assertion_id = p_assertion AND d.format = p_format
      AND (coalesce(a.visibility, i.visibility) = 'public' OR EXISTS (
        SELECT FROM share_link l
        WHERE l.issuer_id = p_issuer AND l.assertion_id = p_assertion AND l.token_hash = p_token_hash
          AND l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > now())));
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION published_document(p_issuer text, p_assertion text, p_format text)
RETURNS TABLE (media_type text, body text, digest text, state text, superseded_by text, formats text[])
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.issuer', p_issuer, true);
  RETURN QUERY
    SELECT d.media_type, d.body, d.digest, a.state, a.superseded_by, a.formats
    FROM document d
    JOIN assertion a ON a.issuer_id = d.issuer_id AND a.id = d.assertion_id
    JOIN issuer i ON i.issuer_id = d.issuer_id
    WHERE d.issuer_id = p_issuer AND d.assertion_id = p_assertion AND d.format = p_format
      AND coalesce(a.visibility, i.visibility) = 'public';
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION published_document(text, text, text, bytea) TO microcert_app;
