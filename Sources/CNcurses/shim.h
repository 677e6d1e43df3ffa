/* The parts of ncurses that Swift can't import, and three things that must be in C: a cell of several scalars, the
   handler that restores the terminal after a crash, and the one that writes signals to a pipe. */
#ifndef SKYDECK_CNCURSES_SHIM_H
#define SKYDECK_CNCURSES_SHIM_H

#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* Declared here, because the macros that make the headers declare it would change types of Swift's Glibc module. */
extern int wcwidth(wchar_t scalar);

/* Access to shared mutable variables, which Swift's strict concurrency forbids. */
static inline WINDOW *cnc_stdscr(void) { return stdscr; }
static inline WINDOW *cnc_curscr(void) { return curscr; }
static inline int cnc_colors(void) { return COLORS; }
static inline FILE *cnc_stdin(void) { return stdin; }

static inline attr_t cnc_bold(void) { return WA_BOLD; }
static inline attr_t cnc_dim(void) { return WA_DIM; }
static inline attr_t cnc_reverse(void) { return WA_REVERSE; }
static inline attr_t cnc_underline(void) { return WA_UNDERLINE; }

/* The columns of a scalar in the locale: 0, 1 or 2, or -1. */
static inline int cnc_columns(wchar_t scalar) { return wcwidth(scalar); }

/* A cell of one scalar with a width and up to four without; a missing one is 0. */
static inline cchar_t cnc_cell(
    uint32_t base, uint32_t mark1, uint32_t mark2, uint32_t mark3, uint32_t mark4, attr_t attributes, int pair) {
  const wchar_t scalars[] = {base, mark1, mark2, mark3, mark4, 0};
  cchar_t cell;
  memset(&cell, 0, sizeof cell);
  setcchar(&cell, scalars, attributes, (short)pair, &pair);
  return cell;
}

/* Wrappers of variadic functions, which Swift can't import. */
static inline int cnc_window_size(int fd, struct winsize *size) { return ioctl(fd, TIOCGWINSZ, size); }
static inline int cnc_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
static inline int cnc_pidfd_send_signal(int fd, int number) { return (int)syscall(SYS_pidfd_send_signal, fd, number, NULL, 0); }
static inline int cnc_open(const char *path, int flags) { return open(path, flags); }

/* A file in memory that ncurses writes to. */
static inline int cnc_memory_file(void) { return (int)syscall(SYS_memfd_create, "screen", 1 /* MFD_CLOEXEC */); }

/* The handler that restores the terminal. Its state is a static variable, so only one Swift file may call these. */
struct cnc_rescue {
  volatile sig_atomic_t armed;
  int fd;
  struct termios modes;
  size_t count;
  char bytes[512];
};
static inline struct cnc_rescue *cnc_rescue_state(void) {
  static struct cnc_rescue state;
  return &state;
}

/* Safe in a signal handler. It waits a moment for a busy terminal, which was probably just sent a frame, but not for
   one that reads nothing. */
static inline void cnc_rescue_terminal(void) {
  struct cnc_rescue *rescue = cnc_rescue_state();
  if (!rescue->armed) return;
  rescue->armed = 0;
  int flags = fcntl(rescue->fd, F_GETFL);
  if (flags >= 0) fcntl(rescue->fd, F_SETFL, flags | O_NONBLOCK);
  size_t sent = 0;
  for (int patience = 10; sent < rescue->count && patience > 0; patience--) {
    ssize_t written = write(rescue->fd, rescue->bytes + sent, rescue->count - sent);
    if (written > 0) {
      sent += (size_t)written;
      continue;
    }
    struct pollfd terminal = {rescue->fd, POLLOUT, 0};
    poll(&terminal, 1, 20);
  }
  if (flags >= 0) fcntl(rescue->fd, F_SETFL, flags);
  tcsetattr(rescue->fd, TCSANOW, &rescue->modes);
}

static inline void cnc_crashed(int number) {
  cnc_rescue_terminal();
  signal(number, SIG_DFL);
  raise(number);
}

/* Makes a crash or an exit write these bytes and set these modes. */
static inline void cnc_rescue_arm(int fd, const struct termios *modes, const char *bytes, size_t count) {
  static int installed = 0;
  struct cnc_rescue *rescue = cnc_rescue_state();
  rescue->armed = 0;
  rescue->fd = fd;
  rescue->modes = *modes;
  rescue->count = count < sizeof rescue->bytes ? count : sizeof rescue->bytes;
  memcpy(rescue->bytes, bytes, rescue->count);
  rescue->armed = 1;
  if (installed) return;
  installed = 1;
  atexit(cnc_rescue_terminal);
  const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = cnc_crashed;
  action.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK);
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, NULL);
}

/* Gives the calling thread a second stack for the handler, because a stack that overflowed has no room for it. Code
   that runs jobs on its own threads calls this first; only a thread's first call does anything. */
static inline void cnc_rescue_thread(void) {
  static _Thread_local char memory[32768];
  static _Thread_local int is_covered = 0;
  if (is_covered) return;
  is_covered = 1;
  const stack_t stack = {.ss_sp = memory, .ss_flags = 0, .ss_size = sizeof memory};
  sigaltstack(&stack, NULL);
}

static inline void cnc_rescue_disarm(void) { cnc_rescue_state()->armed = 0; }

/* A pipe to which each signal is written as a byte. Only one Swift file may call these, for the same reason. */
static inline int *cnc_signal_ends(void) {
  static int ends[2] = {-1, -1};
  return ends;
}

/* The read end of the pipe; -1 if it can't be opened. Neither end blocks or is inherited. */
static inline int cnc_signal_pipe(void) {
  int *ends = cnc_signal_ends();
  if (ends[0] >= 0) return ends[0];
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return ends[0];
}

static inline void cnc_signal_caught(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(cnc_signal_ends()[1], &byte, 1);
  (void)written;
  errno = error;
}

static inline void cnc_signal_catch(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = cnc_signal_caught;
  action.sa_flags = (int)SA_RESTART;
  sigaction(number, &action, NULL);
}

/* Requests a signal for the end of the parent. Linux also sends it when only the parent's thread that started this
   process ends. */
static inline void cnc_signal_at_parents_end(int number) { prctl(PR_SET_PDEATHSIG, number); }

#endif
