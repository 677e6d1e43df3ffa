/* Determines where jobs of Swift's global executor run: tasks and functions that belong to no actor. In Swift 6.3 on
   Linux only the runtime's hook can do that, and its calling convention requires C. */
#ifndef SKYDECK_GLOBAL_EXECUTOR_H
#define SKYDECK_GLOBAL_EXECUTOR_H

#include <stdint.h>

/* Passes each job from now on to `enqueue`, on any thread; `cge_run` must be called for it once. Call it before the
   first job. Does nothing if the runtime lacks the hook. */
void cge_take_jobs(void (*enqueue)(uintptr_t job));

/* Runs a job on the calling thread until it ends or waits. */
void cge_run(uintptr_t job);

/* Lets all threads share two pools of memory, if the C library is GNU's. With a pool for each thread, what one frees is
   not there for the others. Call it before threads start. */
void cge_share_memory(void);

#endif
