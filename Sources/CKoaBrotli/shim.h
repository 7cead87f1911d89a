#if !__has_include(<brotli/encode.h>)
#error "brotli is missing: apt-get install libbrotli-dev, or build without the trait Brotli"
#endif
#include <brotli/decode.h>
#include <brotli/encode.h>
