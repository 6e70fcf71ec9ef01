-- Finds the client of an API key by the key's SHA-256, in one round trip. The lookup table gives the tenant;
-- everything else is read under that tenant's policies.
CREATE FUNCTION authenticate(p_hash bytea)
RETURNS TABLE (issuer_id text, client_id text, key_id text, name text, scopes text[])
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_found api_key_lookup%ROWTYPE;
BEGIN
  SELECT * INTO v_found FROM api_key_lookup l WHERE l.hash = p_hash;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('app.issuer', v_found.issuer_id, true);
  RETURN QUERY
    SELECT c.issuer_id, c.id, k.id, c.name, c.scopes
    FROM api_key k JOIN client c ON c.issuer_id = k.issuer_id AND c.id = k.client_id
    WHERE k.issuer_id = v_found.issuer_id AND k.id = v_found.key_id
      AND k.revoked_at IS NULL AND c.disabled_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now());
END $$;
--> statement-breakpoint
-- Finds the learner by identifiers in the order given, which is the order of trust, or makes one; what is made or
-- learnt of a learner is an event. p_identifiers: [{"type", "value", "original", "resolving"}], p_act: {"clientId",
-- "actor", "requestId"}. Returns null where the identifiers belong to two people.
CREATE FUNCTION resolve_recipient(p_issuer text, p_new_id text, p_names jsonb, p_identifiers jsonb, p_act jsonb)
RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_found text[]; v_recipient text; v_added integer; v_action text;
BEGIN
  -- A person that another transaction makes at this moment is seen in the second turn.
  FOR turn IN 1..2 LOOP
    SELECT array_agg(DISTINCT i.recipient_id) INTO v_found
    FROM jsonb_to_recordset(p_identifiers) AS p(type text, value text, resolving boolean)
    JOIN recipient_identifier i ON i.issuer_id = p_issuer AND i.type = p.type AND i.value = p.value AND i.resolving
    WHERE p.resolving;
    IF cardinality(v_found) > 1 THEN RETURN NULL; END IF;
    BEGIN
      v_recipient := coalesce(v_found[1], p_new_id);
      v_action := CASE WHEN v_found[1] IS NULL THEN 'recipient.create' ELSE 'recipient.identify' END;
      IF v_found[1] IS NULL THEN
        INSERT INTO recipient (issuer_id, id, given_name, family_name, full_name, birth_date)
        VALUES (p_issuer, p_new_id, p_names->>'givenName', p_names->>'familyName', p_names->>'fullName',
          (p_names->>'birthDate')::date);
      END IF;
      INSERT INTO recipient_identifier (issuer_id, recipient_id, type, value, original, resolving)
      SELECT p_issuer, v_recipient, p.type, p.value, p.original, p.resolving
      FROM jsonb_to_recordset(p_identifiers) AS p(type text, value text, original text, resolving boolean)
      -- One order for all, or two requests that name one learner the other way round would wait for each other.
      ORDER BY p.type, p.value
      ON CONFLICT (issuer_id, recipient_id, type, value) DO NOTHING;
      GET DIAGNOSTICS v_added = ROW_COUNT;
      IF v_added > 0 THEN
        -- Whoever is about to replace what is known of the learner must see that more is known now.
        UPDATE recipient SET revision = revision + 1, updated_at = now(), tx = pg_current_xact_id()
        WHERE issuer_id = p_issuer AND id = v_recipient AND v_action = 'recipient.identify';
        INSERT INTO event (issuer_id, action, client_id, actor, request_id, resource_type, resource_id)
        VALUES (p_issuer, v_action, p_act->>'clientId', p_act->>'actor', p_act->>'requestId', 'recipient', v_recipient);
      END IF;
      RETURN v_recipient;
    EXCEPTION WHEN unique_violation THEN
      -- Somebody else was given one of these identifiers in between: look again.
      NULL;
    END;
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The step "record" of one issuance: natural key, idempotency claim, status places and the digest of what will
-- be signed, in one commit, before anything is signed. The inputs stay JSON text, because an award is finished
-- after a crash by building the same bytes from them, and jsonb forgets the order of members.
CREATE FUNCTION record_assertion(p jsonb, p_inputs json)
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
    inputs, issuer_version, issued_at, digest, proof_key_id, jwt_key_id, status_list, status_index,
    suspension_list, suspension_index, supersedes, client_id, actor, request_id, idempotency_key)
  VALUES (v_issuer, v_id, p->>'externalId', p->>'classId', p->>'lineageId', v_recipient, p->>'period', 'prepared',
    ARRAY(SELECT jsonb_array_elements_text(p->'formats')), p_inputs, (p->>'issuerVersion')::int,
    (p->>'issuedAt')::timestamptz, decode(p->>'digest', 'hex'), p->>'proofKeyId', p->>'jwtKeyId',
    (p->>'statusList')::int, (p->>'statusIndex')::int, (p->>'suspensionList')::int, (p->>'suspensionIndex')::int,
    p->>'supersedes', p->>'clientId', p->>'actor', p->>'requestId', p->>'idempotencyKey');
  INSERT INTO sealing_queue (issuer_id, assertion_id, lease_until) VALUES (v_issuer, v_id, now() + v_lease);
  RETURN QUERY SELECT 'recorded', v_id, v_recipient, NULL::int, NULL::text, NULL::text;
