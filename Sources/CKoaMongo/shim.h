#if !__has_include(<mongoc/mongoc.h>)
#error "libmongoc is missing: apt-get install libmongoc-dev, or build without the trait MongoDB"
#endif
#include <mongoc/mongoc.h>

// Swift doesn't import bson_t, whose alignment is 128: it lives on C's stack here.

/// Runs a command: one that reads, on the primary, or one that writes, by the client's write concern.
///
/// Returns the answer, for bson_destroy; NULL when there is an error.
static inline bson_t *koa_mongo_run(
    mongoc_client_t *client, const char *database, const uint8_t *bytes, size_t count, bool writes, bson_error_t *error)
{
    bson_t command, reply, *answer = NULL;
    if (!bson_init_static(&command, bytes, count)) {
        bson_set_error(error, MONGOC_ERROR_SERVER, MONGOC_ERROR_BSON_INVALID, "The command is too large.");
        return NULL;
    }
    if (writes ? mongoc_client_write_command_with_opts(client, database, &command, NULL, &reply, error)
               : mongoc_client_command_simple(client, database, &command, NULL, &reply, error)) {
        answer = bson_copy(&reply);
    }
    bson_destroy(&reply);
    return answer;
}

/// How many bytes bson_get_data has.
static inline size_t koa_bson_length(const bson_t *document)
{
    return document->len;
}
