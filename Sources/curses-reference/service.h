/* The rows of a list that a service on this machine sends as JSON. */
#ifndef CURSES_REFERENCE_SERVICE_H
#define CURSES_REFERENCE_SERVICE_H

#include "list.h"

struct service {
  int socket;
  char *bytes;
  size_t used, room;
  bool has_head;
};

/* Asks for the list at `http://ADDRESS:PORT/PATH`; false where nobody answers. */
bool service_ask(struct service *service, const char *url);

/* Adds what has arrived to the rows; false at the end. */
bool service_read(struct service *service, struct list *list);

#endif
