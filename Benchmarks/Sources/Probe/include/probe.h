#pragma once
#include <stdint.h>

// What the probe counts, in a file that it maps into memory and the driver reads: its path is in KOA_PROBE.
struct probe_counters {
    // Calls of malloc, calloc, realloc and their aligned kin.
    uint64_t allocations;
    // Wake-ups of an event loop by another thread: SwiftNIO writes to its eventfd for each.
    uint64_t wakeups;
    // Swift jobs enqueued on the global executor, that is, on another thread.
    uint64_t global_jobs;
    // While it isn't 0, each allocation prints its call stack to the standard error.
    uint64_t is_tracing;
};

// The allocations so far, for a program that counts its own; it needs no file then.
uint64_t probe_allocations(void);
