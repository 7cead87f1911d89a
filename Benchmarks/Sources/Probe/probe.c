// Counts, in a server that it is preloaded into (LD_PRELOAD), what a request must not do too often.
#define _GNU_SOURCE
#include "probe.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

// glibc's own names: looking the originals up by dlsym would allocate before there is an allocator.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static struct probe_counters nowhere;
static struct probe_counters *counters = &nowhere;
static __thread int is_tracing_here;

static void print_stack(void) {
    is_tracing_here = 1;
    void *frames[48];
    int count = backtrace(frames, 48);
    // The two innermost frames are the probe's.
    backtrace_symbols_fd(frames + 2, count > 2 ? count - 2 : 0, STDERR_FILENO);
    (void)!write(STDERR_FILENO, "\n", 1);
    is_tracing_here = 0;
}

static void count_allocation(void) {
    if (is_tracing_here) return;
    __atomic_fetch_add(&counters->allocations, 1, __ATOMIC_RELAXED);
    if (__atomic_load_n(&counters->is_tracing, __ATOMIC_RELAXED)) print_stack();
}

void *malloc(size_t size) {
    count_allocation();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    count_allocation();
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    count_allocation();
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    count_allocation();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    void *memory = memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

uint64_t probe_allocations(void) {
    return __atomic_load_n(&counters->allocations, __ATOMIC_RELAXED);
}

int eventfd_write(int fd, eventfd_t value) {
    __atomic_fetch_add(&counters->wakeups, 1, __ATOMIC_RELAXED);
    return write(fd, &value, sizeof value) == sizeof value ? 0 : -1;
}

#define SWIFT __attribute__((swiftcall))
typedef SWIFT void (*enqueue_function)(void *job);

static SWIFT void enqueue_global(void *job, enqueue_function original) {
    __atomic_fetch_add(&counters->global_jobs, 1, __ATOMIC_RELAXED);
    original(job);
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("KOA_PROBE");
    if (path == NULL) return;
    int file = open(path, O_RDWR | O_CLOEXEC);
    void *map = file < 0
        ? MAP_FAILED
        : mmap(NULL, sizeof *counters, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED) {
        perror(path);
        exit(2);
    }
    close(file);
    void *frame;
    backtrace(&frame, 1);  // Loads what it needs now.
    counters = map;
    // Swift's concurrency runtime calls this hook, when it is set, in place of its own enqueueing.
    void **hook = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobal_hook");
    if (hook != NULL) *hook = (void *)enqueue_global;
}
