#if !__has_include(<mysql.h>)
#error "libmariadb is missing: apt-get install libmariadb-dev, or build without the trait MySQL"
#endif
#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
