#if !__has_include(<mongoc/mongoc.h>)
#error "libmongoc is missing: apt-get install libmongoc-dev, or build without the trait MongoDB"
#endif
#include <mongoc/mongoc.h>
