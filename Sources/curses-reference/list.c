#define _GNU_SOURCE
#include "list.h"

#include <stdlib.h>
#include <string.h>

static void *grown(void *memory, size_t bytes) {
  void *new = realloc(memory, bytes);
  if (!new) abort();
  return new;
}

void list_add(struct list *list, const char *row, size_t length) {
  if (list->used + length + 1 > list->room) {
    list->room = (list->used + length + 1) * 2;
    list->text = grown(list->text, list->room);
  }
  if (list->count == list->capacity) {
    list->capacity = list->capacity ? list->capacity * 2 : 1024;
    list->starts = grown(list->starts, ((size_t)list->capacity + 1) * sizeof *list->starts);
  }
  list->starts[list->count++] = list->used;
  memcpy(list->text + list->used, row, length);
  list->text[list->used + length] = 0;
  list->used += length + 1;
  list->starts[list->count] = list->used;
}

int list_count(const struct list *list) {
  return list->filter_length ? list->left_count[list->filter_length] : list->count;
}

const char *list_row(const struct list *list, int place) {
  int row = list->filter_length ? list->left[list->filter_length][place] : place;
  return list->text + list->starts[row];
}

void list_move(struct list *list, int row) {
  int last = list_count(list) - 1;
  list->cursor = row < 0 || last < 0 ? 0 : row > last ? last : row;
}

void list_type(struct list *list, char character) {
  if (list->filter_length == LONGEST_FILTER) return;
  int before = list_count(list);
  const int *rows = list->filter_length ? list->left[list->filter_length] : NULL;
  list->filter[list->filter_length++] = character;
  list->filter[list->filter_length] = 0;
  int *left = grown(NULL, ((size_t)before + 1) * sizeof *left);
  int count = 0;
  for (int place = 0; place < before; place++) {
    int row = rows ? rows[place] : place;
    size_t length = list->starts[row + 1] - list->starts[row] - 1;
    if (memmem(list->text + list->starts[row], length, list->filter, (size_t)list->filter_length)) left[count++] = row;
  }
  list->left[list->filter_length] = left;
  list->left_count[list->filter_length] = count;
  list->cursor = list->first = 0;
}

void list_erase(struct list *list) {
  if (!list->filter_length) return;
  free(list->left[list->filter_length]);
  list->filter[--list->filter_length] = 0;
  list->cursor = list->first = 0;
}
