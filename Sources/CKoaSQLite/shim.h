#if !__has_include(<sqlite3.h>)
#error "SQLite is missing: apt-get install libsqlite3-dev, or build without the trait SQLite (swift build --disable-default-traits)"
#endif
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast, which Swift doesn't import. A nil pointer would bind NULL in place of an empty text.
static inline int koa_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int koa_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

// The functions of many parameters aren't imported either. What a database's own schema says isn't trusted, nor can SQL
// damage the file.
static inline void koa_sqlite_harden(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
#ifdef SQLITE_DBCONFIG_TRUSTED_SCHEMA
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
#endif
}
