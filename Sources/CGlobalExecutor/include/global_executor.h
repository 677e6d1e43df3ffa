/* Where jobs of Swift's global executor run: tasks and functions that belong to no actor. Swift 6.3 on Linux has no other
   way to choose than the runtime's hook, which must be C to have its calling convention. */
#ifndef SKYDECK_GLOBAL_EXECUTOR_H
#define SKYDECK_GLOBAL_EXECUTOR_H

#include <stdint.h>

/* From now on `enqueue` gets each job, from any thread, and has `cge_run` called for it once. Call it before the first job.
   A runtime without the hook goes on as it is. */
void cge_take_jobs(void (*enqueue)(uintptr_t job));

/* Runs a job on the calling thread until it ends or waits. */
void cge_run(uintptr_t job);

#endif
