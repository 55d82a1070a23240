-- What the gateway keeps inside PostgreSQL. It is run at each start of the gateway, so every statement may be repeated.

CREATE SCHEMA IF NOT EXISTS gateway;

-- The last retryable write of each session, kept beside the data: write and record commit together, so a resend finds
-- either both or neither, even after a crash. A real server forgets after 30 minutes; a test never lives so long.
CREATE TABLE IF NOT EXISTS gateway.finished (
  session bytea PRIMARY KEY,
  number  bigint NOT NULL,
  reply   bytea
);

-- One write command. With a session it has its effect at most once per transaction number, however often it is sent:
-- the row lock makes a resend wait for a first sending that is still at work on another connection.
CREATE OR REPLACE FUNCTION gateway.write(
  verb text, db text, command documentdb_core.bson, documents documentdb_core.bsonsequence, session_id bytea, txn bigint,
  OUT reply bytea, OUT clean boolean) AS $$
DECLARE
  past gateway.finished;
BEGIN
  IF session_id IS NOT NULL THEN
    INSERT INTO gateway.finished VALUES (session_id, -1, NULL) ON CONFLICT DO NOTHING;
    SELECT * INTO past FROM gateway.finished WHERE session = session_id FOR UPDATE;
    IF past.number = txn THEN
      reply := past.reply;
      clean := false;  -- not known any more, so let it be looked at
      RETURN;
    ELSIF past.number > txn THEN
      RAISE EXCEPTION 'a newer transaction number was already used in this session' USING ERRCODE = 'M00F5';
    END IF;
  END IF;
  CASE verb
    WHEN 'insert' THEN
      SELECT p_result::bytea, p_success INTO reply, clean FROM documentdb_api.insert(db, command, documents);
    WHEN 'update' THEN
      SELECT p_result::bytea, p_success INTO reply, clean FROM documentdb_api.update(db, command, documents);
    WHEN 'delete' THEN
      SELECT p_result::bytea, p_success INTO reply, clean FROM documentdb_api.delete(db, command, documents);
    WHEN 'findAndModify' THEN
      SELECT p_result::bytea, p_success INTO reply, clean FROM documentdb_api.find_and_modify(db, command);
  END CASE;
  IF session_id IS NOT NULL THEN
    UPDATE gateway.finished SET number = txn, reply = write.reply WHERE session = session_id;
  END IF;
END
$$ LANGUAGE plpgsql;
