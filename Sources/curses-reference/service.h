/* Reads the rows of a list that a service on this machine sends as JSON. */
#ifndef CURSES_REFERENCE_SERVICE_H
#define CURSES_REFERENCE_SERVICE_H

#include "list.h"

struct service {
  int socket;
  char *bytes;
  size_t used, room;
  bool has_head;
};

/* Requests the list at `http://ADDRESS:PORT/PATH`; returns false on failure. */
bool service_ask(struct service *service, const char *url);

/* Adds the data that has arrived to the rows; returns false at the end. */
bool service_read(struct service *service, struct list *list);

#endif
