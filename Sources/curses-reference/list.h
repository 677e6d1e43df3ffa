/* Rows of text in memory, the rows that match a filter, and the cursor. */
#ifndef CURSES_REFERENCE_LIST_H
#define CURSES_REFERENCE_LIST_H

#include <stdbool.h>
#include <stddef.h>

enum { LONGEST_FILTER = 64 };

struct list {
  /* The rows one after another, each terminated by 0. */
  char *text;
  size_t used, room;
  /* The start of each row in `text`, and the end of the last one. */
  size_t *starts;
  int count, capacity;

  /* The rows that match each prefix of the filter: a new character searches only the previous matches. */
  int *left[LONGEST_FILTER + 1];
  int left_count[LONGEST_FILTER + 1];
  char filter[LONGEST_FILTER + 1];
  int filter_length;

  /* Indices into the matching rows. */
  int cursor, first;
};

void list_add(struct list *list, const char *row, size_t length);
int list_count(const struct list *list);
const char *list_row(const struct list *list, int place);
void list_move(struct list *list, int row);
void list_type(struct list *list, char character);
void list_erase(struct list *list);

#endif
