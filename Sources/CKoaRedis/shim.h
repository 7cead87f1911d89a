#if !__has_include(<hiredis/hiredis.h>)
#error "hiredis is missing: apt-get install libhiredis-dev, or build without the trait Redis"
#endif
#include <hiredis/hiredis.h>
