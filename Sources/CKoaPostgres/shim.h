#if !__has_include(<libpq-fe.h>)
#error "libpq is missing: apt-get install libpq-dev, or build without the trait PostgreSQL"
#endif
#include <libpq-fe.h>
