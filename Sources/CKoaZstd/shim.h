#if !__has_include(<zstd.h>)
#error "zstd is missing: apt-get install libzstd-dev, or build without the trait Zstd"
#endif
#include <zstd.h>
