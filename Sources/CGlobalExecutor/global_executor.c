#include "global_executor.h"

#include <stddef.h>

#ifdef __linux__
#include <malloc.h>
#endif

#define SWIFT_CALL __attribute__((swiftcall))

/* As in the runtime's header, swift/Runtime/Concurrency.h. An executor of two zeros is the global one. */
typedef struct Job *job_ref;
typedef struct {
  void *identity;
  uintptr_t implementation;
} executor_ref;
typedef SWIFT_CALL void (*original_enqueue)(job_ref job);
typedef SWIFT_CALL void (*enqueue_hook)(job_ref job, original_enqueue original);

extern enqueue_hook swift_task_enqueueGlobal_hook __attribute__((weak));
extern SWIFT_CALL void swift_job_run(job_ref job, executor_ref executor);

static void (*taker)(uintptr_t job);

static SWIFT_CALL void take(job_ref job, original_enqueue original) {
  (void)original;
  taker((uintptr_t)job);
}

void cge_take_jobs(void (*enqueue)(uintptr_t job)) {
  if (!&swift_task_enqueueGlobal_hook) return;
  taker = enqueue;
  swift_task_enqueueGlobal_hook = take;
}

void cge_run(uintptr_t job) {
  swift_job_run((job_ref)job, (executor_ref){NULL, 0});
}

void cge_share_memory(void) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 2);
#endif
}
