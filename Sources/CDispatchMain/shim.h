/* Two functions of libdispatch for a program whose main thread runs its own loop. CoreFoundation's run loop on Linux
   uses them, too; libdispatch exports them, but declares them in no public header. */
#ifndef SKYDECK_CDISPATCHMAIN_SHIM_H
#define SKYDECK_CDISPATCHMAIN_SHIM_H

/* An eventfd that is readable when the main queue has jobs. */
extern int _dispatch_get_main_queue_handle_4CF(void);
/* Runs the jobs, on the main thread. The argument is ignored. */
extern void _dispatch_main_queue_callback_4CF(void *message);

static inline int cdm_main_queue_handle(void) { return _dispatch_get_main_queue_handle_4CF(); }
static inline void cdm_drain_main_queue(void) { _dispatch_main_queue_callback_4CF((void *)0); }

#endif
