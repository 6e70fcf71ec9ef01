-- The roles of a new database, for psql as superuser: the owner of the tables, who migrates, and the login of the
-- service, which is no more than a member of the role that row-level security binds. Their passwords are those in
-- the URLs under /run/secrets; they come into no environment and no list of processes.
\set owner_password `cut -d: -f3 /run/secrets/migration_database_url | cut -d@ -f1`
\set service_password `cut -d: -f3 /run/secrets/database_url | cut -d@ -f1`
CREATE ROLE microcert_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE microcert_owner LOGIN PASSWORD :'owner_password' IN ROLE microcert_app;
CREATE ROLE microcert_service LOGIN PASSWORD :'service_password' IN ROLE microcert_app;
ALTER DATABASE microcert OWNER TO microcert_owner;
