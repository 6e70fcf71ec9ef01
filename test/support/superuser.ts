/** A database superuser: sees every row, and plants what the service cannot do to itself. */
import pg from 'pg';

export type Superuser = ReturnType<typeof superuser>;

export type Operation = 'insert' | 'update' | 'delete';

export function superuser(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });

  async function query(text: string, values: unknown[] = []): Promise<Record<string, any>[]> {
    return (await pool.query(text, values)).rows;
  }

  /** Makes the next such operation on a row of the issuer fail, and none after it. Returns how to take it out. */
  async function failOnce(
    issuerId: string,
    operation: Operation,
    table: string,
    condition = 'true',
  ): Promise<() => Promise<void>> {
    const row = operation === 'delete' ? 'old' : 'new';
    // A sequence remembers that the fault has come, although the transaction it came in is rolled back.
    await query(`
      create sequence planted_turn;
      create function planted_fault() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.planted_turn') = 1 then
          raise exception 'planted fault, row %', coalesce(new, old);
        end if;
        return coalesce(new, old);
      end $$;
      create trigger planted before ${operation} on ${table} for each row
        when (${row}.issuer_id = '${issuerId}' and ${condition})
        execute function planted_fault()`);
    return async () => {
      const [turn] = await query('select is_called from planted_turn');
      await query(
        `drop trigger planted on ${table}; drop function planted_fault; drop sequence planted_turn`,
      );
      if (turn?.['is_called'] !== true) throw new Error(`nothing was to ${operation} in ${table}`);
    };
  }

  /** Runs a statement, in which NEW is the row, with every insert into a table; returns how to stop it. */
  async function onInsert(table: string, statement: string): Promise<() => Promise<void>> {
    await query(`
      create function planted_act() returns trigger language plpgsql security definer as $$
      begin ${statement}; return new; end $$;
      create trigger planted after insert on ${table} for each row execute function planted_act()`);
    return async () => {
      await query(`drop trigger planted on ${table}; drop function planted_act`);
    };
  }

  return {
    query,
    failOnce,
    onInsert,
    /** A connection of its own, for transactions that stay open. */
    connect: () => pool.connect(),
    /** Ends the leases of all claims, as 30 seconds would. */
    endLeases: async () => {
      await query("update sealing_queue set lease_until = now() - interval '1 second'");
      await query(
        "update idempotency set lease_until = now() - interval '1 second' where status is null",
      );
    },
    close: () => pool.end(),
  };
}

/** What stands in the database of one issuer. */
export async function standing(database: Superuser, issuerId: string) {
  const [row] = await database.query(
    `select
      (select count(*)::int from assertion where issuer_id = $1 and state = 'prepared') as prepared,
      (select count(*)::int from assertion where issuer_id = $1 and state = 'issued') as issued,
      (select count(*)::int from assertion where issuer_id = $1 and state = 'void') as void,
      (select count(*)::int from recipient where issuer_id = $1) as recipients,
      (select count(*)::int from award_key where issuer_id = $1) as "naturalKeys",
      (select count(*)::int from document where issuer_id = $1) as documents,
      (select count(*)::int from sealing_queue where issuer_id = $1) as waiting,
      (select count(*)::int from idempotency where issuer_id = $1 and route = 'issueAssertion') as claims,
      (select count(*)::int from event where issuer_id = $1 and action = 'assertion.issue') as events`,
    [issuerId],
  );
  return row;
}

export const NOTHING = {
  prepared: 0,
  issued: 0,
  void: 0,
  recipients: 0,
  naturalKeys: 0,
  documents: 0,
  waiting: 0,
  claims: 0,
  events: 0,
};
export const PREPARED = {
  ...NOTHING,
  prepared: 1,
  recipients: 1,
  naturalKeys: 1,
  waiting: 1,
  claims: 1,
};
export const ISSUED = {
  ...NOTHING,
  issued: 1,
  recipients: 1,
  naturalKeys: 1,
  documents: 2,
  claims: 1,
  events: 1,
};
