/* What libdispatch offers to a program whose main thread waits in a loop of its own: CoreFoundation's run loop on Linux uses
   the same two functions. They are in libdispatch itself, which has them in no public header. */
#ifndef SKYDECK_CDISPATCHMAIN_SHIM_H
#define SKYDECK_CDISPATCHMAIN_SHIM_H

/* An eventfd that can be read when the main queue has something to do. */
extern int _dispatch_get_main_queue_handle_4CF(void);
/* Does it, on the main thread. The argument means nothing. */
extern void _dispatch_main_queue_callback_4CF(void *message);

static inline int cdm_main_queue_handle(void) { return _dispatch_get_main_queue_handle_4CF(); }
static inline void cdm_drain_main_queue(void) { _dispatch_main_queue_callback_4CF((void *)0); }

#endif