END $$;
--> statement-breakpoint
-- The step "publish": the exact bytes, the state, one event and the answer to the idempotency key in one commit.
-- Returns false, and writes nothing, where another process published or voided the award first, or a key it was
-- signed with was marked compromised since it was recorded. Refuses (MC005) a correction whose original was
-- revoked, suspended or corrected since.
CREATE FUNCTION publish_assertion(p jsonb, p_documents json, p_response text) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_issuer text := p->>'issuerId';
  v_id text := p->>'id';
  v_award assertion%ROWTYPE;
  v_original assertion%ROWTYPE;
BEGIN
  PERFORM set_config('app.issuer', v_issuer, true);
  UPDATE assertion a SET state = 'issued', updated_at = now(), tx = pg_current_xact_id()
  WHERE a.issuer_id = v_issuer AND a.id = v_id AND a.state = 'prepared'
    AND NOT EXISTS (SELECT FROM signing_key k WHERE k.issuer_id = v_issuer AND k.state = 'compromised'
      AND k.id IN (a.proof_key_id, a.jwt_key_id))
  RETURNING a.* INTO v_award;
  IF NOT FOUND THEN RETURN false; END IF;

  INSERT INTO document (issuer_id, assertion_id, format, media_type, body, digest)
  SELECT v_issuer, v_id, d.format, d."mediaType", d.body, d.digest
  FROM json_to_recordset(p_documents) AS d(format text, "mediaType" text, body text, digest text);

  IF v_award.supersedes IS NOT NULL THEN
    -- The award before its natural key, as a revocation takes them, so that neither waits for the other.
    UPDATE assertion a SET superseded_by = v_id, revision = a.revision + 1, updated_at = now(),
      tx = pg_current_xact_id()
    WHERE a.issuer_id = v_issuer AND a.id = v_award.supersedes AND a.state = 'issued' AND a.superseded_by IS NULL
    RETURNING a.* INTO v_original;
    IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'MC005', MESSAGE = 'assertion-not-correctable'; END IF;
    UPDATE award_key k SET assertion_id = v_id
    WHERE k.issuer_id = v_issuer AND k.assertion_id = v_award.supersedes;
    -- The caller's id goes on naming what is current.
    UPDATE assertion a SET external_id = NULL WHERE a.issuer_id = v_issuer AND a.id = v_original.id;
    UPDATE assertion a SET external_id = v_original.external_id WHERE a.issuer_id = v_issuer AND a.id = v_id;
    IF v_award.inputs->>'original' = 'revoke' THEN
      INSERT INTO event (issuer_id, action, client_id, actor, request_id, resource_type, resource_id, data)
      VALUES (v_issuer, 'assertion.revoke', p->>'clientId', p->>'actor', p->>'requestId', 'assertion', v_original.id,
        jsonb_build_object('reason', 'superseded', 'supersededBy', v_id));
      UPDATE assertion a SET state = 'revoked', status_reason = 'superseded', status_changed_at = now()
      WHERE a.issuer_id = v_issuer AND a.id = v_original.id;
      -- In this order: whoever signs the list at this moment waits for its row, or sees the change.
      UPDATE status_list l SET version = l.version + 1
      WHERE l.issuer_id = v_issuer AND l.number = v_original.status_list;
      INSERT INTO status_entry (issuer_id, list, index, set)
      VALUES (v_issuer, v_original.status_list, v_original.status_index, true)
      ON CONFLICT (issuer_id, list, index) DO UPDATE SET set = true, changed_at = now();
      INSERT INTO status_queue (issuer_id, list) VALUES (v_issuer, v_original.status_list) ON CONFLICT DO NOTHING;
    END IF;
  END IF;

  INSERT INTO event (issuer_id, action, client_id, actor, request_id, resource_type, resource_id, data)
  VALUES (v_issuer, CASE WHEN v_award.supersedes IS NULL THEN 'assertion.issue' ELSE 'assertion.reissue' END,
    p->>'clientId', p->>'actor', p->>'requestId', 'assertion', v_id,
    p->'data' || CASE WHEN v_award.supersedes IS NULL THEN '{}'
      ELSE jsonb_build_object('supersedes', v_award.supersedes, 'original', v_award.inputs->>'original') END);
  UPDATE idempotency i SET status = 201, response = p_response, location = p->>'location'
  WHERE i.issuer_id = v_issuer AND i.client_id = v_award.client_id AND i.route = p->>'route'
    AND i.key = v_award.idempotency_key AND i.resource_id = v_id AND i.status IS NULL;
  DELETE FROM sealing_queue q WHERE q.issuer_id = v_issuer AND q.assertion_id = v_id;
  RETURN true;
END $$;
--> statement-breakpoint
-- One signed form of an award with what a reader's headers need, in one round trip.
CREATE FUNCTION published_document(p_issuer text, p_assertion text, p_format text)
RETURNS TABLE (media_type text, body text, digest text, state text, superseded_by text, formats text[])
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.issuer', p_issuer, true);
  RETURN QUERY
    SELECT d.media_type, d.body, d.digest, a.state, a.superseded_by, a.formats
    FROM document d JOIN assertion a ON a.issuer_id = d.issuer_id AND a.id = d.assertion_id
    WHERE d.issuer_id = p_issuer AND d.assertion_id = p_assertion AND d.format = p_format;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION current_issuer(), authenticate(bytea), resolve_recipient(text, text, jsonb, jsonb, jsonb),
  record_assertion(jsonb, json), publish_assertion(jsonb, json, text), published_document(text, text, text) TO microcert_app;
